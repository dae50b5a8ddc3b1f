import { join } from 'node:path';
import type { CallOutput, ParsedCallInput } from '../../../protocol/contract';
import { displayName } from '../../bytes';
import { WorkTree } from '../../dataset/workTree';
import { isWithin } from '../../nesting';
import type { AbsolutePath, PathBoundary } from '../../paths';
import type { Manifest } from '../discards/manifest';
import { readParts } from '../discards/parts/readParts';
import { planDiscard } from '../discards/plan';
import { keptUntil, Shelf } from '../discards/shelf';
import { datasetHolding, groupByDataset } from '../jobs/datasetAround';
import { FailedRuns } from '../runs/failedRuns';

/** Files listed in a plan. */
const LISTED = 1_000;
/** Names told of a discard that is kept. */
const NAMED = 10;

export interface ICallOptions {
  readonly boundary: PathBoundary;
  readonly env: Record<string, string>;
  readonly signal: AbortSignal;
}

/** What a discard would take back, by dataset. */
export async function readDiscardPlan(
  { dataset, paths, run }: ParsedCallInput<'planDiscard'>,
  { boundary, env, signal }: ICallOptions
): Promise<CallOutput<'planDiscard'>> {
  const root = boundary.resolve(dataset);
  const saved = run === undefined ? null : (await new FailedRuns(await WorkTree.open(root, { env, signal })).find(run)).paths;
  const asked = saved?.filter(path => isWithin(path, root)).map(path => boundary.toContents(path as AbsolutePath)) ?? paths;
  const places = new Map(asked.map(path => [boundary.resolve(path) as string, path]));
  const groups = groupByDataset([...places.keys()], path => datasetHolding(path, root));
  const plans: CallOutput<'planDiscard'> = [];
  for (const [folder, inside] of groups) {
    const workTree = await WorkTree.open(folder, { env, signal });
    const names = [...inside].map(path => path.slice(folder.length + 1));
    const { entries, refused } = await planDiscard(workTree, names, { env, signal });
    plans.push({
      dataset: boundary.toContents(folder as AbsolutePath),
      paths: [...inside].flatMap(path => places.get(path) ?? []),
      files: entries.slice(0, LISTED).map(({ path, change }) => ({
        path: boundary.toContents(join(folder, path) as AbsolutePath),
        name: displayName(path),
        change
      })),
      total: entries.length,
      bytes: entries.reduce((sum, { work }) => sum + (work?.bytes ?? 0), 0),
      refused: refused.slice(0, LISTED).map(({ path, why }) => ({ name: displayName(path), why }))
    });
  }
  return plans;
}

/** The parts in which a file differs from the last save. */
export async function readPartsPlan(
  { dataset, path }: ParsedCallInput<'planParts'>,
  { boundary, env, signal }: ICallOptions
): Promise<CallOutput<'planParts'>> {
  const file = boundary.resolve(path);
  const root = datasetHolding(file, boundary.resolve(dataset));
  const name = file.slice(root.length + 1);
  const { hunks, parts, fingerprint } = await readParts(await WorkTree.open(root, { env, signal }), name, { env, signal });
  return {
    dataset: boundary.toContents(root as AbsolutePath),
    path,
    name: displayName(name),
    fingerprint,
    hunks: [...hunks],
    truncated: hunks.length < parts.length
  };
}

/** What is kept of discards. */
export async function readDiscarded(
  { dataset }: ParsedCallInput<'discarded'>,
  { boundary, env, signal }: ICallOptions
): Promise<CallOutput<'discarded'>> {
  const shelf = new Shelf(await WorkTree.open(boundary.resolve(dataset), { env, signal }));
  const kept: CallOutput<'discarded'> = [];
  for (const manifest of await shelf.list()) {
    const bytes = await shelf.bytes(manifest);
    const until = keptUntil(manifest.created, bytes);
    const { id, created: time, entries } = manifest;
    const files = { files: entries.length, bytes, names: namesOf(manifest) };
    kept.push({ id, dataset, time, ...files, ...(until === undefined ? {} : { until }) });
  }
  return kept;
}

/** The first names of what is kept, for people. */
export function namesOf({ entries }: Manifest): string[] {
  return entries.slice(0, NAMED).map(({ path }) => displayName(path));
}
