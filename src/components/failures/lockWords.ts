import type { TranslationBundle } from '@jupyterlab/translation';
import type { Lock } from '../../protocol/lock';
import type { Failure } from '../../protocol/failure';
import { formatDuration } from '../format';
import { detail, type IContext, type IFailureWords, retry } from './wording';

/** A lock as the failure that a save would end with. */
export function lockFailure({ name, age, owner, holders, network, removable }: Lock): Failure {
  const [holder] = holders ?? [];
  return {
    kind: 'locked',
    message: name,
    parameters: {
      age,
      owner,
      name,
      ...(holder === undefined ? {} : { holder: `${holder.program} (${holder.pid})` }),
      ...(holders === null ? { unseen: 1 } : {}),
      ...(network ? { network: 1 } : {}),
      ...(removable ? { removable: 1 } : {})
    }
  };
}

/** Who works in a dataset, as far as that can be told, or who was stopped while it did. */
export function lockWords(trans: TranslationBundle, context: IContext): IFailureWords {
  const age = context.failure.parameters?.age;
  const since = typeof age === 'number' ? formatDuration(age, trans) : undefined;
  if (detail(context, 'removable') !== undefined) {
    return {
      title: trans.__('A lock was left behind %1 ago.', since ?? ''),
      text: leftBehind(trans, context),
      action: retry(trans)
    };
  }
  return {
    title:
      since === undefined
        ? trans.__('Another program is at work in this dataset.')
        : trans.__('Another program has been at work in this dataset for %1.', since),
    text: atWork(trans, context),
    action: retry(trans)
  };
}

function leftBehind(trans: TranslationBundle, context: IContext): string {
  const words = trans.__(
    'No living program holds “%1” of %2: the one that made it was probably stopped. Until it is removed, work here may fail.',
    detail(context, 'name') ?? '',
    detail(context, 'owner') ?? ''
  );
  return detail(context, 'network') === undefined
    ? words
    : `${words} ${trans.__('The disk is a network one: make sure that nothing works here on another machine.')}`;
}

function atWork(trans: TranslationBundle, context: IContext): string {
  const holder = detail(context, 'holder');
  if (holder !== undefined) {
    return trans.__('It is %1. Wait until it has ended.', holder);
  }
  return detail(context, 'unseen') === undefined
    ? trans.__('It holds a lock. Wait until it has ended; a lock that was left behind can be removed here.')
    : trans.__('The lock is of the user %1, whose programs cannot be seen from here.', detail(context, 'owner') ?? '');
}
