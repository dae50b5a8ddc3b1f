import { fail } from '../../protocol/failure';
import { FailureError } from '../../protocol/failure';
import type { GitReader } from './reader';

/** Objects asked for in one process: bounds its output and lets other reads in between. */
const CHUNK = 20_000;

/** So few blobs are looked for where those lie that were made a moment ago, before git is started for them. */
const FEW = 8;

/** Blobs that are loose, where there are few; the others are left to git. */
async function readLoose(git: GitReader, oids: readonly string[]): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  if (oids.length <= FEW) {
    for (const oid of oids) {
      const object = await git.loose.read(oid);
      if (object?.type === 'blob') {
        found.set(oid, object.content);
      }
    }
  }
  return found;
}

/**
 * Those of some blobs that are in the repository itself. In a partial clone `cat-file` would fetch the others from the remote, and where
 * it may not, as here, gives up altogether: it is asked for these only. Elsewhere all of them, since git then says what is missing.
 */
async function withoutPromised(git: GitReader, oids: readonly string[], signal?: AbortSignal): Promise<readonly string[]> {
  if (oids.length === 0 || !(await git.isPartial())) {
    return oids;
  }
  const args = ['rev-list', '--no-walk=unsorted', '--objects', '--ignore-missing', '--missing=allow-any', '--stdin'];
  const output = await git.read(args, { input: lines(oids), signal });
  const here = new Set(
    output
      .toString('latin1')
      .split('\n')
      .map(line => line.split(' ', 1)[0])
  );
  return oids.filter(oid => here.has(oid));
}

/** Sizes of objects in bytes; those git does not have are missing from the answer. */
export async function objectSizes(git: GitReader, oids: readonly string[], signal?: AbortSignal): Promise<Map<string, number>> {
  const loose = await readLoose(git, oids);
  const sizes = new Map([...loose].map(([oid, { length }]) => [oid, length]));
  for (const chunk of chunks(oids.filter(oid => !loose.has(oid)))) {
    const asked = await withoutPromised(git, chunk, signal);
    const output = await git.read(['cat-file', '--batch-check', '--buffer'], { input: lines(asked), signal });
    parseSizes(output).forEach((size, oid) => sizes.set(oid, size));
  }
  return sizes;
}

const SIZED = /^([0-9a-f]{40,64}) ([a-z]+) (\d+)$/;

/** Sizes of the blobs in what `git cat-file --batch-check` printed: `<oid> <type> <size>`, or `<what was asked for> missing`. */
export function parseSizes(output: Buffer): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const line of output.toString('latin1').split('\n')) {
    const [, oid, type, size] = SIZED.exec(line) ?? [];
    if (oid !== undefined && type === 'blob') {
      sizes.set(oid, Number(size));
    }
  }
  return sizes;
}

/** The ids in the same, one for each line: null where git does not have what was asked for. */
export function parseIds(output: Buffer): (string | null)[] {
  const lines = output.toString('latin1').split('\n').slice(0, -1);
  return lines.map(line => SIZED.exec(line)?.[1] ?? null);
}

/**
 * Ids of objects by names such as `branch:path`, in their order; null for those git does not have, and for names with a line break:
 * git would take such a one for two, and every answer behind it for that of another. Not for partial clones: see {@link withoutPromised}.
 */
export async function objectIds(git: GitReader, names: readonly string[], signal?: AbortSignal): Promise<(string | null)[]> {
  const asked = names.filter(name => !name.includes('\n'));
  const found = new Map<string, string | null>();
  for (const chunk of chunks(asked)) {
    const output = await git.read(['cat-file', '--batch-check', '--buffer'], { input: lines(chunk), signal });
    const ids = parseIds(output);
    chunk.forEach((name, at) => found.set(name, ids[at] ?? null));
  }
  return names.map(name => found.get(name) ?? null);
}

/** Contents of small blobs, whole in memory; those git does not have are missing from the answer. */
export async function readBlobs(git: GitReader, oids: readonly string[], signal?: AbortSignal): Promise<Map<string, Buffer>> {
  const blobs = await readLoose(git, oids);
  for (const chunk of chunks(oids.filter(oid => !blobs.has(oid)))) {
    const asked = await withoutPromised(git, chunk, signal);
    const output = await git.read(['cat-file', '--batch', '--buffer'], { input: lines(asked), signal });
    for (const [oid, blob] of parseBatch(output)) {
      blobs.set(oid, blob);
    }
  }
  return blobs;
}

const OBJECT = /^([0-9a-f]+) [a-z]+ (\d+)$/;
/** What git says in place of an object; what was asked for stands before it. */
const NO_OBJECT = / (?:missing|ambiguous|submodule|excluded)$/s;

/** Processes spent on finding which of many blobs are damaged; what is not found by then counts as damaged. */
const SEARCHES = 64;

/**
 * Like {@link readBlobs}, but damaged blobs are missing from the answer, too: git gives up at the first one, so the others are read in
 * ever smaller parts.
 */
export async function readSoundBlobs(
  git: GitReader,
  oids: readonly string[],
  signal?: AbortSignal
): Promise<Map<string, Buffer>> {
  const blobs = new Map<string, Buffer>();
  const parts = [oids];
  for (let spent = 0; spent < SEARCHES; spent++) {
    const part = parts.shift();
    if (part === undefined) {
      break;
    }
    try {
      (await readBlobs(git, part, signal)).forEach((blob, oid) => blobs.set(oid, blob));
    } catch (error) {
      if (!(error instanceof FailureError) || error.failure.kind !== 'damaged-repository') {
        throw error;
      }
      const middle = Math.ceil(part.length / 2);
      parts.push(...(part.length > 1 ? [part.slice(0, middle), part.slice(middle)] : []));
    }
  }
  return blobs;
}

/** Reads `git cat-file --batch`: `<oid> <type> <size>\n<content>\n`, or `<oid> missing\n`; fails where it is cut off. */
export function* parseBatch(output: Buffer): Generator<[oid: string, content: Buffer]> {
  for (let at = 0; at < output.length;) {
    const end = output.indexOf(0x0a, at);
    const head = output.toString('latin1', at, end < 0 ? output.length : end);
    const [, oid, size] = OBJECT.exec(head) ?? [];
    at += head.length + 1;
    if (oid !== undefined) {
      const stop = at + Number(size);
      if (stop >= output.length) {
        fail('unknown', 'git did not print an object to its end.', { detail: head });
      }
      yield [oid, output.subarray(at, stop)];
      at = stop + 1;
    } else if (!NO_OBJECT.test(head)) {
      fail('unknown', 'git printed objects in an unknown way.', { detail: head });
    }
  }
}

function* chunks(items: readonly string[]): Generator<readonly string[]> {
  for (let at = 0; at < items.length; at += CHUNK) {
    yield items.slice(at, at + CHUNK);
  }
}

function lines(oids: readonly string[]): string {
  return oids.map(oid => `${oid}\n`).join('');
}
