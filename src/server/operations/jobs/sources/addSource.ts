import type { ParsedJobInput } from '../../../../protocol/contract';
import type { Failure } from '../../../../protocol/failure';
import { runAnnex, wordsOf } from '../../../annex/batch';
import { judge } from '../../../datalad/execute';
import type { ITask } from '../../../handlers';
import type { IJobContext } from '../context';
import { requireAddress } from '../downloads/requireAddress';
import { Ledger } from '../withoutDatalad/ledger';
import { annexedFile } from './annexedFile';
import { notedUrls } from './notedUrls';
import { requireSame } from './requireSame';

const NOTHING: Failure = { kind: 'source-not-noted', message: 'git-annex did not take this address as a source.' };

/**
 * Notes an address as a source of an annexed file, from where it can be got again. Unless told not to, all of what is there is compared
 * with the content first; else git-annex asks the server for the size, where its settings let it.
 */
export async function addSource(context: IJobContext, input: ParsedJobInput<'addSource'>, task: ITask): Promise<void> {
  const { boundary, env } = context;
  const { signal } = task;
  const { url, sizeOnly = false } = input;
  requireAddress(url, { kept: true });
  const { dataset, file, name, key, workTree } = await annexedFile(context, input, signal);
  const entry = { action: 'add_source', path: file, type: 'file', key } as const;
  const ledger = new Ledger(boundary, task);
  if ((await notedUrls(workTree, key, signal)).includes(url)) {
    ledger.done(entry, 'notneeded');
    return;
  }
  if (!sizeOnly) {
    await requireSame(context, { url, workTree, key, path: input.file }, task);
  }
  const args = ['addurl', ...(sizeOnly ? [] : ['--relaxed']), `--file=${name}`, '--', url] as const;
  let words = '';
  const { output } = await runAnnex({ args, cwd: dataset, env, signal }, record => {
    words = wordsOf(record);
  });
  if ((await notedUrls(workTree, key, signal)).includes(url)) {
    ledger.done(entry);
  } else {
    ledger.failed(entry, words === '' ? output : words);
  }
  judge(ledger.outcome(), NOTHING);
}
