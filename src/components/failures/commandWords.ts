import type { TranslationBundle } from '@jupyterlab/translation';
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
