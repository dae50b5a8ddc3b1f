const ADJUSTED = /^adjusted\/(.+)\(([^()]+)\)$/s;
/** Options of `git annex adjust` by the word in a branch's name. */
const OPTIONS: Readonly<Record<string, string>> = {
  hidemissing: '--hide-missing',
  unlocked: '--unlock',
  locked: '--lock',
  fixed: '--fix',
  unlockpresent: '--unlock-present'
};

/** A branch that git-annex made of another one, to show its files in another way. */
export interface IAdjustedBranch {
  /** The branch it was made of: `main`. */
  original: string;
  /** What was adjusted, as in the branch's name: `hidemissing-unlocked`. */
  adjustment: string;
}

/** Takes a branch's short name apart: `adjusted/main(hidemissing-unlocked)`; null for ordinary branches. */
export function parseAdjusted(branch: string): IAdjustedBranch | null {
  const [, original, adjustment] = ADJUSTED.exec(branch) ?? [];
  return original === undefined || adjustment === undefined ? null : { original, adjustment };
}

/** The options of `git annex adjust` that make this adjustment again; null where one of its words is not known. */
export function adjustOptions({ adjustment }: IAdjustedBranch): string[] | null {
  const options = adjustment.split('-').map(word => OPTIONS[word]);
  return options.every(option => option !== undefined) ? options : null;
}
