import { isUtf8 } from '../../../bytes';
import { runAnnex, wordsOf } from '../../../annex/batch';
import { isRegular } from '../../../git/entry';
import type { ITask } from '../../../handlers';
import type { Ledger } from './ledger';
import { annexedFiles, type IAnnexedFile, type IPart, storeOf } from './part';

interface IBatchOptions {
  action: 'get' | 'drop';
  /** Beside `--batch-keys`. */
  args: readonly string[];
  env: Record<string, string>;
  task: ITask;
  ledger: Ledger;
}

/**
 * Gets or drops the content of files by their keys: no name is handed to git-annex, none it prints is read. What became of each key is
 * looked up in the annex in the end. Resolves with what was printed beside the records.
 */
export async function runKeys(part: IPart, files: readonly IAnnexedFile[], options: IBatchOptions): Promise<string> {
  const { action, env, task, ledger } = options;
  const byKey = new Map<string, IAnnexedFile[]>();
  files.forEach(file => byKey.set(file.key, [...(byKey.get(file.key) ?? []), file]));
  if (byKey.size === 0) {
    return '';
  }
  const words = new Map<string, string>();
  let done = 0;
  const { output } = await runAnnex(
    {
      args: [action, '--batch-keys', ...options.args],
      cwd: part.workTree.folder,
      env,
      signal: task.signal,
      input: [...byKey.keys()].map(key => `${key}\n`).join('')
    },
    record => {
      words.set(record.key ?? '', wordsOf(record));
      done += 1;
      task.progress({ files: done, totalFiles: byKey.size, active: [] });
    }
  );
  task.output(output);
  const store = storeOf(part);
  for (const [key, same] of byKey) {
    const went = (await store.has(key)) === (action === 'get');
    for (const { path } of same) {
      const entry = { action, path, type: 'file', key } as const;
      if (went) {
        ledger.done(entry);
      } else {
        ledger.failed(entry, words.get(key) ?? output);
      }
    }
  }
  return output;
}

/** The annexed files of a part, those whose content is here apart from those whose is not. */
export async function sortByPresence(
  part: IPart,
  signal: AbortSignal
): Promise<{ here: IAnnexedFile[]; absent: IAnnexedFile[] }> {
  const store = storeOf(part);
  const sorted: { here: IAnnexedFile[]; absent: IAnnexedFile[] } = { here: [], absent: [] };
  for (const file of await annexedFiles(part, signal)) {
    ((await store.has(file.key)) ? sorted.here : sorted.absent).push(file);
  }
  return sorted;
}

/** Git-annex copies content to and from unlocked files with a program that it hands the name to, and loses bytes in it. */
export function isOutOfReach({ entry }: IAnnexedFile): boolean {
  return isRegular(entry.mode) && !isUtf8(entry.path);
}
