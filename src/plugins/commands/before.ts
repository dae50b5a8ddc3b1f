import { isMadeUp, isSomebody } from '../../protocol/identity';
import type { ContentsPath } from '../../protocol/paths';
import type { IOutcome } from '../../tokens';
import { CANCELLED } from './command';
import type { ICommandContext } from './context';

/**
 * Asks for what a commit needs and git does not know: who makes it. Null when the work may go on. The server refuses a commit without it.
 */
export async function identityKnown(context: ICommandContext, dataset: ContentsPath | null): Promise<IOutcome | null> {
  return isSomebody(await context.datalad.client.call('identity', { dataset })) ? null : askIdentity(context, dataset);
}

/** Asks who commits are made by and sets it; null when that went well. */
export async function askIdentity(context: ICommandContext, path: ContentsPath | null): Promise<IOutcome | null> {
  const { name, email, suggestedName, dataset } = await context.datalad.client.call('identity', { dataset: path });
  // What the dataset's own configuration says counts more than what the user's does, so it is mended there.
  const mend = email !== null && isMadeUp(email);
  const answer = await context.dialogs.identity({
    name: name ?? suggestedName,
    email: mend ? '' : (email ?? ''),
    dataset: mend ? null : dataset,
    ...(mend && dataset !== null ? { here: true } : {})
  });
  if (answer === null) {
    return CANCELLED;
  }
  const scope = mend || answer.onlyHere ? dataset : null;
  const outcome = await context.datalad.jobs.run('setIdentity', { name: answer.name, email: answer.email, dataset: scope });
  return outcome.status === 'ok' ? null : outcome;
}

/** Saves open documents below the datasets first and tells which; null when the work may not go on. */
export async function editorsSettled(
  { editors }: ICommandContext,
  datasets: readonly ContentsPath[]
): Promise<readonly ContentsPath[] | null> {
  return editors === null ? [] : editors.settle(datasets);
}
