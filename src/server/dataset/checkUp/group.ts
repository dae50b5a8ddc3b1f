import { type Finding, type Found, type FoundGroup, MOST_FOUND } from '../../../protocol/checkUp';

/** A finding with all that has it, the largest first; bytes of one key count once. */
export function groupOf(finding: Finding, items: readonly Found[], more: Partial<FoundGroup> = {}): FoundGroup[] {
  if (items.length === 0) {
    return [];
  }
  const seen = new Set<string>();
  let bytes = 0;
  for (const { key, bytes: size = 0 } of items) {
    if (key === undefined || !seen.has(key)) {
      bytes += size;
    }
    if (key !== undefined) {
      seen.add(key);
    }
  }
  const sorted = [...items].sort((one, other) => (other.bytes ?? 0) - (one.bytes ?? 0));
  return [{ finding, total: items.length, bytes, items: sorted.slice(0, MOST_FOUND), ...more }];
}
