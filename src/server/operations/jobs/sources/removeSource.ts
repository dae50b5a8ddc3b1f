import type { ParsedJobInput } from '../../../../protocol/contract';
import { fail, type Failure } from '../../../../protocol/failure';
import { runAnnex, wordsOf } from '../../../annex/batch';
import { BUILT_IN } from '../../../annex/places';
import { judge } from '../../../datalad/execute';
import { readKeyCopies } from '../../../dataset/copies/keyCopies';
import { withoutQuerySecrets } from '../../../dataset/inspect/urlSecrets';
import { Repository } from '../../../dataset/repository';
import type { ITask } from '../../../handlers';
import type { IJobContext } from '../context';
import { Ledger } from '../withoutDatalad/ledger';
import { annexedFile, type IAnnexed } from './annexedFile';
import { notedUrls } from './notedUrls';

const NOTHING: Failure = { kind: 'unknown', message: 'git-annex did not say what became of the source.' };

/**
 * Takes an address back as a source of an annexed file; refused where nothing else is known to have the content. One with a secret is
 * named as it is shown, without it.
 */
export async function removeSource(context: IJobContext, input: ParsedJobInput<'removeSource'>, task: ITask): Promise<void> {
  const { boundary, env } = context;
  const { signal } = task;
  const annexed = await annexedFile(context, input, signal);
  const { dataset, file, name, key, workTree } = annexed;
  const noted = await notedUrls(workTree, key, signal);
  const url = noted.find(one => one === input.url) ?? noted.find(one => withoutQuerySecrets(one).url === input.url);
  if (url === undefined) {
    return fail('not-found', 'This address is no source of the file.', { hint: 'It may have been removed already.' });
  }
  if (noted.length === 1 && !(await isElsewhere(annexed, { env, signal }))) {
    fail('last-copy', 'Nothing else is known to have the content of this file.', {
      hint: 'Get it first.',
      parameters: { path: input.file, why: 'source' }
    });
  }
  const ledger = new Ledger(boundary, task);
  const entry = { action: 'remove_source', path: file, type: 'file', key } as const;
  let words = '';
  // By standard input: all users of a machine see the arguments of its programs, and an address may hold a password.
  const call = { args: ['rmurl', '--batch', '-z'] as const, cwd: dataset, env, signal, input: `${name} ${url}\0` };
  const { output } = await runAnnex(call, record => {
    words = wordsOf(record);
  });
  if ((await notedUrls(workTree, key, signal)).includes(url)) {
    ledger.failed(entry, words === '' ? output : words);
  } else {
    ledger.done(entry);
  }
  judge(ledger.outcome(), NOTHING);
}

/** Whether the content is here, or noted to be anywhere but at an address. */
async function isElsewhere(
  { dataset, key }: IAnnexed,
  { env, signal }: { env: Record<string, string>; signal: AbortSignal }
): Promise<boolean> {
  const repository = await Repository.open(dataset, env);
  const [here, copies] = await Promise.all([repository.store.look(key), readKeyCopies(repository, [key], signal)]);
  return here !== null || copies.of(0).copies.some(({ uuid }) => BUILT_IN[uuid] === undefined);
}
