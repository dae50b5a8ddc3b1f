import type { ParsedJobInput } from '../../../protocol/contract';
import type { Failure } from '../../../protocol/failure';
import { runAnnex, wordsOf } from '../../annex/batch';
import { searchPast, unnamedKeys } from '../../dataset/checkUp/oldVersions';
import { Repository } from '../../dataset/repository';
import { judge } from '../../datalad/execute';
import { displayName, encodePath } from '../../bytes';
import { isLost } from '../../datalad/lostNames';
import { splitZero } from '../../git/split';
import { keyBytes } from '../../annex/key';
import type { ITask } from '../../handlers';
import { type IJobContext, requireDataset } from './context';
import { requireOwnAnnex } from './withoutDatalad/drop';
import { Ledger } from './withoutDatalad/ledger';

const COPIES = ['annex.numcopies', 'annex.mincopies'] as const;

const NOTHING: Failure = { kind: 'bad-request', message: 'None of these old versions is here any more.' };

/**
 * Drops content that no branch or tag names: git-annex refuses what has not enough copies elsewhere, and is not overridden. What is
 * named again by now stays.
 */
export async function dropOld(context: IJobContext, input: ParsedJobInput<'dropOld'>, task: ITask): Promise<void> {
  const { boundary, env } = context;
  const root = boundary.resolve(input.dataset);
  requireDataset(root);
  const repository = await Repository.open(root, env);
  await requireOwnAnnex(repository.folder.commonDir);
  const { keys: unnamed, tips } = await unnamedKeys(repository, task.signal);
  const wanted = new Set(input.keys);
  const keys = [...unnamed.keys()].filter(key => wanted.has(displayName(key)) && !isLost(key));
  const ledger = new Ledger(boundary, task);
  const totalBytes = keys.reduce((sum, key) => sum + (keyBytes(key) ?? 0), 0);
  const words = new Map<string, string>();
  let [files, bytes, printed] = [0, 0, ''];
  for (const [args, some] of await byCopies(repository, keys, { tips, signal: task.signal })) {
    const { output } = await runAnnex(
      { args: ['drop', '--batch-keys', ...args], cwd: root, env, signal: task.signal, input: `${some.join('\n')}\n` },
      record => {
        words.set(record.key ?? '', wordsOf(record));
        files += 1;
        bytes += keyBytes(record.key ?? '') ?? 0;
        task.progress({ files, totalFiles: keys.length, bytes, totalBytes, active: [] });
      }
    );
    task.output(output);
    printed += output;
  }
  for (const key of keys) {
    const entry = { action: 'drop', path: root, type: 'dataset', key } as const;
    if (await repository.store.has(key)) {
      ledger.failed(entry, words.get(key) ?? printed);
    } else {
      ledger.done(entry);
    }
  }
  judge(ledger.outcome(printed), NOTHING);
}

/** Groups keys by the copies that .gitattributes asks for where their file was: of a key alone git-annex cannot tell. */
async function byCopies(
  repository: Repository,
  keys: readonly string[],
  { tips, signal }: { tips: ReadonlySet<string>; signal: AbortSignal }
): Promise<Iterable<readonly [args: readonly string[], keys: readonly string[]]>> {
  const past = keys.length === 0 ? null : await searchPast(repository.git, tips, signal);
  const paths = keys.flatMap(key => past?.get(key)?.path ?? []);
  const input = Buffer.concat(paths.flatMap(path => [encodePath(path), Buffer.of(0)]));
  const output = await repository.git.read(['check-attr', '--stdin', '-z', ...COPIES], { input, signal });
  const wanted = new Map<string, string[]>();
  const fields = splitZero(output);
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [path = '', attribute = '', value = ''] = fields.slice(at, at + 3);
    if (/^[1-9]\d*$/u.test(value)) {
      wanted.set(path, [...(wanted.get(path) ?? []), `--${attribute.slice('annex.'.length)}=${value}`]);
    }
  }
  const groups = new Map<string, { args: readonly string[]; keys: string[] }>();
  for (const key of keys) {
    const args = wanted.get(past?.get(key)?.path ?? '') ?? [];
    const group = groups.get(args.join(' ')) ?? { args, keys: [] };
    group.keys.push(key);
    groups.set(args.join(' '), group);
  }
  return [...groups.values()].map(group => [group.args, group.keys] as const);
}
