import type { TranslationBundle } from '@jupyterlab/translation';
import { shownName } from '../../protocol/names';
import type { RuleCatch, RuleLine, RuleProblem, RuleSetting } from '../../protocol/rules';
import { formatCount } from '../format';

/** What puts text into Git and all else into the annex, as DataLad's procedure text2git writes it. */
export const TEXT_TO_GIT = '((mimeencoding=binary)and(largerthan=0))';

/** What a rule does, in a sentence for each thing it sets. */
export function settingWords({ attribute, value }: RuleSetting, trans: TranslationBundle): string {
  if (value === 'unspecified' || value === '') {
    return trans.__('takes back what rules above say of %1', attribute);
  }
  switch (attribute) {
    case 'annex.largefiles':
      return placeWords(value, trans);
    case 'annex.numcopies':
      return trans._n(
        'a drop leaves at least %2 copy elsewhere',
        'a drop leaves at least %2 copies elsewhere',
        Number(value) || 0,
        shownName(value)
      );
    case 'annex.backend':
      return trans.__('new content in the annex gets keys of the kind %1', shownName(value));
  }
}

function placeWords(value: string, trans: TranslationBundle): string {
  const [, size] = /^\(?largerthan=([^()\s]+)\)?$/u.exec(value) ?? [];
  switch (value) {
    case 'nothing':
      return trans.__('kept in Git');
    case 'anything':
      return trans.__('kept in the annex');
    case TEXT_TO_GIT:
      return trans.__('text is kept in Git, everything else in the annex');
    default:
      return size === undefined
        ? trans.__('kept in the annex where this holds, else in Git: %1', shownName(value))
        : trans.__('kept in the annex if larger than %1, else in Git', shownName(size));
  }
}

/** Why a rule does not do what it seems to. */
export function problemWords(problem: RuleProblem, trans: TranslationBundle, word = ''): string {
  const words: Record<RuleProblem, string> = {
    'bad-word': trans.__(
      'git-annex does not know “%1”, and refuses to add any file that this rule is for. Known are: anything, nothing, largerthan=, smallerthan=, include=, exclude=, mimetype=, mimeencoding=, and, or, not, and parentheses.',
      shownName(word)
    ),
    'bad-number': trans.__('This is no number, so git-annex leaves it out.'),
    'bad-backend': trans.__('git-annex knows no such kind of keys. MD5E and SHA256E are common ones.'),
    negative: trans.__('Git leaves out rules that begin with “!”. Write a rule further down that says otherwise.'),
    folder: trans.__('This fits no file: a pattern that ends with a slash is for folders. Write “**” behind the slash.'),
    'too-long': trans.__('Git leaves out lines of more than 2048 bytes.'),
    quote: trans.__('A quotation mark is not closed, so git takes it for a part of the name.'),
    'nothing-set': trans.__('This line says nothing about the files it names.'),
    'bad-pattern': trans.__('Git takes this for something else than the names of files.')
  };
  return words[problem];
}

/** All that is wrong with a line. */
export function lineProblems({ problem, settings }: RuleLine, trans: TranslationBundle): string[] {
  return [
    ...(problem === undefined ? [] : [problemWords(problem, trans)]),
    ...settings.flatMap(setting => (setting.problem === undefined ? [] : [problemWords(setting.problem, trans, setting.word)]))
  ];
}

/** For how many files a rule is. */
export function catchWords({ fits, decides }: Pick<RuleCatch, 'fits' | 'decides'>, trans: TranslationBundle): string {
  if (fits === 0) {
    return trans.__('fits no file now');
  }
  const all = trans._n('fits %2 file', 'fits %2 files', fits, formatCount(fits));
  return decides === fits ? all : trans.__('%1, decides on %2', all, formatCount(decides));
}

/** Which rules are stronger, and for how many files. */
export function overrideWords({ overriddenBy, elsewhere, fits }: RuleCatch, trans: TranslationBundle): string[] {
  const lines = overriddenBy
    .slice(0, 3)
    .map(({ line, files }) =>
      files === fits
        ? trans.__('overridden by line %1 for all of them', line)
        : trans._n('overridden by line %1 for %3 file', 'overridden by line %1 for %3 files', files, line, formatCount(files))
    );
  const rest = overriddenBy.length - lines.length;
  return [
    ...lines,
    ...(rest > 0 ? [trans._n('and by %1 more line', 'and by %1 more lines', rest)] : []),
    ...(elsewhere > 0
      ? [
          trans._n(
            'overridden by another file of rules for %2 file',
            'overridden by other files of rules for %2 files',
            elsewhere,
            formatCount(elsewhere)
          )
        ]
      : [])
  ];
}
