import { constants } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { lineOf, type NewRule, patternOf } from '../../../protocol/attributeRule';
import type { ParsedJobInput } from '../../../protocol/contract';
import { fail } from '../../../protocol/failure';
import { displayName, fsPath } from '../../bytes';
import { AttributeLines, readAttributes } from '../../dataset/destinations/attributeRules';
import { Repository } from '../../dataset/repository';
import { isLost } from '../../datalad/lostNames';
import { linesSetting } from '../../git/attributes/attributesFile';
import type { ITask } from '../../handlers';
import { readRegular } from '../../regularFile';
import { type IJobContext, requireDataset, resolvePaths } from './context';

const ATTRIBUTE = 'annex.largefiles';
const FILE = '.gitattributes';

/**
 * Writes rules on what goes into Git or the annex into a `.gitattributes` of the dataset; nothing is saved. A rule is put behind those that
 * it outdoes, in the file nearest to what it is for that holds such rules.
 */
export async function addRules(context: IJobContext, input: ParsedJobInput<'addRules'>, task: ITask): Promise<void> {
  const { boundary, env } = context;
  const dataset = boundary.resolve(input.dataset);
  const paths = resolvePaths(
    boundary,
    input.rules.map(({ path }) => path),
    dataset
  );
  requireDataset(dataset);
  const repository = await Repository.open(dataset, env);
  if ((await repository.git.config()).get(ATTRIBUTE) !== undefined) {
    fail('bad-request', 'The git configuration says what goes into the annex, whatever .gitattributes say.', {
      hint: `Take it back with "git config --unset ${ATTRIBUTE}" in a terminal.`
    });
  }
  for (const [at, rule] of input.rules.entries()) {
    const path = (paths[at] ?? dataset).slice(dataset.length + 1);
    if (isLost(path)) {
      fail('unsafe-name', 'No rule can name this file: it holds a line break or bytes that are no text.', {
        hint: 'Rename it in a terminal.',
        parameters: { path: displayName(path) }
      });
    }
    await addRule(repository, path, rule, task.signal);
  }
}

async function addRule(repository: Repository, path: string, { scope, to }: NewRule, signal: AbortSignal): Promise<void> {
  const folder = scope === 'git-files' ? '' : await nearestWithRules(repository.root, dirname(path));
  await append(join(repository.root, folder, FILE), lineOf(patternOf(scope, relative(folder, path)), to));
  const value = (await readAttributes(repository, [path], signal)).get(path);
  if (value !== (to === 'git' ? 'nothing' : 'anything')) {
    const { file, line } = await new AttributeLines(repository).deciding(path, value ?? '');
    fail('bad-request', 'The rule was written, but another one still decides on this file.', {
      hint: file === undefined ? `Look into .git/info/attributes.` : `Look at line ${line} of ${file}.`
    });
  }
}

/** The folder around a file whose `.gitattributes` has rules already, as those would outdo any further up; else the dataset's own. */
async function nearestWithRules(root: string, folder: string): Promise<string> {
  for (let at = folder; at !== '.'; at = dirname(at)) {
    const text = await readRegular(join(root, at, FILE), 1_000_000);
    if (text !== null && linesSetting(ATTRIBUTE, text.toString('utf8')).length > 0) {
      return at;
    }
  }
  return '';
}

/** Through no link: git does not follow one here, and it may lead anywhere. */
async function append(file: string, line: string): Promise<void> {
  const stats = await lstat(fsPath(file)).catch(() => null);
  if (stats !== null && !stats.isFile()) {
    fail('bad-request', 'The file .gitattributes is a link or a folder, which git does not read.', {
      hint: 'Unlock it, or put a file of text in its place.'
    });
  }
  const { O_RDWR, O_APPEND, O_CREAT, O_NOFOLLOW } = constants;
  const opened = await open(fsPath(file), O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW, 0o666);
  try {
    const { size } = await opened.stat();
    const { buffer, bytesRead } = await opened.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
    const ended = bytesRead === 0 || buffer.toString() === '\n';
    await opened.write(`${ended ? '' : '\n'}${line}\n`);
  } finally {
    await opened.close();
  }
}
