import type { TranslationBundle } from '@jupyterlab/translation';
import type { ChangedFile } from '../../protocol/dataset';
import type { Destination, LargefilesRule } from '../../protocol/destination';
import { shownName } from '../../protocol/names';
import { formatSize } from '../../protocol/size';
import { formatCount } from '../format';

/** Whether a save puts anything anywhere: what is gone, in conflict or a dataset of its own has no destination. */
export function hasDestination({ change, kind }: ChangedFile): boolean {
  return change !== 'deleted' && change !== 'conflict' && kind !== 'dataset' && kind !== 'dataset-absent';
}

/** The same where the next save keeps everything in Git; links and what stands for annexed content stay as they are. */
export function kept(destination: Destination, toGit: boolean): Destination {
  if (!toGit || destination.because === 'annexed') {
    return destination;
  }
  const { rule: _rule, within: _within, ...rest } = destination;
  return { ...rest, to: 'git' };
}

/** A tag for a row: where the file goes. */
export function destinationTag({ to }: Destination, trans: TranslationBundle): string {
  switch (to) {
    case 'git':
      return trans.__('→ Git');
    case 'annex':
      return trans.__('→ annex');
    case 'both':
      return trans.__('→ Git, annex');
    case 'unknown':
      return trans.__('→ ?');
  }
}

/** Where a file goes and why, in a sentence. */
export function destinationWords(destination: Destination, toGit: boolean, trans: TranslationBundle): string {
  const { to, because, rule, within } = destination;
  if (toGit && because !== 'annexed') {
    return trans.__('goes into Git this once, as you chose below');
  }
  switch (because) {
    case 'rule': {
      const words = rule === undefined ? '' : ruleWords(rule, trans);
      return to === 'git' ? trans.__('goes into Git, by %1', words) : trans.__('goes into the annex, by %1', words);
    }
    case 'no-rule':
      return trans.__('goes into the annex, as everything does for which there is no rule');
    case 'no-annex':
      return trans.__('goes into Git: this repository has no annex');
    case 'link':
      return trans.__('goes into Git, as links do');
    case 'annexed':
      return trans.__('stays in the annex: it stands for content that is there');
    case 'staged':
      return to === 'git' ? trans.__('goes into Git, as it was staged') : trans.__('goes into the annex, as it was staged');
    case 'folder':
      return within === undefined ? '' : folderWords(within, trans);
    default:
      return unknownWords(destination, trans);
  }
}

function unknownWords({ because, rule }: Destination, trans: TranslationBundle): string {
  const words = rule === undefined ? '' : ruleWords(rule, trans);
  switch (because) {
    case 'mime-type':
      return trans.__('may go into Git or the annex: %1 asks for the type of the content, which only git-annex can tell', words);
    case 'bad-rule':
      return trans.__('cannot be saved: git-annex cannot read %1', words);
    case 'unreadable':
      return trans.__('may go into Git or the annex: it cannot be read');
    default:
      return trans.__('may go into Git or the annex: it was changed after it was staged, or settings are unusual');
  }
}

/** A rule with its place. */
export function ruleWords({ from, expression, file, line, pattern }: LargefilesRule, trans: TranslationBundle): string {
  if (from === 'git-config') {
    return trans.__('annex.largefiles=%1 in the git configuration', shownName(expression));
  }
  if (from === 'annex-config') {
    return trans.__('annex.largefiles=%1 of “git annex config”', shownName(expression));
  }
  return file === undefined || line === undefined
    ? trans.__('annex.largefiles=%1 in .gitattributes', shownName(expression))
    : trans.__('line %1 of %2: %3 annex.largefiles=%4', line, shownName(file), shownName(pattern ?? ''), shownName(expression));
}

function folderWords({ git, annex, unknown, more }: NonNullable<Destination['within']>, trans: TranslationBundle): string {
  const parts = [
    git.files > 0 ? trans.__('%1 into Git (%2)', formatCount(git.files), formatSize(git.bytes)) : '',
    annex.files > 0 ? trans.__('%1 into the annex (%2)', formatCount(annex.files), formatSize(annex.bytes)) : '',
    unknown.files > 0 ? trans.__('%1 not known', formatCount(unknown.files)) : '',
    more ? trans.__('and more that were not looked at') : ''
  ];
  return trans.__('of the files in it: %1', parts.filter(part => part !== '').join(', '));
}
