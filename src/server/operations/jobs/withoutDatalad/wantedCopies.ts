import { join } from 'node:path';
import { readBranchLogs } from '../../../annex/branchLogs';
import { encodePath } from '../../../bytes';
import type { GitReader } from '../../../git/reader';
import { splitZero } from '../../../git/split';

/** What git-annex wants to know of before it drops, each with its option, its attribute `annex.…` and its log. */
const COUNTS = ['numcopies', 'mincopies'] as const;
type Count = (typeof COUNTS)[number];

/** Keys that are dropped with the same options. */
export interface IWanted {
  readonly args: readonly string[];
  readonly keys: string[];
}

interface IPlace {
  readonly git: GitReader;
  readonly commonDir: string;
}

/**
 * Groups keys by the copies that .gitattributes asks for at the paths of each, as options of git-annex: it cannot tell of a key that no
 * file names. The options overrule whatever else is set, so that the strictest of all paths counts, and for a path of which no
 * attribute tells what is set for the whole dataset.
 */
export async function byWantedCopies(
  place: IPlace,
  pathsOf: ReadonlyMap<string, ReadonlySet<string>>,
  signal: AbortSignal
): Promise<IWanted[]> {
  const attributes = await readAttributes(place.git, new Set([...pathsOf.values()].flatMap(paths => [...paths])), signal);
  const general = attributes.size === 0 ? null : await readGeneral(place, signal);
  const groups = new Map<string, IWanted>();
  for (const [key, paths] of pathsOf) {
    const args =
      general === null ? [] : COUNTS.flatMap(count => optionOf(count, wantedAt(count, { attributes, paths, general })));
    const group = groups.get(args.join(' ')) ?? { args, keys: [] };
    group.keys.push(key);
    groups.set(args.join(' '), group);
  }
  return [...groups.values()];
}

type Attributes = ReadonlyMap<string, Readonly<Partial<Record<Count, number>>>>;

/** The most that any path wants; null where no attribute says anything, so that git-annex knows best. */
function wantedAt(
  count: Count,
  { attributes, paths, general }: { attributes: Attributes; paths: ReadonlySet<string>; general: Readonly<Record<Count, number>> }
): number | null {
  const said = [...paths].map(path => attributes.get(path)?.[count]);
  return said.every(number => number === undefined) ? null : Math.max(...said.map(number => number ?? general[count]));
}

function optionOf(count: Count, number: number | null): string[] {
  return number === null ? [] : [`--${count}=${number}`];
}

async function readAttributes(git: GitReader, paths: ReadonlySet<string>, signal: AbortSignal): Promise<Attributes> {
  const input = Buffer.concat([...paths].flatMap(path => [encodePath(path), Buffer.of(0)]));
  const names = COUNTS.map(count => `annex.${count}`);
  const fields = splitZero(await git.read(['check-attr', '--stdin', '-z', ...names], { input, signal }));
  const found = new Map<string, Partial<Record<Count, number>>>();
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [path = '', attribute = '', value = ''] = fields.slice(at, at + 3);
    if (/^[1-9]\d*$/u.test(value)) {
      found.set(path, { ...found.get(path), [attribute.slice('annex.'.length)]: Number(value) });
    }
  }
  return found;
}

/** What holds where no attribute says anything: `git annex numcopies`, or the older setting of git; the larger of them, to be sure. */
async function readGeneral({ git, commonDir }: IPlace, signal: AbortSignal): Promise<Record<Count, number>> {
  const [logs, config] = await Promise.all([
    readBranchLogs({ git, annexDir: join(commonDir, 'annex') }, ['numcopies.log', 'mincopies.log'], signal),
    git.config()
  ]);
  const general = (count: Count): number =>
    Math.max(1, newest(logs.get(`${count}.log`) ?? ''), Number(config.get(`annex.${count}`)) || 0);
  return { numcopies: general('numcopies'), mincopies: general('mincopies') };
}

/** Reads `numcopies.log`: `1700000001s 2`. */
function newest(text: string): number {
  const lines = [...text.matchAll(/^(\d+(?:\.\d+)?)s (\d+)$/gmu)].map(
    ([, time, number]) => [Number(time), Number(number)] as const
  );
  return lines.reduce((last, line) => (line[0] >= last[0] ? line : last), [0, 0] as const)[1];
}
