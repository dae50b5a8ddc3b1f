import { join } from 'node:path';
import type { CommitId } from '../../../protocol/revision';
import { GITLINK, TREE } from '../../git/entry';
import { TreeReader } from '../../git/treeReader';
import type { AbsolutePath } from '../../paths';
import type { Repository } from '../repository';
import { fits, type Segment } from './glob';

/** Something that a commit has, in the dataset or in a subdataset below it. */
export interface IHit {
  /** The dataset that has it. */
  readonly root: AbsolutePath;
  /** Relative to that dataset. */
  readonly path: string;
  readonly mode: string;
  readonly oid: string;
}

/** A pattern, relative to the top of a dataset, that is looked for in one of its commits. */
export interface IAsked {
  readonly repository: Repository;
  readonly commit: CommitId;
  readonly segments: readonly Segment[];
}

interface IState {
  readonly asked: number;
  readonly repository: Repository;
  readonly tree: string;
  /** Of the tree, relative to its dataset. */
  readonly folder: string;
  readonly segments: readonly Segment[];
  readonly at: number;
}

/** A subdataset where a way goes on. */
interface ICrossing {
  readonly state: Omit<IState, 'repository' | 'tree' | 'folder'>;
  readonly root: AbsolutePath;
  readonly commit: CommitId;
}

/** Folders that are looked into for one question; a pattern may be made to look into each of them many times. */
const MOST_STEPS = 500_000;
const MOST_HITS = 200_000;

/**
 * Expands the patterns of run records in the trees of commits, many at a time, level by level. A tree has no links to follow: a symbolic link
 * is one of its entries, and nothing below it is in the dataset.
 */
export class PatternExpander {
  private readonly trees = new WeakMap<Repository, TreeReader>();

  /** `open`: an installed subdataset at a place, or null. */
  constructor(private readonly open: (root: AbsolutePath) => Promise<Repository | null>) {}

  /** What fits each pattern, in the order of the questions; `whole` is false where there was more than is looked at. */
  async expand(asked: readonly IAsked[], signal: AbortSignal): Promise<{ hits: IHit[][]; whole: boolean }> {
    const hits = asked.map((): Map<string, IHit> => new Map());
    let states = await this.begin(asked, signal);
    const seen = new Set<string>();
    let [steps, found] = [0, 0];
    while (states.length > 0 && steps < MOST_STEPS && found < MOST_HITS) {
      const trees = await this.load(states, signal);
      const next: IState[] = [];
      const crossings: ICrossing[] = [];
      for (const state of states) {
        steps++;
        const items = trees.get(state.tree);
        const { at, segments, folder, repository } = state;
        const segment = segments[at];
        const go = (name: string, item: { mode: string; oid: string }, to: number): void => {
          const path = folder === '' ? name : `${folder}/${name}`;
          if (to >= segments.length) {
            hits[state.asked]?.set(`${repository.root}\0${path}`, { root: repository.root, path, ...item });
            found++;
          } else if (item.mode === TREE) {
            const id = `${state.asked} ${item.oid} ${to} ${path}`;
            if (!seen.has(id)) {
              seen.add(id);
              next.push({ ...state, tree: item.oid, folder: path, at: to });
            }
          } else if (item.mode === GITLINK) {
            const root = join(repository.root, path) as AbsolutePath;
            crossings.push({ state: { asked: state.asked, segments, at: to }, root, commit: item.oid as CommitId });
          }
        };
        if (items === undefined || segment === undefined) {
          continue;
        }
        if (segment === '**') {
          // No folder at all, and each folder below; at the end every file.
          const last = at + 1 === segments.length;
          next.push(...(last ? [] : [{ ...state, at: at + 1 }]));
          items.forEach((item, name) => !name.startsWith('.') && go(name, item, last && item.mode !== TREE ? at + 1 : at));
        } else if ('name' in segment) {
          const item = items.get(segment.name);
          if (item !== undefined) {
            go(segment.name, item, at + 1);
          }
        } else {
          items.forEach((item, name) => fits(segment.pattern, name) && go(name, item, at + 1));
        }
      }
      states = [...next, ...(await this.cross(crossings, signal))];
    }
    return { hits: hits.map(one => [...one.values()]), whole: states.length === 0 };
  }

  private async begin(asked: readonly IAsked[], signal: AbortSignal): Promise<IState[]> {
    const tops = new Map<Repository, Map<string, string>>();
    for (const repository of new Set(asked.map(one => one.repository))) {
      const commits = asked.filter(one => one.repository === repository).map(({ commit }) => commit);
      tops.set(repository, await this.reader(repository).topsOf(commits, signal));
    }
    return asked.flatMap(({ repository, commit, segments }, at) => {
      const tree = tops.get(repository)?.get(commit);
      return tree === undefined ? [] : [{ asked: at, repository, tree, folder: '', segments, at: 0 }];
    });
  }

  private async load(
    states: readonly IState[],
    signal: AbortSignal
  ): Promise<Map<string, ReadonlyMap<string, { mode: string; oid: string }>>> {
    const found = new Map<string, ReadonlyMap<string, { mode: string; oid: string }>>();
    for (const repository of new Set(states.map(one => one.repository))) {
      const oids = states.filter(one => one.repository === repository).map(({ tree }) => tree);
      (await this.reader(repository).trees(oids, signal)).forEach((items, oid) => found.set(oid, items));
    }
    return found;
  }

  private async cross(crossings: readonly ICrossing[], signal: AbortSignal): Promise<IState[]> {
    const states: IState[] = [];
    for (const { state, root, commit } of crossings) {
      const repository = await this.open(root);
      const tree = repository === null ? undefined : (await this.reader(repository).topsOf([commit], signal)).get(commit);
      if (repository !== null && tree !== undefined) {
        states.push({ ...state, repository, tree, folder: '' });
      }
    }
    return states;
  }

  private reader(repository: Repository): TreeReader {
    const reader = this.trees.get(repository) ?? new TreeReader(repository.git);
    this.trees.set(repository, reader);
    return reader;
  }
}
