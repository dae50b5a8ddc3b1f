import { createHash } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import { dirname, join } from 'node:path';
import type { ContainerCode } from '../../../protocol/container';
import { fail } from '../../../protocol/failure';
import { displayName } from '../../bytes';
import { findRepositoryFolder } from '../../git/repositoryFolder';
import type { AbsolutePath } from '../../paths';
import { readRegular } from '../../regularFile';
import { Repository } from '../repository';
import { imagePlace } from './containerSettings';
import { findContainers } from './findContainers';

/** Of a longer script nothing is shown: nobody would read it. */
const LONGEST = 100_000;
/** Files that a call format names by their place in its dataset, or beside its image. */
const NAMED = /\{(img_dspath|img_dirpath)\}\/([^\s"'`;|&<>()$\\{}]+)/gu;

/**
 * What would be run to get a command into a container: its call format, and the scripts of its dataset which that names. The fingerprint stands
 * for just these: what is run after somebody has seen it must be the same.
 */
export async function readContainerCode(
  { root, name }: { root: AbsolutePath; name: string },
  { env, signal }: { env: Record<string, string>; signal: AbortSignal }
): Promise<ContainerCode> {
  const { found } = await findContainers(root, {
    open: folder => Repository.open(folder, env),
    isRoot: async folder => (await findRepositoryFolder(folder)) !== null,
    signal
  });
  const container = found.find(each => each.name === name);
  if (container === undefined) {
    return fail('no-container', 'There is no container of this name.', {
      hint: 'See which there are.',
      parameters: { name: displayName(name), known: found.map(each => displayName(each.name)).join(', ') }
    });
  }
  const { repository, settings } = container;
  const last = (key: string): string => settings.values.get(key)?.at(-1) ?? '';
  const image = imagePlace(settings, repository.root);
  const digest = createHash('sha256');
  const add = (part: string | Uint8Array): void => void digest.update(part).update('\0');
  [repository.root, name, image, last('cmdexec'), ...(settings.values.get('extra-input') ?? [])].forEach(add);
  const scripts = await Promise.all(
    [
      ...new Set(
        [...last('cmdexec').matchAll(NAMED)].map(([, base, path = '']) => join(base === 'img_dspath' ? '' : dirname(image), path))
      )
    ].map(async file => ({ file, content: await readRegular(join(repository.root, file), LONGEST).catch(() => null) }))
  );
  scripts.forEach(({ file, content }) => [file, content ?? ''].forEach(add));
  return {
    scripts: scripts.map(({ file, content }) => ({
      file: displayName(file),
      text: content !== null && isUtf8(content) && !content.includes(0) ? content.toString('utf8') : null
    })),
    fingerprint: digest.digest('hex')
  };
}
