import * as v from 'valibot';
import { type Failure, expectedFailure, FailureError } from '../../protocol/failure';
import { type ContentsPath, isContentsPath } from '../../protocol/paths';
import { CommandIDs, type IOutcome } from '../../tokens';
import { commonArguments } from './arguments';
import { CANCELLED, command, DONE, type ICommand } from './command';
import type { ICommandContext } from './context';
import { type ICommonArguments, type ITarget, summaryOf, targetsOf } from './targets';

const args = v.object({ dataset: commonArguments.dataset });

/** Shows what the settings of a dataset could run, and asks whether it may; nothing in the arguments answers that. */
export function trust(context: ICommandContext): ICommand {
  const { trans, datalad } = context;
  return command({
    id: CommandIDs.trust,
    args,
    label: () => trans.__('Trust This Dataset…'),
    caption: trans.__('Show what the settings of a dataset would run, and allow it'),
    isEnabled: given => given.dataset !== undefined || datalad.current.state.summary !== null,
    execute: async ({ dataset }) => askTrust(context, await rootOf(context, dataset))
  });
}

/** Takes back the trust in a dataset. */
export function untrust(context: ICommandContext): ICommand {
  const { trans, datalad } = context;
  return command({
    id: CommandIDs.untrust,
    args,
    label: () => trans.__('Stop Trusting This Dataset'),
    caption: trans.__('Look at this dataset only, and run nothing of its own any more'),
    isVisible: given => given.isPalette === true || datalad.current.state.summary?.dataset.trust === 'granted',
    isEnabled: given => given.dataset !== undefined || datalad.current.state.summary !== null,
    execute: async ({ dataset }) => datalad.jobs.run('untrust', { dataset: await rootOf(context, dataset) })
  });
}

/**
 * What a command that starts a job works on. Where a dataset is known not to be trusted, that is asked before anything else; fails with
 * `cancelled` when it stays so.
 */
export async function trustedTargets(context: ICommandContext, given: ICommonArguments): Promise<ITarget[]> {
  const { trans } = context;
  const targets = await targetsOf(context, given);
  for (const { dataset } of targets.filter(target => target.untrusted)) {
    const { status, failure } = await askTrust(context, dataset);
    if (status !== 'ok') {
      throw new FailureError(failure ?? { kind: 'cancelled', message: trans.__('This dataset is not trusted.') });
    }
  }
  return targets.map(({ dataset, paths }) => ({ dataset, paths }));
}

/** Asks for the trust that the server found lacking; whether it was given, so that the work can be tried again. */
export async function answerUntrusted(context: ICommandContext, { parameters }: Failure): Promise<boolean> {
  const dataset = parameters?.dataset;
  if (typeof dataset !== 'string' || !isContentsPath(dataset)) {
    return false;
  }
  try {
    return (await askTrust(context, dataset)).status === 'ok';
  } catch (reason) {
    expectedFailure(reason);
    return false;
  }
}

async function askTrust({ datalad, dialogs }: ICommandContext, dataset: ContentsPath): Promise<IOutcome> {
  const question = await datalad.client.call('trust', { dataset });
  const chosen = await dialogs.trust(question);
  if (question.items.every(item => item.trust === 'granted')) {
    return DONE;
  }
  const items = question.items.filter(({ id }) => chosen?.includes(id)).map(({ id, fingerprint }) => ({ id, fingerprint }));
  return items.length === 0 ? CANCELLED : datalad.jobs.run('trust', { dataset, items });
}

async function rootOf(context: ICommandContext, dataset: ContentsPath | undefined): Promise<ContentsPath> {
  const place = dataset ?? context.datalad.current.state.summary?.dataset.path ?? context.datalad.current.state.folder;
  return (await summaryOf(context, place)).dataset.path;
}
