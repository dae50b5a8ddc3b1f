/** The numbers a version begins with: `10.20261026-g1234` is [10, 20261026], `1.1.3rc1` is [1, 1, 3]. */
function numbers(version: string): number[] {
  const [start = ''] = /\d+(?:\.\d+)*/.exec(version) ?? [];
  return start.split('.').map(Number);
}

/** Whether a version is the required one or a newer one. */
export function isAtLeast(version: string, required: string): boolean {
  const found = numbers(version);
  for (const [place, wanted] of numbers(required).entries()) {
    const number = found[place] ?? 0;
    if (number !== wanted) {
      return number > wanted;
    }
  }
  return true;
}
