import type { TranslationBundle } from '@jupyterlab/translation';
import type { Check, Finding, Found, FoundGroup, LostEnd } from '../../protocol/checkUp';
import { LARGE_IN_GIT } from '../../protocol/destination';
import { shownName } from '../../protocol/names';
import { formatSize } from '../../protocol/size';

/** Commits that are named of one version that is to be dropped. */
const NAMED = 3;

/** What is being looked for. */
export function checkWords(check: Check, trans: TranslationBundle): string {
  const words: Record<Check, string> = {
    copies: trans.__('Copies of each file'),
    large: trans.__('Large files in Git'),
    unpushed: trans.__('Commits that no sibling has'),
    links: trans.__('Broken links'),
    leftovers: trans.__('Leftovers of broken transfers'),
    old: trans.__('Old versions')
  };
  return words[check];
}

/** The heading of a finding. */
export function findingTitle(finding: Finding, trans: TranslationBundle): string {
  const titles: Record<Finding, string> = {
    'no-copy': trans.__('No known copy'),
    'only-here': trans.__('Only copy is here'),
    'large-in-git': trans.__('Large in Git'),
    unpushed: trans.__('Not pushed'),
    'unpushed-branch': trans.__('Other branches not pushed'),
    'broken-link': trans.__('Broken links'),
    leftover: trans.__('Leftovers of broken transfers'),
    'only-in-history': trans.__('Only in history'),
    unused: trans.__('Used nowhere')
  };
  return titles[finding];
}

/** What it means, and what to do. */
export function findingWords({ finding, unsearched }: FoundGroup, trans: TranslationBundle): string {
  switch (finding) {
    case 'no-copy':
      return trans.__(
        'The content of these files is not here, and no place is noted to have it. It may be here without being noted, or at a sibling that is not known here: check what is here, and fetch from your siblings.'
      );
    case 'only-here':
      return trans.__(
        'If this disk breaks, these are lost: no other place is noted to have them. A sibling that is only a place on this disk helps little.'
      );
    case 'large-in-git':
      return trans.__(
        'Files of %1 and more whose content is in Git: each version stays in every clone for good, and cannot be dropped. A rule puts their next versions into the annex.',
        formatSize(LARGE_IN_GIT)
      );
    case 'unpushed':
      return trans.__('No sibling has these commits, as far as was fetched: they are on this disk alone.');
    case 'unpushed-branch':
      return trans.__(
        'These branches have commits that neither a sibling nor the branch that is checked out has. A push sends the branch that is checked out: switch to one of them, and a check-up shows the line that pushes it.'
      );
    case 'broken-link':
      return trans.__(
        'These links lead to nothing, and are none of the annex. What they led to can be got or restored, as far as it is known here; a restore is unsaved at first. Else their history tells what they were; restore that, or delete the links and save.'
      );
    case 'leftover':
      return trans.__(
        'Parts of files from transfers that were broken off, and unpacked archives. Without them a get that was broken off begins anew.'
      );
    case 'only-in-history':
      return unsearched === true
        ? trans.__(
            'No branch and no tag has this content any more. The history was too long to be searched for the commits that need it.'
          )
        : trans.__(
            'No branch and no tag has this content any more, but the commits named need it: dropped, a look back shows it as not here. It is dropped only where enough other places have it, from where it can come back.'
          );
    case 'unused':
      return trans.__('No commit has this content: it was added and never saved, or its commits are gone.');
  }
}

/** What is worth to be said of one of them, beside its name and size. */
export function foundWords(
  { where = [], commits = [], ahead = 0, end }: Found,
  finding: Finding,
  trans: TranslationBundle
): string {
  const places = where.map(shownName).join(', ');
  switch (finding) {
    case 'no-copy':
    case 'only-here':
      return places === '' ? '' : trans.__('may be on %1', places);
    case 'only-in-history':
    case 'unused': {
      const needed = commits.map(({ id, subject }) => `${id.slice(0, 7)} “${shownName(subject)}”`).join(', ');
      const copies = places === '' ? trans.__('no other copy known') : trans.__('also on %1', places);
      return needed === '' ? copies : trans.__('%1; needed by %2', copies, needed);
    }
    case 'unpushed-branch':
      return trans._n('%1 commit', '%1 commits', ahead);
    case 'unpushed':
      return commits.map(({ id }) => id.slice(0, 7)).join();
    case 'broken-link':
      return end === undefined ? '' : endWords(end, trans);
    default:
      return '';
  }
}

/** An old version before it is dropped: where else it is, and the commits that need it, some of them. */
export function oldVersionWords({ name, where = [], commits = [] }: Found, trans: TranslationBundle): string {
  const copies = `${shownName(name)} – ${where.map(shownName).join(', ')}`;
  const [ids, more] = [commits.slice(0, NAMED).map(({ id }) => id.slice(0, 7)), commits.length - NAMED];
  const needed = more > 0 ? trans.__('%1 and %2 more', ids.join(', '), more) : ids.join(', ');
  return needed === '' ? copies : trans.__('%1; needed by %2', copies, needed);
}

function endWords(end: LostEnd, trans: TranslationBundle): string {
  const name = shownName(end.name);
  switch (end.how) {
    case 'get':
      return trans.__('leads to %1, which is not here', name);
    case 'restore':
      return trans.__('leads to %1, which was deleted after %2', name, end.commit.slice(0, 7));
    case 'outside':
      return trans.__('leads to %1, outside of the dataset', name);
    case 'unknown':
      return trans.__('leads to %1, of which nothing is known here', name);
  }
}
