import { KeyReader } from '../../annex/keys';
import { keysOfLinks } from '../../annex/linkKeys';
import { GITLINK, type IGitEntry, isRegular, parseIndex, SYMLINK } from '../../git/entry';
import type { IndexFile } from '../../git/index/indexFile';
import { Turns } from '../../turns';
import { HiddenStream } from '../hidden/hiddenStream';
import type { Repository } from '../repository';
import type { AnnexedFiles } from './annexedFiles';

/** Entries whose keys are looked up by one process; few at first, so that there is something to tell soon. */
const FIRST = 1_000;
const LOOKED_UP = 10_000;
/** So many processes look while what the one before found is counted: git is not to wait for us, nor we for it. */
const AHEAD = 2;

/**
 * Adds all annexed files of the index to an empty list, and what a branch that hides absent files leaves out of it; waits for its reader
 * whenever some thousand more are there. Of a path in conflict it takes our side.
 */
export async function* readAnnexedFiles(repository: Repository, files: AnnexedFiles): AsyncGenerator<void> {
  await repository.index.verify();
  const index = await repository.index.read();
  const entries = index === null ? await entriesByGit(repository) : entriesOf(index.entries);
  const hidden = await HiddenStream.open(repository);
  const turns = new Turns();
  for await (const chunk of inTurn(inChunks(entries), part => load(repository, part))) {
    for (const [at, entry] of chunk.entries.entries()) {
      hidden.before(entry.path).forEach(file => files.addHidden(file));
      addEntry(files, entry, chunk.keys[at]);
      if (turns.due()) {
        await turns.give();
      }
    }
    yield;
  }
  hidden.rest().forEach(file => files.addHidden(file));
  yield;
}

interface IChunk {
  entries: IGitEntry[];
  /** For each entry its key; null where it has none, undefined where its blob cannot be read. */
  keys: (string | null | undefined)[];
}

/** The results of some work in its order; of what comes next some is begun before it is asked for. */
async function* inTurn<T, R>(items: Iterable<T>, work: (item: T) => Promise<R>): AsyncGenerator<R> {
  const begun: Promise<R>[] = [];
  const turns = new Turns();
  let isFirst = true;
  for (const item of items) {
    const one = work(item);
    // Told when its turn comes.
    one.catch(() => undefined);
    begun.push(one);
    // The first one alone: somebody waits for it.
    if (begun.length > (isFirst ? 0 : AHEAD)) {
      yield await (begun.shift() as Promise<R>);
    }
    isFirst = false;
    if (turns.due()) {
      await turns.give();
    }
  }
  yield* begun;
}

async function load(repository: Repository, entries: IGitEntry[]): Promise<IChunk> {
  const { git } = repository;
  const links = entries.filter(({ mode }) => mode === SYMLINK);
  // Forgotten with the chunk: what all files stand for would be in memory twice.
  const others = new KeyReader(git);
  const [ofLinks] = await Promise.all([
    keysOfLinks(
      git,
      links.map(({ oid }) => oid)
    ),
    others.load(entries.filter(({ mode }) => mode !== SYMLINK))
  ]);
  let link = 0;
  const keys = entries.map(entry => {
    if (entry.mode === SYMLINK) {
      return ofLinks[link++];
    }
    return others.lacks(entry) ? undefined : others.of(entry);
  });
  return { entries, keys };
}

function addEntry(files: AnnexedFiles, { mode, path }: IGitEntry, key: string | null | undefined): void {
  if (mode === GITLINK) {
    files.subdatasets.push(path);
  } else if (key === undefined) {
    files.unread++;
  } else if (key !== null) {
    files.add(path, key, isRegular(mode));
  }
}

function* entriesOf(index: IndexFile): Generator<IGitEntry> {
  for (let at = 0; at < index.count; at++) {
    yield entryAt(index, at);
  }
}

/** One entry of the index as git would list it. */
export function entryAt(index: IndexFile, at: number): IGitEntry {
  return { mode: index.mode(at), oid: index.oid(at), path: index.path(at), stage: index.stage(at) };
}

async function entriesByGit(repository: Repository): Promise<IGitEntry[]> {
  return parseIndex(await repository.git.read(['ls-files', '-s', '-z']));
}

function* inChunks(entries: Iterable<IGitEntry>): Generator<IGitEntry[]> {
  let chunk: IGitEntry[] = [];
  let size = FIRST;
  for (const entry of entries) {
    if (entry.stage === 0 || entry.stage === 2) {
      chunk.push(entry);
    }
    if (chunk.length === size) {
      yield chunk;
      [chunk, size] = [[], LOOKED_UP];
    }
  }
  yield chunk;
}
