import { join } from 'node:path';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import PQueue from 'p-queue';
import type { Row, Totals } from '../../../protocol/dataset';
import { fail, type Failure, FailureError } from '../../../protocol/failure';
import { knownFailure } from '../../fileFailure';
import type { AbsolutePath } from '../../paths';
import { isRelated } from '../../nesting';
import type { Repositories } from '../repositories';
import type { Repository } from '../repository';
import { readSubdatasets } from '../subdatasets';
import { DirtyFlag } from './dirtyFlag';
import { FigureCounter } from './figureCounter';
import { emptyAmount, type Figures } from './figures';

/** Datasets whose figures are kept. */
const KEPT = 512;
/** Datasets counted at one time: a folder may hold thousands. */
const AT_ONCE = 2;
/** Of more subdatasets than these only those in view are told to have unsaved changes: each look costs several git processes. */
const LOOKED_INTO = 20;

/** What a row of a folder or dataset shows beside its facts. */
export type RowFigures = Pick<Row, 'here' | 'below' | 'bytes' | 'counting' | 'change'>;

interface IPlace {
  repository: Repository;
  counter: FigureCounter;
  dirty: DirtyFlag;
  /** Installed subdatasets directly in it, as last read by {@link FigureBoard.dirtySubdatasets}. */
  subdatasets: readonly string[];
  /** Why it could not be read last time: its row shows no figures rather than a count without end. */
  broken: Failure | null;
}

interface IBoardOptions {
  repositories: Repositories;
  /** Figures of a dataset changed; so did its row in the folder around it. */
  told(dataset: AbsolutePath): void;
  failed(dataset: AbsolutePath, error: unknown): void;
}

/** The figures of all datasets in view: answers at once with what is known, and counts behind. */
export class FigureBoard {
  private readonly places = new LRUCache<AbsolutePath, IPlace>({ max: KEPT });
  private readonly queue = new PQueue({ concurrency: AT_ONCE });

  constructor(private readonly options: IBoardOptions) {}

  /** Forgets all figures: the next question starts a new count. */
  clear(): void {
    this.places.clear();
  }

  /** Figures of the folders directly in `folder` of a dataset, by name; starts or renews the count. */
  folders(repository: Repository, folder: string): (name: string) => RowFigures {
    const { counter, broken } = this.place(repository);
    this.refresh(repository);
    const figures = counter.current;
    const dirty = this.dirtyKnown(repository);
    return name => {
      const path = folder === '' ? name : `${folder}/${name}`;
      const change = dirty.some(sub => sub.startsWith(`${path}/`)) ? { change: 'modified' as const } : {};
      if (figures?.covers(path) === true) {
        return { ...figures.of(path), ...change };
      }
      return broken === null ? { counting: true, ...change } : change;
    };
  }

  /** Figures of a dataset's own row; starts or renews the count and the look for unsaved changes. */
  async dataset(root: AbsolutePath): Promise<RowFigures> {
    const repository = await this.options.repositories.open(root);
    const { counter, dirty, broken } = this.place(repository);
    const { current } = counter;
    this.refresh(repository);
    this.refreshDirty(repository);
    if (broken !== null) {
      return {};
    }
    if (current === null || current.counting || dirty.current === null) {
      return { counting: true };
    }
    return { ...current.of(''), ...(dirty.current ? { change: 'modified' as const } : {}) };
  }

  /**
   * Paths of the subdatasets installed directly in a dataset that have unsaved changes, as far as that is known within `patience`
   * milliseconds; what takes longer is told. An answer younger than `age` milliseconds will do.
   */
  async dirtySubdatasets(repository: Repository, { patience, age }: { patience: number; age?: number }): Promise<string[]> {
    const rootOf = (path: string): AbsolutePath => join(repository.root, path) as AbsolutePath;
    const few = (paths: string[]): string[] =>
      paths.length <= LOOKED_INTO ? paths : paths.filter(path => this.places.has(rootOf(path)));
    const installed: IPlace[] = [];
    const paths: string[] = [];
    for (const path of await readSubdatasets(repository, few)) {
      if (await this.options.repositories.isRoot(rootOf(path))) {
        installed.push(this.place(await this.options.repositories.open(rootOf(path))));
        paths.push(path);
      }
    }
    this.place(repository).subdatasets = paths;
    const looks = installed.map(place => this.behind(place, () => place.dirty.refresh(age)));
    await Promise.race([Promise.all(looks), pause(patience, undefined, { ref: false })]);
    return this.dirtyKnown(repository);
  }

  /** Totals of a dataset so far; starts or renews the count. Fails where the last count failed, rather than count without end. */
  totals(repository: Repository): Totals {
    const { counter, broken } = this.place(repository);
    this.refresh(repository);
    if (broken !== null && counter.current === null) {
      throw new FailureError(broken);
    }
    return counter.current?.totals() ?? { here: emptyAmount(), notHere: emptyAmount(), counting: true };
  }

  /** The count of a dataset, finished. */
  async figures(repository: Repository): Promise<Figures> {
    const { counter } = this.place(repository);
    await counter.refresh(true);
    return counter.current ?? fail('cancelled', 'The count was given up.');
  }

  /** Resolves when count and unsaved changes of a dataset's row are known and right, or cannot be known. */
  async settleRow(root: AbsolutePath): Promise<void> {
    const place = this.place(await this.options.repositories.open(root));
    await this.behind(place, async () => {
      await place.counter.refresh(true);
      await place.dirty.refresh(0);
    });
  }

  /**
   * Looks for unsaved changes again with the next question, in a dataset and those around and below it; null: everywhere. Content
   * needs no word: whatever git-annex did moved a time stamp.
   */
  forget(dataset: AbsolutePath | null): void {
    for (const [root, { dirty }] of this.places.entries()) {
      if (dataset === null || isRelated(root, dataset)) {
        dirty.forget();
      }
    }
  }

  private place(repository: Repository): IPlace {
    const { root } = repository;
    const known = this.places.get(root);
    if (known?.repository === repository) {
      return known;
    }
    const told = (): void => this.options.told(root);
    const subdatasets = async (): Promise<Repository[]> => await this.installedBelow(repository);
    const place = {
      repository,
      broken: null,
      subdatasets: [],
      counter: new FigureCounter(repository, told),
      dirty: new DirtyFlag(repository, { told, subdatasets, isDirty: async (sub, age) => await this.isDirty(sub, age) })
    };
    this.places.set(root, place);
    return place;
  }

  private dirtyKnown(repository: Repository): string[] {
    const { subdatasets } = this.place(repository);
    return subdatasets.filter(path => this.places.get(join(repository.root, path) as AbsolutePath)?.dirty.current === true);
  }

  private refresh(repository: Repository): void {
    const place = this.place(repository);
    void this.behind(place, async () => {
      // Whoever asked has the answer first.
      await turn();
      await place.counter.refresh();
    });
  }

  private refreshDirty(repository: Repository): void {
    const place = this.place(repository);
    void this.behind(place, () => place.dirty.refresh());
  }

  /** Works off what rows show sooner or later; a dataset that cannot be read must not spoil the folder around it. */
  private async behind(place: IPlace, work: () => Promise<void>): Promise<void> {
    const { root } = place.repository;
    try {
      await this.queue.add(work);
      place.broken = null;
    } catch (error) {
      const told = place.broken !== null;
      place.broken = explain(error);
      if (!told) {
        this.options.failed(root, error);
        this.options.told(root);
      }
    }
  }

  private async isDirty(repository: Repository, age: number): Promise<boolean> {
    const { dirty } = this.place(repository);
    await dirty.refresh(age);
    return dirty.current === true;
  }

  private async installedBelow(repository: Repository): Promise<Repository[]> {
    const { repositories } = this.options;
    const { files } = await this.figures(repository);
    const found: Repository[] = [];
    for (const path of files.subdatasets) {
      const root = join(repository.root, path) as AbsolutePath;
      if (await repositories.isRoot(root)) {
        found.push(await repositories.open(root));
      }
    }
    return found;
  }
}

function explain(error: unknown): Failure {
  return (
    knownFailure(error) ?? { kind: 'unknown', message: 'The files of this dataset could not be counted.', detail: String(error) }
  );
}
