import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISideChoices } from '../../models/sideChoices';
import type { AskedSide, FoundSide } from '../../protocol/compare';
import { branchWords } from '../branches/branchRow';
import { shownName } from '../../protocol/names';
import { visible } from '../trust/visible';

export type SideGroup = 'none' | 'commits' | 'branches' | 'tags';

/** One line of a list of sides. Two may stand for the same commit. */
export interface ISideOption {
  readonly key: string;
  readonly group: SideGroup;
  readonly label: string;
  /** Null where a name has to be typed. */
  readonly side: AskedSide | null;
}

/** The option for what is not listed. */
export const NAMED = 'named';

/** What can be chosen for a side, and which of these it is now; that is among them whatever it is. */
export function optionsOf(
  choices: ISideChoices | null,
  { asked, found }: { asked: AskedSide; found: FoundSide },
  trans: TranslationBundle
): { options: ISideOption[]; current: string } {
  const fixed: ISideOption[] = [
    { key: 'worktree', group: 'none', label: trans.__('The folder now'), side: 'worktree' },
    { key: 'HEAD', group: 'none', label: trans.__('Last save'), side: 'HEAD' },
    { key: NAMED, group: 'none', label: trans.__('Another commit…'), side: null }
  ];
  const listed = choices === null ? [] : listedOptions(choices, trans);
  const known = [...fixed, ...listed].find(
    ({ key, side }) => key === asked || (asked !== 'HEAD' && side === found.side && side !== null)
  );
  if (known !== undefined) {
    return { options: [...fixed, ...listed], current: known.key };
  }
  const { side, commit } = found;
  const label = commit === undefined ? trans.__('Nothing') : commitWords(commit.short, commit.subject, trans);
  return { options: [{ key: 'current', group: 'none', label, side }, ...fixed, ...listed], current: 'current' };
}

function listedOptions({ commits, branches, tags }: ISideChoices, trans: TranslationBundle): ISideOption[] {
  return [
    ...commits.map(({ id, subject }) => ({
      key: `commit ${id}`,
      group: 'commits' as const,
      label: commitWords(id.slice(0, 8), subject, trans),
      side: id
    })),
    ...branches.map(branch => ({
      key: `branch ${branch.place} ${branch.ref}`,
      group: 'branches' as const,
      label: branchWords(branch),
      side: branch.commit
    })),
    ...tags.map(({ name, commit }) => ({
      key: `tag ${name}`,
      group: 'tags' as const,
      label: shownName(name),
      side: commit
    }))
  ];
}

function commitWords(id: string, subject: string, trans: TranslationBundle): string {
  return `${id} ${subject === '' ? trans.__('(no message)') : visible(subject)}`;
}
