/** Bytes of each unit, by what it may be called in lower case: git-annex takes no notice of case. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ...powers(
    1_000,
    ['kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte', 'exabyte', 'zettabyte', 'yottabyte', 'ronnabyte', 'quettabyte'],
    'b'
  ),
  ...powers(1_024, ['kibibyte', 'mebibyte', 'gibibyte', 'tebibyte', 'pebibyte', 'exbibyte', 'zebibyte', 'yobibyte'], 'ib'),
  ...powers(1_000, ['kilobit', 'megabit', 'gigabit', 'terabit', 'petabit', 'exabit', 'zettabit', 'yottabit'], 'bit').map(
    ([name, bits]) => [name, bits / 8] as [string, number]
  ),
  ['b', 1],
  ['byte', 1],
  ['bytes', 1],
  ['', 1]
]);

/** `kb`, `k`, `kilobyte` and `kilobytes` for the first of the names, and so on; bits have no short form. */
function powers(base: number, names: readonly string[], ending: string): [name: string, amount: number][] {
  return names.flatMap((name, at) => {
    const letter = name.charAt(0);
    const short = ending.endsWith('b') ? [`${letter}${ending.slice(0, -1)}`] : [];
    return [`${letter}${ending}`, ...short, name, `${name}s`].map(word => [word, base ** (at + 1)] as [string, number]);
  });
}

const SIZE = /^(-?)(\d+(?:\.\d+)?(?:e[+-]?\d+)?)(.*)$/isu;

/**
 * A size as git-annex reads it: `100kb` is a hundred thousand bytes, `100KiB` 102,400, `1mbit` 125,000, and what stands behind the unit is
 * passed over. Null for what it takes for no size.
 */
export function readDataSize(text: string): number | null {
  const [, sign, digits, rest = ''] = SIZE.exec(text.trimStart()) ?? [];
  if (digits === undefined) {
    return null;
  }
  const [name = ''] = /^\p{L}*/u.exec(rest.trimStart()) ?? [];
  const unit = UNITS.get(name.toLowerCase());
  return unit === undefined ? null : roundHalfEven(Number(digits) * unit * (sign === '-' ? -1 : 1));
}

function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
