import { join } from 'node:path';
import type { ParsedJobInput } from '../../../protocol/contract';
import { type Failure, fail } from '../../../protocol/failure';
import { runAnnex, wordsOf } from '../../annex/batch';
import { keyBytes, parseKey } from '../../annex/key';
import { ObjectStore } from '../../annex/presence';
import { judge } from '../../datalad/execute';
import { isLost } from '../../datalad/lostNames';
import { WorkTree } from '../../dataset/workTree';
import type { ITask } from '../../handlers';
import { mapLimited } from '../../mapLimited';
import { type IJobContext, requireDataset } from './context';
import { Ledger } from './withoutDatalad/ledger';

/** Calls of the file system at one time. */
const LOOKS = 16;
const NOTHING: Failure = { kind: 'not-found', message: 'There was nothing to get.' };

/**
 * Gets content by its keys, which no file of the folder need have any more: DataLad gets by names alone. Neither the folder, the index nor
 * a branch but git-annex's own changes.
 */
export async function getKeys(context: IJobContext, input: ParsedJobInput<'getKeys'>, task: ITask): Promise<void> {
  const { boundary, env } = context;
  const { signal } = task;
  const root = boundary.resolve(input.dataset);
  requireDataset(root);
  const keys = [...new Set(input.keys)];
  if (keys.some(key => parseKey(key) === null || isLost(key))) {
    fail('bad-request', 'This is no key of git-annex.');
  }
  const workTree = await WorkTree.open(root, { env, signal });
  const store = new ObjectStore(join(workTree.commonDir, 'annex'));
  const ledger = new Ledger(boundary, task);
  const entryOf = (key: string) => ({ action: 'get', path: root, type: 'dataset', key }) as const;
  const { absent, here } = await partOf(store, keys);
  for (const key of here) {
    ledger.done(entryOf(key), 'notneeded', 'already present');
  }
  if (absent.length === 0) {
    return;
  }
  const totalBytes = absent.reduce((sum, key) => sum + (keyBytes(key) ?? 0), 0);
  const words = new Map<string, string>();
  let [files, bytes] = [0, 0];
  const tell = (more: number): void =>
    task.progress({ files, totalFiles: absent.length, bytes: bytes + more, totalBytes, active: [] });
  const { output } = await runAnnex(
    { args: ['get', '--batch-keys'], cwd: root, env, signal, input: absent.map(key => `${key}\n`).join(''), moved: tell },
    record => {
      words.set(record.key ?? '', wordsOf(record));
      files += 1;
      bytes += keyBytes(record.key ?? '') ?? 0;
      tell(0);
    }
  );
  task.output(output);
  for (const key of absent) {
    if (await store.has(key)) {
      ledger.done(entryOf(key));
    } else {
      ledger.failed(entryOf(key), words.get(key) ?? output);
    }
  }
  judge(ledger.outcome(output), NOTHING);
}

async function partOf(store: ObjectStore, keys: readonly string[]): Promise<{ absent: string[]; here: string[] }> {
  const has = await mapLimited(keys, LOOKS, key => store.has(key));
  return { absent: keys.filter((_, at) => has[at] !== true), here: keys.filter((_, at) => has[at] === true) };
}
