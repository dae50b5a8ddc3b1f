import type { TranslationBundle } from '@jupyterlab/translation';
import type { Failure } from '../../protocol/failure';
import { damageWords } from './damageWords';
import { fileWords } from './fileWords';
import { runWords } from './runWords';
import { aboutSources, sourceWords } from './sourceWords';
import type { IContext, IFailureWords, Wordings } from './wording';
import { workWords } from './workWords';

const wordings: Wordings = { ...fileWords, ...damageWords, ...workWords, ...runWords, ...sourceWords };

/**
 * Title, explanation and cure of a failure in the user's language. Kinds without a wording show the server's own words.
 * `names` are the files it is about; leave it empty for the work as a whole.
 */
export function failureWords(
  failure: Failure,
  { trans, names }: { trans: TranslationBundle; names: IContext['names'] }
): IFailureWords {
  const special = failure.parameters?.['why'] === 'source' ? aboutSources[failure.kind] : undefined;
  const wording = special ?? wordings[failure.kind];
  return wording === undefined ? { title: failure.message, text: failure.hint ?? '' } : wording(trans, { names, failure });
}
