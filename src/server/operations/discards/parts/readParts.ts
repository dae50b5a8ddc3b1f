import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Hunk } from '../../../../protocol/compare';
import { fail, FailureError } from '../../../../protocol/failure';
import { keyOfLink, keyOfPointer } from '../../../annex/pointer';
import { decodePath, isUtf8 } from '../../../bytes';
import { sniff } from '../../../dataset/compare/bodyOf';
import { DIFF } from '../../../dataset/compare/hunks';
import { parseHunks } from '../../../dataset/compare/parseHunks';
import { readSource } from '../../../dataset/compare/source';
import { Repository } from '../../../dataset/repository';
import type { WorkTree } from '../../../dataset/workTree';
import { damaged } from '../../../git/damage';
import { isRegular } from '../../../git/entry';
import { readBlobs } from '../../../git/objects';
import { splitZero } from '../../../git/split';
import type { AbsolutePath } from '../../../paths';
import { type IDiscard, planDiscard } from '../plan';
import { explains, type ILinePart, lineEnds, linesOf, parseParts, withoutReturns, withReturns } from './lineParts';

/** More is not compared part by part. */
const MOST = 10_000_000;

/** A changed text with the parts in which it differs from the last save. */
export interface IParts {
  readonly discard: IDiscard;
  readonly before: readonly Buffer[];
  readonly after: readonly Buffer[];
  readonly parts: readonly ILinePart[];
  /** The same for people; the first of them, where there are very many. */
  readonly hunks: readonly Hunk[];
  /** Says whether the file is still the one that was looked at. */
  readonly fingerprint: string;
  /** The change is staged, as a whole. */
  readonly staged: boolean;
  /** A text of the working tree as Git stores it. */
  stored(text: Buffer): Buffer;
}

interface IOptions {
  readonly env: Record<string, string>;
  readonly signal: AbortSignal;
}

/**
 * Reads in which parts a file differs from the last save; `name` is relative to the dataset. Fails with `not-undoable`, and the reason,
 * where a change cannot be taken back in parts. Starts no filter of the dataset: texts are compared as they lie there.
 */
export async function readParts(workTree: WorkTree, name: string, { env, signal }: IOptions): Promise<IParts> {
  const discard = await planDiscard(workTree, [name], { env, signal });
  const [entry] = discard.entries;
  if (entry === undefined || entry.path !== name || discard.entries.length > 1) {
    return discard.refused.length > 0 || discard.entries.length > 0
      ? whole('This is no single file.')
      : fail('no-change', 'There is no change to discard.');
  }
  const { head, index, work } = entry;
  if (head === null || index === null || work === null || !isRegular(head.mode) || !isRegular(index.mode)) {
    return whole('The file is new or gone, or was replaced by something else.');
  }
  if (work.bytes > MOST) {
    return whole('The file is too large.');
  }
  const repository = await Repository.open(workTree.folder as AbsolutePath, env);
  await refuseFilters(repository, name);
  const read = (): Promise<Buffer> =>
    readSource(repository, { type: 'file', path: join(workTree.folder, name), bytes: work.bytes }, { most: MOST, signal });
  const [blobs, now] = await Promise.all([readBlobs(repository.git, [head.oid, index.oid], signal), read()]);
  const saved = blobs.get(head.oid) ?? lacks(head.oid);
  const inIndex = blobs.get(index.oid) ?? lacks(index.oid);
  if ([saved, inIndex, now].some(isAnnexed)) {
    return whole('The file is in the annex.');
  }
  if ([saved, now].some(text => sniff(name, text) === 'binary')) {
    return whole('The file is no text.');
  }
  const after = linesOf(now);
  const returns = lineEnds(after) === 'crlf' && !saved.includes('\r') && (await repository.contents.convertsLineEnds(name));
  const stored = returns ? withoutReturns : (text: Buffer): Buffer => text;
  const staged = index.oid !== head.oid;
  if (staged && !inIndex.equals(stored(now))) {
    return whole('A part of the change is staged, and another is not.');
  }
  const output = await diff(repository, { name, saved, returns, signal });
  const before = linesOf(returns ? withReturns(saved) : saved);
  const parts = parseParts(output);
  if (!now.equals(await read())) {
    return fail('changed-since', 'The file was changed while it was looked at.', { hint: 'Try again.' });
  }
  if (parts.length === 0 || !explains(parts, before, after)) {
    return whole('Only its permissions or the ends of its lines have changed, or Git converts them.');
  }
  const hash = createHash('sha256').update(`${head.oid} ${index.oid} ${index.mode}\0`).update(now);
  return {
    discard,
    before,
    after,
    parts,
    hunks: parseHunks(output).hunks,
    fingerprint: hash.digest('hex'),
    staged,
    stored
  };
}

/** What Git stores would have to go through a program to become the file. */
async function refuseFilters({ git }: Repository, name: string): Promise<void> {
  if (!isUtf8(name)) {
    fail('unsafe-name', 'The name of this file is no valid UTF-8, so git cannot be asked about it.');
  }
  const fields = splitZero(await git.read(['check-attr', '-z', 'filter', 'ident', 'working-tree-encoding', '--', name]));
  const values = fields.filter((_, at) => at % 3 === 2);
  // The filter of git-annex leaves alone what is kept in Git.
  if (values.some(value => !['unspecified', 'unset', 'annex'].includes(value))) {
    whole('Git converts the file when it is checked out.');
  }
}

async function diff(
  { git, root }: Repository,
  { name, saved, returns, signal }: { name: string; saved: Buffer; returns: boolean; signal: AbortSignal }
): Promise<Buffer> {
  const args = [...DIFF, ...(returns ? ['--ignore-cr-at-eol'] : []), '--no-index', '--', '-', join(root, name)];
  return await git.readWorkTree(args, { input: saved, accept: [0, 1], signal });
}

function isAnnexed(content: Buffer): boolean {
  return keyOfPointer(content) !== null || keyOfLink(decodePath(content.subarray(0, 4_096))) !== null;
}

function lacks(oid: string): never {
  throw new FailureError(damaged('objects', `missing blob object ${oid}`));
}

function whole(why: string): never {
  return fail('not-undoable', `${why} Its changes can only be discarded as a whole.`);
}
