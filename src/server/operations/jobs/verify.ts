import type { Stats } from 'node:fs';
import { lstat, stat } from 'node:fs/promises';
import type { ParsedJobInput } from '../../../protocol/contract';
import { fail, type Failure } from '../../../protocol/failure';
import { checksumOf } from '../../annex/checksum';
import { keyOfPointer, POINTER_MAX } from '../../annex/pointer';
import { fsPath } from '../../bytes';
import { judge } from '../../datalad/execute';
import { isEdited } from '../../dataset/compare/locate';
import { Repository } from '../../dataset/repository';
import { isRegular } from '../../git/entry';
import type { ITask } from '../../handlers';
import { hashFile } from '../../hashFile';
import type { AbsolutePath } from '../../paths';
import { readRegular } from '../../regularFile';
import { type IJobContext, resolvePaths } from './context';
import { VerifyMeter } from './verifyMeter';
import { Ledger } from './withoutDatalad/ledger';
import { annexedFiles, type IAnnexedFile, readParts } from './withoutDatalad/part';

const NOTHING: Failure = { kind: 'not-annexed', message: 'There was nothing to verify: these files are not annexed.' };

/** A file with the places that hold its content: the annex, and the folder where an unlocked file is a copy of its own. */
interface IVerified extends IAnnexedFile {
  places: { path: string; bytes: number }[];
}

/**
 * Computes the checksums of annexed files that are here, and compares them with their keys. It reads, and nothing else: `git annex fsck`
 * would move content that differs to `.git/annex/bad`, which nobody asked for, and which takes away what may be the last copy.
 */
export async function verify({ boundary, env }: IJobContext, input: ParsedJobInput<'verify'>, task: ITask): Promise<void> {
  const { signal } = task;
  const ledger = new Ledger(boundary, task);
  const paths = resolvePaths(boundary, input.paths, boundary.resolve(input.dataset));
  const files: IVerified[] = [];
  for (const part of await readParts(paths, { env, signal })) {
    const repository = await Repository.open(part.workTree.folder as AbsolutePath, env);
    for (const file of await annexedFiles(part, signal)) {
      files.push({ ...file, places: await placesOf(repository, file, signal) });
    }
  }
  const meter = new VerifyMeter(files.length, sum(files.flatMap(({ places }) => places.map(({ bytes }) => bytes))), {
    toContents: path => (boundary.contains(path) ? boundary.toContents(path) : path),
    tell: progress => task.progress(progress)
  });
  for (const file of files) {
    const entry = { action: 'verify', path: file.path, type: 'file', key: file.key } as const;
    const failure = input.key !== undefined && input.key !== file.key ? CHANGED : await differs(file, { meter, signal });
    if (failure === null) {
      ledger.done(entry, 'ok', 'matches');
    } else {
      ledger.refused(entry, failure);
    }
  }
  judge(ledger.outcome(), NOTHING);
}

const CHANGED: Failure = { kind: 'changed-since', message: 'The file has another key by now.' };
const NOT_HERE: Failure = { kind: 'not-here', message: 'The content is not here.', hint: 'Get it first.' };
const NO_CHECKSUM: Failure = {
  kind: 'no-checksum',
  message: 'There is no checksum to compare with that can be computed here.',
  hint: 'Its key was made by another backend.'
};
const DIFFERS: Failure = {
  kind: 'damaged-content',
  message: 'The content differs from the checksum in its key.',
  hint: 'Nothing was moved or deleted. Another place may have a sound copy.',
  parameters: { verified: 1 }
};

/** Where the content of a file lies; an unlocked file that was edited is meant to differ. */
async function placesOf(
  repository: Repository,
  { key, entry, path }: IAnnexedFile,
  signal: AbortSignal
): Promise<IVerified['places']> {
  const found = await repository.store.look(key);
  const stored = found === null ? [] : [{ path: found.path, bytes: found.size }];
  const stats = isRegular(entry.mode) ? await lstat(fsPath(path)).catch(() => null) : null;
  if (stats?.isFile() !== true || (await isPointer(path, stats)) || (await isSame(found?.path, stats))) {
    return stored;
  }
  return (await isEdited(repository, entry.path, signal)) ? stored : [...stored, { path, bytes: stats.size }];
}

async function isPointer(path: string, { size }: Stats): Promise<boolean> {
  const text = size <= POINTER_MAX ? await readRegular(path, POINTER_MAX) : null;
  return text !== null && keyOfPointer(text) !== null;
}

/** With `annex.thin` both are one file. */
async function isSame(path: string | undefined, { ino, dev }: Stats): Promise<boolean> {
  const other = path === undefined ? null : await stat(fsPath(path)).catch(() => null);
  return other?.ino === ino && other.dev === dev;
}

/** Why a file is not what its key says; null where all of its places are. */
async function differs(
  { key, path, places }: IVerified,
  { meter, signal }: { meter: VerifyMeter; signal: AbortSignal }
): Promise<Failure | null> {
  const checksum = checksumOf(key);
  if (places.length === 0) {
    return NOT_HERE;
  }
  if (!checksum?.hash) {
    return NO_CHECKSUM;
  }
  meter.begin(path, sum(places.map(({ bytes }) => bytes)));
  for (const place of places) {
    const value = await hashFile(place.path, checksum.hash, { signal, onBytes: bytes => meter.read(bytes) }).catch(
      (error: unknown) => (signal.aborted ? fail('cancelled', 'This was cancelled.') : Promise.reject(error as Error))
    );
    if (value !== checksum.value) {
      return DIFFERS;
    }
  }
  meter.end();
  return null;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
