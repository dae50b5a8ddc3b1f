import type { Cursor } from '../../../protocol/history';
import type { CommitId } from '../../../protocol/revision';

/** So many open lines fit into a cursor. */
const MAX_TIPS = 200;

interface INode {
  readonly id: CommitId;
  readonly parents: readonly CommitId[];
}

/**
 * Where the whole history goes on below a page: at the parents that the page does not hold, and at tips it did not come to. So the next
 * page costs no more than the first, however deep it lies, and new commits do not move it. Where clocks went wrong it may hold commits
 * again that are known already.
 */
export function nextTips(tips: readonly CommitId[], page: readonly INode[]): CommitId[] {
  const shown = new Set(page.map(({ id }) => id));
  const open = new Set([...tips, ...page.flatMap(({ parents }) => parents)]);
  return [...open].filter(id => !shown.has(id));
}

/** The cursor behind a page of commits that were chosen from the whole, or of all commits. */
export function nextCursor(
  here: Cursor,
  page: readonly INode[],
  { limit, chosen }: { limit: number; chosen: boolean }
): Cursor | null {
  const tips = nextTips(here.tips, page);
  const full = page.length >= limit;
  if (!chosen && here.skip === 0 && tips.length <= MAX_TIPS) {
    return full && tips.length > 0 ? { tips, skip: 0 } : null;
  }
  return full ? { tips: here.tips, skip: here.skip + page.length } : null;
}
