import { join } from 'node:path';
import type { CommitId } from '../../../protocol/revision';
import { GITLINK, TREE } from '../../git/entry';
import type { AbsolutePath } from '../../paths';
import type { Repository } from '../repository';
import type { IAsked, IHit, PatternExpander } from './expand';
import { literal, type Segment, segmentsOf } from './glob';
import { folderOf, placeIn } from './parseRecord';
import type { IRun, RunIndexes } from './runIndex';

/** A run with what it took and what it made, as its commits have them. */
export interface IMade {
  readonly repository: Repository;
  readonly run: IRun;
  readonly inputs: IHit[];
  readonly extra: IHit[];
  readonly outputs: IHit[];
  /** Inputs that fit nothing. */
  readonly missing: string[];
  /** It changed more files than are told. */
  more: boolean;
}

export interface IGraphRequest {
  /** The dataset, then installed subdatasets below it. */
  readonly repositories: readonly Repository[];
  readonly indexes: RunIndexes;
  readonly expander: PatternExpander;
  readonly signal: AbortSignal;
}

export interface IMadeOf {
  readonly made: IMade[];
  readonly count: number;
  readonly whole: boolean;
}

/** More runs are counted, the newest are told. */
const MOST_RUNS = 5_000;

/** The runs of a dataset and of those below it, with their inputs and outputs. */
export async function readMade(request: IGraphRequest): Promise<IMadeOf> {
  const { repositories, indexes, expander, signal } = request;
  const byDigest = new Map<string, IMade>();
  let made: IMade[] = [];
  let count = 0;
  for (const repository of repositories) {
    const index = indexes.of(repository);
    const { runs } = await index.runs(signal);
    const some = runs.slice(0, MOST_RUNS);
    const outputs = await index.outputsOf(
      some.map(({ commit }) => commit),
      signal
    );
    count += runs.length;
    for (const run of some) {
      const { files = [], cut = false } = outputs.get(run.commit) ?? {};
      const hits = files.map(file => ({ root: repository.root, ...file }));
      // A run saves what it made in subdatasets with the same message: that is one run, of the dataset around them.
      const outer = byDigest.get(run.digest);
      if (outer !== undefined && outer.repository !== repository) {
        outer.outputs.push(...hits);
        outer.more ||= cut;
        count--;
      } else {
        const one: IMade = { repository, run, inputs: [], extra: [], outputs: hits, missing: [], more: cut };
        byDigest.set(run.digest, one);
        made.push(one);
      }
    }
  }
  made.sort((one, other) => (other.run.time ?? 0) - (one.run.time ?? 0));
  made = made.slice(0, MOST_RUNS);
  withoutInstalled(made, repositories);
  const whole = await addInputs(made, expander, signal);
  return { made, count, whole: whole && made.length === count };
}

/** What was made in a subdataset that is here is told file by file. */
function withoutInstalled(made: readonly IMade[], repositories: readonly Repository[]): void {
  const roots = new Set<string>(repositories.map(({ root }) => root));
  for (const { outputs } of made) {
    const left = outputs.filter(({ root, path, mode }) => mode !== GITLINK || !roots.has(join(root, path)));
    outputs.splice(0, outputs.length, ...left);
  }
}

/** An input pattern of a run. */
interface IPattern {
  readonly made: IMade;
  readonly to: IHit[];
  readonly pattern: string;
  readonly asked: IAsked | null;
}

async function addInputs(made: readonly IMade[], expander: PatternExpander, signal: AbortSignal): Promise<boolean> {
  const patterns = made.flatMap(patternsOf);
  const asked = patterns.flatMap(pattern => pattern.asked ?? []);
  const { hits, whole } = await expander.expand(asked, signal);
  let at = 0;
  for (const { made: one, to, pattern, asked: wanted } of patterns) {
    const found = wanted === null ? [] : (hits[at++] ?? []);
    to.push(...found);
    if (found.length === 0) {
      one.missing.push(pattern);
    }
  }
  return (await addFromFolders(made, expander, signal)) && whole;
}

function patternsOf(made: IMade): IPattern[] {
  const { repository, run, inputs, extra } = made;
  const [commit] = run.parents;
  if (run.record.state !== 'read') {
    return [];
  }
  const { data } = run.record;
  const folder = folderOf(data);
  const one = (to: IHit[], pattern: string): IPattern => {
    const place = folder === null ? null : placeIn(folder, pattern);
    const asked =
      place === null || place === '' || commit === undefined ? null : { repository, commit, segments: segmentsOf(place) };
    return { made, to, pattern, asked };
  };
  return [...data.inputs.map(name => one(inputs, name)), ...data.extraInputs.map(name => one(extra, name))];
}

/** Of folders that were taken as a whole, the files that runs have made are inputs, too: so one run leads to the next. */
async function addFromFolders(made: readonly IMade[], expander: PatternExpander, signal: AbortSignal): Promise<boolean> {
  const products = new Set(made.flatMap(({ outputs }) => outputs.map(idOf)));
  const folders = new Map<string, IAsked & { readonly takers: Set<IMade> }>();
  for (const one of made) {
    const commit = one.run.parents[0] as CommitId;
    for (const hit of one.inputs.filter(({ mode, root }) => mode === TREE && root === one.repository.root)) {
      const segments: Segment[] = [...literal(hit.path), '**'];
      const folder = folders.get(idOf(hit)) ?? { repository: one.repository, commit, segments, takers: new Set<IMade>() };
      folder.takers.add(one);
      folders.set(idOf(hit), folder);
    }
  }
  const asked = [...folders.values()];
  const { hits, whole } = await expander.expand(asked, signal);
  asked.forEach(({ takers }, at) => {
    const known = (hits[at] ?? []).filter(hit => products.has(idOf(hit)));
    takers.forEach(taker => taker.inputs.push(...known));
  });
  return whole;
}

/** Names one version of one file. */
export function idOf({ root, path, oid }: IHit): string {
  return `${root}\0${path}\0${oid}`;
}

/** What the last save has at the places of files, by their absolute paths, seen from the outermost dataset. */
export async function readNow(
  hits: readonly IHit[],
  { top, tip, expander, signal }: { top: Repository; tip: CommitId; expander: PatternExpander; signal: AbortSignal }
): Promise<Map<AbsolutePath, IHit>> {
  const places = [...new Set(hits.map(({ root, path }) => join(root, path) as AbsolutePath))];
  const asked = places.map(place => ({
    repository: top,
    commit: tip,
    segments: literal(place.slice(top.root.length + 1))
  }));
  const { hits: found } = await expander.expand(asked, signal);
  return new Map(
    places.flatMap((place, at) => {
      const hit = found[at]?.[0];
      return hit === undefined ? [] : [[place, hit] as const];
    })
  );
}
