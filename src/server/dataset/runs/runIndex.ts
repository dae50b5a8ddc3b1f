import { LRUCache } from 'lru-cache';
import { FailureError } from '../../../protocol/failure';
import type { CommitId } from '../../../protocol/revision';
import { basisOf } from '../history/basis';
import type { Repository } from '../repository';
import { readOutputs, type IOutputs } from './outputs';
import { type ILoggedRun, readRunLog } from './runLog';
import { readSidecars, type Sidecar } from './sidecars';
import type { IPython } from './unpack';

/** A run, with its record wherever that lies. */
export interface IRun extends Omit<ILoggedRun, 'record'> {
  readonly record: Exclude<ILoggedRun['record'], { state: 'sidecar' }> | Sidecar;
}

/** The runs in the history of what is checked out. */
export interface IRuns {
  /** Null before the first commit. */
  readonly tip: CommitId | null;
  /** Newest first, children before their parents. */
  readonly runs: readonly IRun[];
}

/** Records in files of their own that are read at one time. */
const SIDECARS = 256;
/** Lists of changed files that are kept; each is read again where it was not. */
const KEPT_OUTPUTS = 20_000;

/**
 * Knows the runs of one dataset: the whole history is read once, afterwards only what came or went with a new commit, a switch or a rewritten
 * history. Kept in memory; commits never change.
 */
export class RunIndex {
  private tip: CommitId | null = null;
  private logged: readonly ILoggedRun[] = [];
  private readonly sidecars = new Map<CommitId, Sidecar>();
  private readonly outputs = new LRUCache<CommitId, IOutputs>({ max: KEPT_OUTPUTS });
  private updating: Promise<void> | undefined;

  constructor(
    private readonly repository: Repository,
    private readonly python: IPython
  ) {}

  /** All runs, up to date; `signal` ends the wait, not the reading, which others may wait for, too. */
  async runs(signal: AbortSignal): Promise<IRuns> {
    const updating = (this.updating ??= this.update().finally(() => (this.updating = undefined)));
    await updating;
    signal.throwIfAborted();
    await this.readSidecars(signal);
    const runs = this.logged.map((run): IRun => {
      const { record } = run;
      return record.state === 'sidecar'
        ? { ...run, record: this.sidecars.get(run.commit) ?? { state: 'lost', path: record.name } }
        : { ...run, record };
    });
    return { tip: this.tip, runs };
  }

  /** The files that runs changed against where they began. */
  async outputsOf(commits: readonly CommitId[], signal: AbortSignal): Promise<Map<CommitId, IOutputs>> {
    const unknown = commits.filter(commit => !this.outputs.has(commit));
    const read = await readOutputs(this.repository.git, unknown, signal);
    read.forEach((outputs, commit) => this.outputs.set(commit, outputs));
    return new Map(
      commits.flatMap(commit => {
        const found = read.get(commit) ?? this.outputs.get(commit);
        return found === undefined ? [] : [[commit, found] as const];
      })
    );
  }

  private async update(): Promise<void> {
    const { commit } = await basisOf(this.repository);
    if (commit === this.tip) {
      return;
    }
    if (commit === null) {
      this.logged = [];
    } else {
      const { came, gone } = await this.delta(commit);
      const left = new Set(gone);
      this.logged = [...came, ...(left.size === 0 ? this.logged : this.logged.filter(run => !left.has(run.commit)))];
    }
    this.tip = commit;
  }

  private async delta(to: CommitId): ReturnType<typeof readRunLog> {
    try {
      return await readRunLog(this.repository, { from: this.tip, to });
    } catch (error) {
      if (this.tip === null || !(error instanceof FailureError)) {
        throw error;
      }
      // What was known may have been thrown away by git since.
      [this.tip, this.logged] = [null, []];
      return await readRunLog(this.repository, { from: null, to });
    }
  }

  /** Also those again whose content was not here. */
  private async readSidecars(signal: AbortSignal): Promise<void> {
    const asked = this.logged.flatMap(({ commit, record }) => {
      const known = this.sidecars.get(commit);
      return record.state === 'sidecar' && (known === undefined || known.state === 'not-here')
        ? [{ commit, name: record.name }]
        : [];
    });
    for (let at = 0; at < asked.length; at += SIDECARS) {
      const some = asked.slice(at, at + SIDECARS);
      const read = await readSidecars(this.repository, some, { ...this.python, signal });
      some.forEach(({ commit }, place) => {
        const found = read[place];
        if (found !== undefined) {
          this.sidecars.set(commit, found);
        }
      });
    }
  }
}

/** Keeps the indexes of the datasets that were asked about last. */
export class RunIndexes {
  private readonly kept = new LRUCache<Repository, RunIndex>({ max: 16 });

  constructor(private readonly python: IPython) {}

  of(repository: Repository): RunIndex {
    const index = this.kept.get(repository) ?? new RunIndex(repository, this.python);
    this.kept.set(repository, index);
    return index;
  }
}
