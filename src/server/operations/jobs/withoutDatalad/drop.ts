import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ParsedJobInput } from '../../../../protocol/contract';
import type { Failure } from '../../../../protocol/failure';
import { fail } from '../../../../protocol/failure';
import { fsPath } from '../../../bytes';
import { judge } from '../../../datalad/execute';
import type { ITask } from '../../../handlers';
import type { IJobContext } from '../context';
import { isOutOfReach, runKeys, sortByPresence } from './keyBatch';
import { Ledger, unsafeName } from './ledger';
import { annexedFiles, type IAnnexedFile, type IPart, readPart, storeOf } from './part';
import { isUnchanged } from './unchanged';
import { byWantedCopies } from './wantedCopies';

interface IRequest {
  readonly parts: readonly IPart[];
  readonly input: Pick<ParsedJobInput<'drop'>, 'what'>;
  readonly nothing: Failure;
  /** Look for no other copies. */
  readonly force?: boolean;
}

/** Drops content by key where DataLad would lose names, in all datasets concerned. Git-annex looks for other copies as ever. */
export async function dropByKey(context: IJobContext, { parts, input, nothing, force }: IRequest, task: ITask): Promise<void> {
  const { boundary, env } = context;
  if ((input.what ?? 'filecontent') !== 'filecontent') {
    fail('unsafe-name', 'Only the content of files can be dropped here: a name holds a line break or bytes that are no text.', {
      hint: 'Rename it in a terminal, with "git mv", then try again.'
    });
  }
  const ledger = new Ledger(boundary, task);
  let output = '';
  for (const part of parts) {
    output += await dropPart(part, { env, task, ledger, force: force === true });
  }
  judge(ledger.outcome(output), nothing);
}

interface IDropOptions {
  env: Record<string, string>;
  task: ITask;
  ledger: Ledger;
  force: boolean;
}

async function dropPart(part: IPart, { force, ...options }: IDropOptions): Promise<string> {
  const { ledger, task } = options;
  await requireOwnAnnex(part.workTree.commonDir);
  const { here, absent } = await sortByPresence(part, task.signal);
  const named = new Set(part.paths);
  for (const { path, key } of absent.filter(file => named.has(file.path))) {
    ledger.done({ action: 'drop', path, type: 'file', key }, 'notneeded', 'not here');
  }
  const store = storeOf(part);
  const files: IAnnexedFile[] = [];
  for (const file of here) {
    const entry = { action: 'drop', path: file.path, type: 'file', key: file.key } as const;
    if (!(await isUnchanged(file, store))) {
      ledger.failed(entry, 'cannot drop modified content, save first');
    } else if (isOutOfReach(file)) {
      ledger.refused(entry, unsafeName(file.path, 'git-annex cannot take content from there'));
    } else {
      files.push(file);
    }
  }
  let output = '';
  for (const [args, some] of force ? [[['--force'], files] as const] : await byCopies(part, files, options)) {
    output += await runKeys(part, some, { action: 'drop', args, ...options });
  }
  return output;
}

/** In a clone that DataLad made "ephemeral" the annex is a link to that of another one: git-annex would count its content as a copy. */
export async function requireOwnAnnex(commonDir: string): Promise<void> {
  const stats = await lstat(fsPath(join(commonDir, 'annex'))).catch(() => null);
  if (stats?.isSymbolicLink() === true) {
    fail('last-copy', 'The annex of this dataset is that of another one: a drop would take the content from there.', {
      hint: 'Drop it there, if that is what you want.'
    });
  }
}

/**
 * Groups files by the copies that are wanted of their content, wherever else in the dataset it is named: git-annex looks at all of these
 * paths, too, when it is not told a number.
 */
async function byCopies(
  part: IPart,
  files: readonly IAnnexedFile[],
  { env, task: { signal } }: Pick<IDropOptions, 'env' | 'task'>
): Promise<(readonly [args: readonly string[], files: readonly IAnnexedFile[]])[]> {
  if (files.length === 0) {
    return [];
  }
  const { folder } = part.workTree;
  const pathsOf = new Map(files.map(({ key }) => [key, new Set<string>()]));
  for (const { key, entry } of await annexedFiles(await readPart(folder, [folder], { env, signal }), signal)) {
    pathsOf.get(key)?.add(entry.path);
  }
  const groups = await byWantedCopies(part.workTree, pathsOf, signal);
  return groups.map(({ args, keys }) => {
    const wanted = new Set(keys);
    return [args, files.filter(({ key }) => wanted.has(key))] as const;
  });
}
