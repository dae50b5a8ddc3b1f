import { collectGarbage } from '../../collectGarbage';
import { isRegular } from '../../git/entry';
import type { IReadIndex } from '../../git/index/currentIndex';
import { parseRawDiff } from '../../git/rawDiff';
import { mapLimited } from '../../mapLimited';
import { mayHideFiles } from '../hidden/hiddenEntries';
import type { Repository } from '../repository';
import { AnnexedFiles } from './annexedFiles';
import { Figures } from './figures';
import { applyDelta, compareIndexes } from './filesDelta';
import { KeyLook } from './keyLook';
import { readAnnexedFiles } from './readAnnexedFiles';
import { type IStamp, readStamp } from './stamp';
import { TouchedKeys } from './touchedKeys';

const AT_ONCE = 32;
/** Between two tellings while counting, in milliseconds. */
const PACE = 500;
/** After this long everything is looked at again, in case content was moved behind git-annex's back. */
const TRUST = 5 * 60_000;
/** How long a look at the work tree for edited files is good for. */
const EDITS_AGE = 2_000;

/** So many keys in the beginning are hardly all. */
const MANY = 900;

/** A count of more files leaves garbage that is worth a collection. */
const LARGE = 30_000;

/** Counts the annexed content of one dataset and keeps the count right with the least work. */
export class FigureCounter {
  private figures: Figures | null = null;
  private stamp: IStamp | null = null;
  /** That the files were read from; null when git listed them. */
  private index: IReadIndex | null = null;
  private checked = 0;
  private looked = 0;
  private running: Promise<void> | null = null;
  private readonly touched: TouchedKeys;

  /** `told` is called while counting, and when a figure changed. */
  constructor(
    private readonly repository: Repository,
    private readonly told: () => void
  ) {
    this.touched = new TouchedKeys(repository);
  }

  /** The count so far; null before the first look at the index. */
  get current(): Figures | null {
    return this.figures;
  }

  /** Brings the count up to date; `thorough`: also where only a look at the work tree can tell, however short ago that was. */
  async refresh(thorough = false): Promise<void> {
    if (thorough && this.running !== null) {
      // What began before may have looked already at what changed since; its failure is told to who began it.
      await this.running.catch(() => undefined);
    }
    this.running ??= this.update(thorough).finally(() => (this.running = null));
    await this.running;
  }

  private async update(thorough: boolean): Promise<void> {
    const stamp = await readStamp(this.repository.folder);
    const { figures } = this;
    const sameFiles = figures !== null && !figures.counting && stamp.files === this.stamp?.files;
    const fresh = Date.now() - this.checked < TRUST;
    const edits = sameFiles && hasAbsentUnlocked(figures) && (thorough || Date.now() - this.looked > EDITS_AGE);
    if (sameFiles && fresh && stamp.content === this.stamp?.content && !edits) {
      return;
    }
    // The stamp counts only once what it stands for was read to the end.
    this.stamp = null;
    if (!fresh || figures === null || figures.counting) {
      await this.countAll();
    } else {
      await this.recheck(figures, sameFiles);
    }
    this.stamp = stamp;
  }

  /** Everything anew; a count that is shown stays until the new one is complete. */
  private async countAll(): Promise<void> {
    const before = this.figures;
    await this.touched.start();
    this.index = await this.repository.index.read();
    const files = new AnnexedFiles();
    const figures = new Figures(files);
    if (before === null || before.counting) {
      this.figures = figures;
    }
    const look = new KeyLook(this.repository.store);
    const step = before === null ? paced(this.told) : () => undefined;
    const reading = readAnnexedFiles(this.repository, files);
    while ((await reading.next()).done !== true) {
      figures.grow();
      const { length } = files.keys;
      await look.at(
        figures,
        Array.from({ length: length - figures.looked }, (_, index) => figures.looked + index)
      );
      figures.looked = length;
      if (length >= MANY) {
        look.prepare();
      }
      step();
    }
    await this.finish(figures, before);
    this.checked = Date.now();
    if (files.paths.length > LARGE) {
      // What git printed is garbage by now, ten times what is kept of it.
      collectGarbage();
    }
  }

  /** The files in the index, which is another one: only what it differs in is read, where that can be told. */
  private async readFiles({ files: before }: Figures): Promise<AnnexedFiles> {
    const old = this.index;
    const index = await this.repository.index.read();
    this.index = index;
    const few = before.keys.length < 2 * before.paths.length + 1_000;
    if (old !== null && index !== null && few && !(await mayHideFiles(this.repository.folder))) {
      const delta = await compareIndexes(old.entries, index.entries);
      const after = delta === null ? null : await applyDelta(this.repository, before, delta);
      if (after !== null) {
        return after;
      }
    }
    const files = new AnnexedFiles();
    const reading = readAnnexedFiles(this.repository, files);
    while ((await reading.next()).done !== true) {
      // Nothing is looked at before all are known.
    }
    return files;
  }

  /** Keys that were known keep their answer, but for those that git-annex touched. */
  private async recheck(before: Figures, sameFiles: boolean): Promise<void> {
    try {
      const [files, touched] = await Promise.all([sameFiles ? before.files : this.readFiles(before), this.touched.next()]);
      const figures = new Figures(files);
      await new KeyLook(this.repository.store).at(figures, carryOver(before, figures, touched));
      await this.finish(figures, before);
    } catch (error) {
      // Which keys were touched is told once only: the next time all are looked at.
      this.checked = 0;
      throw error;
    }
  }

  private async finish(figures: Figures, before: Figures | null): Promise<void> {
    this.looked = Date.now();
    figures.edited = await readEdited(this.repository, figures);
    figures.looked = figures.files.keys.length;
    figures.counting = false;
    this.figures = figures;
    if (before === null || before.counting || differ(figures, before)) {
      this.told();
    }
  }
}

/** Absent unlocked files may be given content by any program, which moves no stamp. */
function hasAbsentUnlocked({ files, here }: Figures): boolean {
  return files.anyUnlocked && files.unlocked.some((unlocked, at) => unlocked && here[files.keyOf[at] ?? 0] !== 1);
}

/** Unlocked files whose content is not in the annex but which are no pointer any more. */
async function readEdited(repository: Repository, figures: Figures): Promise<Set<number>> {
  if (!hasAbsentUnlocked(figures)) {
    return new Set();
  }
  const output = await repository.git.readWorkTree(['diff-files', '--raw', '-z', '--no-renames', '--ignore-submodules=all']);
  const changed = parseRawDiff(output).filter(({ status, newMode }) => status === 'M' && isRegular(newMode));
  const paths = new Set(changed.map(({ path }) => path));
  const places = figures.files.paths.flatMap((path, at) => (paths.has(path) && figures.files.unlocked[at] ? [at] : []));
  const pointers = await mapLimited(places, AT_ONCE, at => repository.contents.isPointer(figures.files.paths[at] ?? ''));
  return new Set(places.filter((_, index) => pointers[index] === false));
}

/** Carries over what is known of the keys of an earlier count, and tells which are left to look at. */
function carryOver(before: Figures, figures: Figures, touched: ReadonlySet<string> | null): number[] {
  const { files } = figures;
  if (touched === null || !files.sharesKeys(before.files)) {
    return carryOverByKey(before, figures, touched);
  }
  figures.here.set(before.here.subarray(0, before.looked));
  const came = Array.from({ length: files.keys.length - before.looked }, (_, index) => before.looked + index);
  const old = [...touched].map(key => files.place(key) ?? Infinity).filter(place => place < before.looked);
  return [...old, ...came];
}

/** The same where keys have other places than before. */
function carryOverByKey(before: Figures, figures: Figures, touched: ReadonlySet<string> | null): number[] {
  const { keys } = figures.files;
  const left: number[] = [];
  keys.forEach((key, place) => {
    const old = before.files.place(key) ?? Infinity;
    if (old < before.looked && touched?.has(key) === false) {
      figures.here[place] = before.here[old] ?? 0;
    } else {
      left.push(place);
    }
  });
  return left;
}

function differ(one: Figures, other: Figures): boolean {
  return (
    one.files !== other.files ||
    Buffer.compare(one.here.subarray(0, one.looked), other.here.subarray(0, other.looked)) !== 0 ||
    [...one.edited].join() !== [...other.edited].join()
  );
}

/** Calls through at most once per {@link PACE}. */
function paced(told: () => void): () => void {
  let last = 0;
  return () => {
    if (Date.now() - last >= PACE) {
      last = Date.now();
      told();
    }
  };
}
