import { constants } from 'node:fs';
import { access, lstat, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { imageScheme } from '../../../../protocol/container';
import { fail } from '../../../../protocol/failure';
import { fsPath } from '../../../bytes';
import { Redactor } from '../../../redact';
import { findProgram } from '../../calls/runtimes';

/** What `docker pull` and `singularity build` take for a name, and nothing that they would take for an option. */
const IMAGE_NAME = /^[a-z0-9][\w./:@-]*$/iu;
/** The programs that DataLad starts to make an image. */
const MAKERS = { dhub: 'docker', docker: 'singularity' } as const;

/**
 * What DataLad shall get an image from: an address it can use, or the absolute path of a file of this machine. A folder it cannot copy;
 * one that is in the dataset can be registered where it is.
 */
export async function imageSource(
  source: string,
  { dataset, env }: { dataset: string; env: Readonly<Record<string, string>> }
): Promise<string> {
  const scheme = imageScheme(source);
  if (scheme === null) {
    return await localFile(source, dataset, env);
  }
  if (scheme === 'other') {
    return fail('bad-url', 'From such an address no image can be got.', {
      hint: 'Use the path of a file, https, docker://, dhub:// or shub://.'
    });
  }
  if (new Redactor().text(source) !== source) {
    return fail('bad-url', 'This address holds a password or a token: whoever has the dataset could read it.', {
      hint: 'Download the image yourself, and register the file.'
    });
  }
  if (scheme === 'dhub' || scheme === 'docker') {
    if (!IMAGE_NAME.test(source.slice(source.indexOf('://') + 3))) {
      return fail('bad-url', 'This is no name of an image.', { hint: 'Write it as in docker://debian:stable-slim.' });
    }
    const tool = MAKERS[scheme];
    if ((await findProgram(tool, env)) === null) {
      return fail('tool-missing', `${tool} was not found, which DataLad gets such images with.`, { parameters: { tool } });
    }
  }
  return source;
}

async function localFile(source: string, dataset: string, env: Readonly<Record<string, string>>): Promise<string> {
  const home = env['HOME'] ?? homedir();
  const path = source === '~' || source.startsWith('~/') ? resolve(home, `.${source.slice(1)}`) : resolve(dataset, source);
  const stats = await stat(fsPath(path)).catch(() => null);
  if (stats === null) {
    const isLink = (await lstat(fsPath(path)).catch(() => null))?.isSymbolicLink() === true;
    return isLink
      ? fail('not-here', 'The content of the image is not here: get it first.', { parameters: { path: source } })
      : fail('not-found', `There is no file ${source}.`, { parameters: { path: source } });
  }
  if (stats.isDirectory()) {
    return fail('bad-request', 'DataLad copies files, and this is a folder.', {
      hint: 'Copy the folder into the dataset, save it, and register it where it is.'
    });
  }
  if (!stats.isFile()) {
    return fail('bad-request', 'This is no file.', { parameters: { path: source } });
  }
  await access(fsPath(path), constants.R_OK).catch(() => fail('permission-denied', 'You may not read this file.'));
  return path;
}
