import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import type { CommitId } from '../../../protocol/revision';
import { isWithin } from '../../nesting';
import type { AbsolutePath } from '../../paths';
import { basisOf } from '../history/basis';
import type { Repository } from '../repository';
import { type IHit, PatternExpander } from './expand';
import { idOf, type IMade, readMade, readNow } from './runGraph';
import type { RunIndexes } from './runIndex';
import { type IStale, markStale } from './stale';

/** All runs of a dataset and of the subdatasets that are here, with what they took and made, as one state of their branches has it. */
export interface ISurvey {
  readonly top: Repository;
  /** Of the dataset itself. */
  readonly tip: CommitId;
  /** The dataset, then what is installed below it. */
  readonly repositories: readonly Repository[];
  /** Registered subdatasets that are not installed. */
  readonly absent: readonly AbsolutePath[];
  /** Newest first. */
  readonly made: readonly IMade[];
  /** Runs in all. */
  readonly count: number;
  /** There is no more than is told. */
  readonly whole: boolean;
  /** Each version of a file that a run took or made, by {@link idOf}. */
  readonly hits: ReadonlyMap<string, IHit>;
  /** What the last save has at their places. */
  readonly now: ReadonlyMap<AbsolutePath, IHit>;
  readonly stale: IStale;
}

interface ISurveyorOptions {
  readonly indexes: RunIndexes;
  /** The dataset that is installed just there, or null. */
  installed(root: AbsolutePath): Promise<Repository | null>;
}

interface IBelow {
  readonly repositories: Repository[];
  readonly tips: string[];
  readonly absent: AbsolutePath[];
}

/** Levels of subdatasets, and how many in all are looked into. */
const MOST_DATASETS = 100;
const KEPT = 4;

/** Surveys datasets, and keeps what was found until a branch moves or a subdataset comes or goes. */
export class Surveyor {
  private readonly expander: PatternExpander;
  private readonly kept = new LRUCache<Repository, { state: string; survey: ISurvey }>({ max: KEPT });
  private readonly registered = new LRUCache<string, AbsolutePath[]>({ max: 1_000 });

  constructor(private readonly options: ISurveyorOptions) {
    this.expander = new PatternExpander(root => options.installed(root));
  }

  /** Null before the first commit. */
  async survey(top: Repository, signal: AbortSignal): Promise<ISurvey | null> {
    const { commit: tip } = await basisOf(top);
    if (tip === null) {
      return null;
    }
    const { repositories, tips, absent } = await this.below(top, tip, signal);
    const state = JSON.stringify([repositories.map(({ root }) => root), tips, absent]);
    const known = this.kept.get(top);
    // One that was opened anew has another folder behind it.
    if (known?.state === state && known.survey.repositories.every((one, at) => one === repositories[at])) {
      return known.survey;
    }
    const { expander } = this;
    const { made, count, whole } = await readMade({ repositories, indexes: this.options.indexes, expander, signal });
    const hits = new Map<string, IHit>();
    made.forEach(one => [...one.inputs, ...one.extra, ...one.outputs].forEach(hit => hits.set(idOf(hit), hit)));
    const now = await readNow([...hits.values()], { top, tip, expander, signal });
    const stale = await markStale(made, now, { repositories, signal });
    const survey = { top, tip, repositories, absent, made, count, whole, hits, now, stale };
    // A record whose content is not here may come without a commit.
    if (made.every(({ run }) => run.record.state !== 'not-here')) {
      this.kept.set(top, { state, survey });
    }
    return survey;
  }

  /** What the last save has at one place; undefined where it has nothing. */
  async nowAt({ top, tip, now }: ISurvey, place: AbsolutePath, signal: AbortSignal): Promise<IHit | undefined> {
    const hit: IHit = { root: top.root, path: place.slice(top.root.length + 1), mode: '', oid: '' };
    return now.get(place) ?? (await readNow([hit], { top, tip, expander: this.expander, signal })).get(place);
  }

  /** A dataset and the subdatasets below it, as a commit registers them. */
  private async below(top: Repository, tip: CommitId, signal: AbortSignal): Promise<IBelow> {
    const [repositories, tips, absent] = [[top], [tip as string], [] as AbsolutePath[]];
    for (let at = 0; at < repositories.length && repositories.length < MOST_DATASETS; at++) {
      const [repository, commit] = [repositories[at] as Repository, tips[at] as CommitId | ''];
      for (const place of commit === '' ? [] : await this.registeredIn(repository, commit, signal)) {
        const sub = await this.options.installed(place);
        if (sub === null) {
          absent.push(place);
        } else {
          repositories.push(sub);
          tips.push((await basisOf(sub)).commit ?? '');
        }
      }
    }
    return { repositories, tips, absent };
  }

  private async registeredIn(repository: Repository, commit: CommitId, signal: AbortSignal): Promise<AbsolutePath[]> {
    const id = `${repository.root}\0${commit}`;
    const found = this.registered.get(id) ?? (await registered(repository, commit, signal));
    this.registered.set(id, found);
    return found;
  }
}

/** Where a commit registers subdatasets. */
async function registered({ git, root }: Repository, commit: CommitId, signal: AbortSignal): Promise<AbsolutePath[]> {
  const args = ['config', '-z', '--blob', `${commit}:.gitmodules`, '--get-regexp', '^submodule\\..*\\.path$'];
  const output = await git.readOr([1, 128], args, { signal, noIndex: true });
  return (output?.toString('utf8') ?? '').split('\0').flatMap(entry => {
    const path = entry.slice(entry.indexOf('\n') + 1);
    const place = join(root, path) as AbsolutePath;
    return path !== '' && place !== root && isWithin(place, root) ? [place] : [];
  });
}
