import type { Branch } from '../../protocol/dataset';
import { parseAdjusted } from '../annex/adjustment';
import type { IHead } from '../git/refs';

/** What people call the branch that is checked out: `main` on `adjusted/main(unlocked)`, which git-annex makes. */
export function describeBranch(head: IHead): Branch {
  const full = head.ref?.replace(/^refs\/heads\//, '') ?? null;
  const adjusted = parseAdjusted(full ?? '');
  return {
    name: adjusted?.original ?? full,
    ...(adjusted === null ? {} : { adjustment: adjusted.adjustment }),
    ...(head.commit === null ? {} : { commit: head.commit.slice(0, 10) })
  };
}
