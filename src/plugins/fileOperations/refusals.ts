import type { TranslationBundle } from '@jupyterlab/translation';
import { lastName } from '../../components/names';
import { loadedFailureWords } from '../../components/failures/lazyWords';
import type { ContentsPath } from '../../protocol/paths';
import type { IOutcome } from '../../tokens';
import type { Refusal } from './decide';

/** What JupyterLab's own dialog of a failed move or copy says. */
export function refusal(why: Refusal, path: ContentsPath, trans: TranslationBundle): Error {
  const name = lastName(path);
  switch (why) {
    case 'not-here':
      return new Error(
        trans.__('The content of %1 is not here. Get it first: only a name that leads nowhere would arrive.', name)
      );
    case 'holds-dataset':
      return new Error(
        trans.__(
          '%1 holds a dataset. Copied like a folder, both would take themselves for the same place: clone the dataset instead.',
          name
        )
      );
    case 'not-installed':
      return new Error(
        trans.__(
          '%1 is a subdataset that is registered here, but not installed: only an empty folder would arrive. Get it first, or clone it at the new place.',
          name
        )
      );
    case 'absorbed':
      return new Error(
        trans.__(
          'The repository of a dataset in %1 lies in that of the dataset around it, and would not come along. Clone it at the new place instead.',
          name
        )
      );
    case 'unknown':
      return new Error(
        trans.__(
          'The DataLad server did not say whether %1 has annexed files or a dataset in it, so nothing was done. Try again.',
          name
        )
      );
  }
}

/** An outcome that is none. */
export async function failedOutcome(outcome: IOutcome, path: ContentsPath, trans: TranslationBundle): Promise<Error> {
  const words = outcome.failure && (await loadedFailureWords(outcome.failure, { trans, names: [lastName(path)] }));
  return new Error([words?.title, words?.text].filter(Boolean).join(' ') || trans.__('This was cancelled.'));
}

/** JupyterLab's name for what the user did not want in the end; the file browser is told nothing then. */
export class NotWantedError extends Error {
  override readonly name = 'ModalCancelError';
}
