import type { ParsedJobInput } from '../../../protocol/contract';
import type { Failure } from '../../../protocol/failure';
import { runAnnex, wordsOf } from '../../annex/batch';
import { searchPast, unnamedKeys } from '../../dataset/checkUp/oldVersions';
import { Repository } from '../../dataset/repository';
import { judge } from '../../datalad/execute';
import { displayName } from '../../bytes';
import { isLost } from '../../datalad/lostNames';
import { keyBytes } from '../../annex/key';
import type { ITask } from '../../handlers';
import { type IJobContext, requireDataset } from './context';
import { requireOwnAnnex } from './withoutDatalad/drop';
import { Ledger } from './withoutDatalad/ledger';
import { byWantedCopies } from './withoutDatalad/wantedCopies';

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
  const past = keys.length === 0 ? null : await searchPast(repository.git, tips, task.signal);
  const pathsOf = new Map(keys.map(key => [key, past?.get(key)?.paths ?? new Set<string>()]));
  const place = { git: repository.git, commonDir: repository.folder.commonDir };
  for (const { args, keys: some } of await byWantedCopies(place, pathsOf, task.signal)) {
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
