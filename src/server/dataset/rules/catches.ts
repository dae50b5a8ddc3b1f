import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RULE_ATTRIBUTES, type RuleCatch } from '../../../protocol/rules';
import { encodePath } from '../../bytes';
import type { IRuleLine } from '../../git/attributes/ruleLines';
import { splitZero } from '../../git/split';
import type { GitReader } from '../../git/reader';

/** Files asked about in one process: bounds its output, and a cancel is heard in between. */
const CHUNK = 20_000;
/** Nobody else sets attributes of this name. */
const MARK = 'jupyterlab-datalad.';

/** A file, and the lines of one file of rules that fit it. */
export interface ICaught {
  /** From the folder of the rules. */
  readonly path: string;
  /** In their order. */
  readonly lines: readonly number[];
  /** Whether a line further down, or another file of rules, says otherwise about all that a line says. */
  decides(line: number): boolean;
}

export interface ICatchOptions {
  /** The folder of the rules, from the top of the dataset; empty for that itself. */
  folder: string;
  lines: readonly IRuleLine[];
  /** Files below the folder, as seen from it. */
  paths: readonly string[];
  /** Whether the lines are what the file holds: then git can say whether another file is stronger. */
  written: boolean;
  signal: AbortSignal;
}

/**
 * Which files each line is for, by git itself: every pattern gets an attribute of its own, in a file beside the dataset. So what git
 * makes of an odd pattern is never guessed.
 */
export async function catchesOf(
  git: GitReader,
  { folder, lines, paths, written, signal }: ICatchOptions,
  seen: (file: ICaught) => void
): Promise<RuleCatch[]> {
  const rules = lines.filter(({ kind }) => kind === 'rule');
  const tally = new Tally(rules);
  if (rules.length === 0) {
    return [];
  }
  const beside = await mkdtemp(join(tmpdir(), 'datalad-rules-'));
  try {
    const marks = join(beside, 'attributes');
    await writeFile(marks, encodePath(rules.map(rule => `${rule.written} ${MARK}${rule.line}\n`).join('')));
    for (let at = 0; at < paths.length; at += CHUNK) {
      const some = paths.slice(at, at + CHUNK);
      const fitting = await marksOf(git, marks, some, signal);
      const values = written ? await valuesOf(git, folder, [...fitting.keys()], signal) : null;
      for (const [path, numbers] of fitting) {
        seen(tally.add(path, numbers, values?.get(path) ?? null));
      }
    }
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
  return tally.result();
}

/** The numbers of the lines that fit each path; paths that none fits are missing. */
async function marksOf(
  git: GitReader,
  marks: string,
  paths: readonly string[],
  signal: AbortSignal
): Promise<Map<string, number[]>> {
  const args = ['-c', `core.attributesFile=${marks}`, 'check-attr', '--stdin', '-z', '-a'];
  const found = new Map<string, number[]>();
  for (const [path, attribute] of triples(await git.read(args, { input: zeroed(paths), signal }))) {
    if (attribute.startsWith(MARK)) {
      const known = found.get(path) ?? [];
      known.push(Number(attribute.slice(MARK.length)));
      found.set(path, known);
    }
  }
  found.forEach(numbers => numbers.sort((one, other) => one - other));
  return found;
}

/** What git says of each path, by all files of rules together. */
async function valuesOf(
  git: GitReader,
  folder: string,
  paths: readonly string[],
  signal: AbortSignal
): Promise<Map<string, Map<string, string>>> {
  const below = folder === '' ? '' : `${folder}/`;
  const input = zeroed(paths.map(path => `${below}${path}`));
  const values = new Map<string, Map<string, string>>();
  for (const [path, attribute, value] of triples(
    await git.read(['check-attr', '--stdin', '-z', ...RULE_ATTRIBUTES], { input, signal })
  )) {
    const name = path.slice(below.length);
    values.set(name, (values.get(name) ?? new Map<string, string>()).set(attribute, value));
  }
  return values;
}

function zeroed(paths: readonly string[]): Buffer {
  return Buffer.concat(paths.flatMap(path => [encodePath(path), Buffer.of(0)]));
}

function* triples(output: Buffer): Generator<[path: string, attribute: string, value: string]> {
  const fields = splitZero(output);
  for (let at = 0; at + 2 < fields.length; at += 3) {
    yield [fields[at] ?? '', fields[at + 1] ?? '', fields[at + 2] ?? ''];
  }
}

/** Counts, rule by rule. */
class Tally {
  private readonly counts = new Map<number, { fits: number; decides: number; elsewhere: number; over: Map<number, number> }>();
  private readonly settings: ReadonlyMap<number, ReadonlyMap<string, string>>;

  constructor(rules: readonly IRuleLine[]) {
    this.settings = new Map(
      rules.map(({ line, settings }) => [line, new Map(settings.map(({ attribute, value }) => [attribute, value]))])
    );
    rules.forEach(({ line }) => this.counts.set(line, { fits: 0, decides: 0, elsewhere: 0, over: new Map() }));
  }

  add(path: string, lines: readonly number[], values: ReadonlyMap<string, string> | null): ICaught {
    // The last line that says something of an attribute decides on it.
    const last = new Map<string, { line: number; value: string }>();
    for (const line of lines) {
      this.settings.get(line)?.forEach((value, attribute) => last.set(attribute, { line, value }));
    }
    const deciding = new Set<number>();
    const beaten = new Set<number>();
    last.forEach(({ line, value }, attribute) => {
      const stands = values === null || (values.get(attribute) ?? 'unspecified') === value;
      (stands ? deciding : beaten).add(line);
    });
    for (const line of lines) {
      this.count(line, { deciding, beaten, last });
    }
    return { path, lines, decides: line => deciding.has(line) };
  }

  result(): RuleCatch[] {
    return [...this.counts].map(([line, { fits, decides, elsewhere, over }]) => ({
      line,
      fits,
      decides,
      elsewhere,
      overriddenBy: [...over].sort(([, one], [, other]) => other - one).map(([by, files]) => ({ line: by, files }))
    }));
  }

  private count(
    line: number,
    found: { deciding: ReadonlySet<number>; beaten: ReadonlySet<number>; last: ReadonlyMap<string, { line: number }> }
  ): void {
    const counts = this.counts.get(line);
    if (counts === undefined) {
      return;
    }
    counts.fits += 1;
    if (found.deciding.has(line)) {
      counts.decides += 1;
    } else if (found.beaten.has(line)) {
      counts.elsewhere += 1;
    }
    const others = new Set([...(this.settings.get(line)?.keys() ?? [])].map(attribute => found.last.get(attribute)?.line));
    for (const other of others) {
      if (other !== undefined && other !== line) {
        counts.over.set(other, (counts.over.get(other) ?? 0) + 1);
      }
    }
  }
}
