import { join } from 'node:path';
import type { CallOutput, ParsedCallInput } from '../../../protocol/contract';
import { fail } from '../../../protocol/failure';
import type { ContentsPath } from '../../../protocol/paths';
import type { GraphFile, GraphRun, Provenance } from '../../../protocol/provenance';
import type { CommitId } from '../../../protocol/revision';
import { TREE } from '../../git/entry';
import { isWithin } from '../../nesting';
import type { AbsolutePath, PathBoundary } from '../../paths';
import { basisOf } from '../history/basis';
import type { Repositories } from '../repositories';
import type { Repository } from '../repository';
import { type IHit, PatternExpander } from './expand';
import { idOf, type IMade, readMade, readNow } from './runGraph';
import { commandOf } from './runFacts';
import { RunIndexes } from './runIndex';
import { markStale } from './stale';
import type { IPython } from './unpack';

const LONGEST_COMMAND = 300;
const MANY_MISSING = 20;
/** Levels of subdatasets, and how many in all are looked into. */
const MOST_DATASETS = 100;

/** Tells what was made of what. */
export class ProvenanceReader {
  /** For whoever works with runs: one index for each dataset. */
  readonly indexes: RunIndexes;
  private readonly expander: PatternExpander;

  constructor(
    private readonly boundary: PathBoundary,
    private readonly repositories: Repositories,
    python: IPython
  ) {
    this.indexes = new RunIndexes(python);
    this.expander = new PatternExpander(root => this.installed(root));
  }

  provenance = async (
    { dataset, path }: ParsedCallInput<'provenance'>,
    signal: AbortSignal
  ): Promise<CallOutput<'provenance'>> => {
    const root = await this.repositories.rootOf(this.boundary.resolve(dataset));
    const top = root === null ? fail('not-a-dataset', 'There is no dataset here.') : await this.repositories.open(root);
    const { commit: tip } = await basisOf(top);
    if (tip === null) {
      return { files: [], runs: [], focus: null, count: 0, absent: [] };
    }
    const { repositories, absent } = await this.below(top, tip, signal);
    const { indexes, expander } = this;
    const { made, count, whole } = await readMade({ repositories, indexes, expander, signal });
    const wanted = path === undefined ? null : this.placeOf(top, path);
    const hits = new Map<string, IHit>();
    made.forEach(one => [...one.inputs, ...one.extra, ...one.outputs].forEach(hit => hits.set(idOf(hit), hit)));
    const asked = wanted === null ? [] : [{ root: top.root, path: wanted.slice(top.root.length + 1), mode: '', oid: '' }];
    const now = await readNow([...hits.values(), ...asked], { top, tip, expander, signal });
    const focused = wanted === null ? undefined : now.get(wanted);
    if (focused !== undefined) {
      hits.set(idOf(focused), focused);
    }
    const stale = await markStale(made, now, { repositories, signal });
    const graph = this.tell(made, { hits, now, stale, focused });
    const answer = {
      ...graph,
      count,
      absent: absent.map(place => this.boundary.toContents(place)),
      ...(whole ? {} : { cut: true as const })
    };
    return path === undefined ? answer : upstreamOf(answer);
  };

  private tell(
    made: readonly IMade[],
    {
      hits,
      now,
      stale,
      focused
    }: {
      hits: Map<string, IHit>;
      now: Map<AbsolutePath, IHit>;
      stale: ReturnType<typeof markStale> extends Promise<infer S> ? S : never;
      focused: IHit | undefined;
    }
  ): Pick<Provenance, 'files' | 'runs' | 'focus'> {
    const ids = [...hits.keys()];
    const places = new Map(ids.map((id, at) => [id, at]));
    const versions = new Map<string, number>();
    hits.forEach(hit => versions.set(placeOf(hit), (versions.get(placeOf(hit)) ?? 0) + 1));
    const files = ids.map((id): GraphFile => {
      const hit = hits.get(id) as IHit;
      const present = now.get(placeOf(hit));
      return {
        path: this.boundary.toContents(placeOf(hit)),
        state: present === undefined ? 'gone' : stale.same(present, hit) ? 'current' : 'earlier',
        ...((versions.get(placeOf(hit)) ?? 0) > 1 ? { version: hit.oid.slice(0, 7) } : {}),
        ...(hit.mode === TREE ? { folder: true as const } : {})
      };
    });
    const at = (list: readonly IHit[]): number[] => [...new Set(list.map(hit => places.get(idOf(hit)) ?? 0))];
    const runs = made.map((one): GraphRun => {
      const { run, repository, inputs, extra, outputs, missing, more } = one;
      const { record } = run;
      const kind = stale.kind(one);
      return {
        dataset: this.boundary.toContents(repository.root),
        commit: run.commit,
        title: run.title,
        author: run.author,
        time: run.time,
        ...(record.state === 'read' ? { command: commandOf(record.data.cmd).slice(0, LONGEST_COMMAND) } : {}),
        ...(record.state === 'read' && record.data.exit !== undefined ? { exit: record.data.exit } : {}),
        inputs: at(inputs),
        extra: at(extra),
        outputs: at(outputs),
        missing: missing.slice(0, MANY_MISSING).map(name => name.slice(0, LONGEST_COMMAND)),
        ...(kind === undefined ? {} : { stale: kind }),
        changed: at(stale.changed(one)),
        ...(more ? { more: true as const } : {})
      };
    });
    const file = focused === undefined ? undefined : places.get(idOf(focused));
    const run = file === undefined ? -1 : runs.findIndex(({ outputs }) => outputs.includes(file));
    return { files, runs, focus: file === undefined ? null : { file, run: run < 0 ? null : run } };
  }

  /** A dataset and the subdatasets below it, as a commit registers them. */
  private async below(
    top: Repository,
    tip: CommitId,
    signal: AbortSignal
  ): Promise<{ repositories: Repository[]; absent: AbsolutePath[] }> {
    const repositories: Repository[] = [top];
    const absent: AbsolutePath[] = [];
    for (let at = 0; at < repositories.length && repositories.length < MOST_DATASETS; at++) {
      const repository = repositories[at] as Repository;
      const { commit } = at === 0 ? { commit: tip } : await basisOf(repository);
      for (const place of commit === null ? [] : await registered(repository, commit, signal)) {
        const sub = await this.installed(place);
        if (sub === null) {
          absent.push(place);
        } else {
          repositories.push(sub);
        }
      }
    }
    return { repositories, absent };
  }

  /** The dataset that is installed just there. */
  private async installed(root: AbsolutePath): Promise<Repository | null> {
    return this.boundary.contains(root) && (await this.repositories.isRoot(root)) ? await this.repositories.open(root) : null;
  }

  private placeOf(top: Repository, path: ContentsPath): AbsolutePath {
    const place = this.boundary.resolve(path);
    return isWithin(place, top.root) && place !== top.root
      ? place
      : fail('outside-root', `${path} is not in this dataset.`, { parameters: { path } });
  }
}

function placeOf({ root, path }: IHit): AbsolutePath {
  return join(root, path) as AbsolutePath;
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

/** The part of a graph that led to the file that was asked about. */
export function upstreamOf(graph: Provenance): Provenance {
  const { focus } = graph;
  const makers = new Map<number, number[]>();
  graph.runs.forEach(({ outputs }, run) => outputs.forEach(file => makers.set(file, [...(makers.get(file) ?? []), run])));
  const [files, runs] = [new Set<number>(), new Set<number>()];
  for (let due = focus === null ? [] : [focus.file]; due.length > 0;) {
    const next: number[] = [];
    for (const file of due.filter(one => !files.has(one))) {
      files.add(file);
      for (const run of (makers.get(file) ?? []).filter(one => !runs.has(one))) {
        runs.add(run);
        const { inputs = [], extra = [] } = graph.runs[run] ?? {};
        next.push(...inputs, ...extra);
      }
    }
    due = next;
  }
  const [oldFiles, oldRuns] = [[...files], [...runs].sort((one, other) => one - other)];
  const place = new Map(oldFiles.map((file, at) => [file, at]));
  const known = (list: readonly number[]): number[] => list.flatMap(file => place.get(file) ?? []);
  return {
    ...graph,
    files: oldFiles.flatMap(file => graph.files[file] ?? []),
    runs: oldRuns.flatMap(run => {
      const one = graph.runs[run];
      return one === undefined
        ? []
        : [
            {
              ...one,
              inputs: known(one.inputs),
              extra: known(one.extra),
              changed: known(one.changed),
              outputs: known(one.outputs)
            }
          ];
    }),
    focus: focus && { file: place.get(focus.file) ?? 0, run: focus.run === null ? null : oldRuns.indexOf(focus.run) }
  };
}
