import type { TranslationBundle } from '@jupyterlab/translation';
import { shownName } from '../../protocol/names';
import { detail, type IContext, type IFailureWords } from './wording';

/** A command of the user's that failed, with the reason where the end of what it printed names one that learners meet. */
export function commandFailed(trans: TranslationBundle, context: IContext): IFailureWords {
  const code = detail(context, 'code') ?? '';
  const title =
    detail(context, 'why') === 'verify'
      ? trans.__('The command ended with exit code %1.', code)
      : trans.__('The command ended with exit code %1, so nothing was saved.', code);
  return { title, text: reason(trans, context.failure.detail ?? '', code) };
}

function reason(trans: TranslationBundle, printed: string, code: string): string {
  const [, module] = /ModuleNotFoundError: No module named '([^']+)'/u.exec(printed) ?? [];
  if (module !== undefined) {
    return trans.__(
      'The Python that ran it has no module “%1”. Install it where that Python looks, or use another Python or a container.',
      module
    );
  }
  if (/No space left on device|Disk quota exceeded/iu.test(printed)) {
    return trans.__('The disk or your quota is full. Drop what you do not need, then run it again.');
  }
  if (/Permission denied/u.test(printed) && code !== '126') {
    return trans.__(
      'It may have tried to write to a file that is locked in the annex: name that file as an output, and it is unlocked before.'
    );
  }
  switch (code) {
    case '126':
      return trans.__('There is such a program, but it may not be executed: “chmod +x” makes a file executable.');
    case '127':
      return trans.__('There is no such program, or it is not where programs are looked for.');
    default:
      return trans.__('What it has changed is still there: keep it with its record, or take it back.');
  }
}

/** A command that went well, but not as it was meant. */
export function emptyHanded(trans: TranslationBundle, context: IContext): IFailureWords {
  const names = shownName(detail(context, 'names') ?? '');
  const missing = Number(detail(context, 'files') ?? 0);
  const more = missing - Number(detail(context, 'named') ?? 0);
  const recorded = detail(context, 'recorded');
  return {
    title: [
      ...(missing > 0
        ? [
            trans._n(
              'The command ended well, but %1 output that was named was not made: %2.',
              'The command ended well, but %1 outputs that were named were not made: %2.',
              missing,
              more > 0 ? trans.__('%1 and %2 more', names, more) : names
            )
          ]
        : []),
      ...(recorded === 'yes'
        ? []
        : recorded === 'outputs'
          ? [trans.__('No output that was named changed, so nothing was recorded.')]
          : [trans.__('Nothing changed, so nothing was recorded.')])
    ].join(' '),
    text: ''
  };
}
