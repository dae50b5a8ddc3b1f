import { join } from 'node:path';
import type { CallOutput, ParsedCallInput } from '../../../protocol/contract';
import type { ContentsPath } from '../../../protocol/paths';
import type { DiscardPlan } from '../../../protocol/undo';
import { displayName } from '../../bytes';
import { WorkTree } from '../../dataset/workTree';
import type { AbsolutePath, PathBoundary } from '../../paths';
import type { Manifest } from '../discards/manifest';
import { readParts } from '../discards/parts/readParts';
import { type IDiscard, planDiscard } from '../discards/plan';
import { planOfRun } from '../discards/planOfRun';
import { keptUntil, Shelf } from '../discards/shelf';
import { datasetHolding, groupByDataset } from '../jobs/datasetAround';
import type { RunBook } from '../runs/runBook';

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
  { runs, ...options }: ICallOptions & { runs: RunBook }
): Promise<CallOutput<'planDiscard'>> {
  const { boundary, env, signal } = options;
  const root = boundary.resolve(dataset);
  if (run !== undefined) {
    const found = await planOfRun(runs.find(run, root), options);
    return [told(root, { ...found, paths: [dataset] }, boundary)];
  }
  const places = new Map(paths.map(path => [boundary.resolve(path) as string, path]));
  const groups = groupByDataset([...places.keys()], path => datasetHolding(path, root));
  const plans: CallOutput<'planDiscard'> = [];
  for (const [folder, inside] of groups) {
    const workTree = await WorkTree.open(folder, { env, signal });
    const names = [...inside].map(path => path.slice(folder.length + 1));
    const found = await planDiscard(workTree, names, { env, signal });
    plans.push(told(folder as AbsolutePath, { ...found, paths: [...inside].flatMap(path => places.get(path) ?? []) }, boundary));
  }
  return plans;
}

interface IFound extends Pick<IDiscard, 'entries'> {
  readonly paths: readonly ContentsPath[];
  readonly refused: readonly { readonly path: string; readonly why: DiscardPlan['refused'][number]['why'] }[];
}

function told(folder: AbsolutePath, { entries, paths, refused }: IFound, boundary: PathBoundary): DiscardPlan {
  return {
    dataset: boundary.toContents(folder),
    paths: [...paths],
    files: entries.slice(0, LISTED).map(({ path, change }) => ({
      path: boundary.toContents(join(folder, path) as AbsolutePath),
      name: displayName(path),
      change
    })),
    total: entries.length,
    bytes: entries.reduce((sum, { work }) => sum + (work?.bytes ?? 0), 0),
    refused: refused.slice(0, LISTED).map(({ path, why }) => ({ name: displayName(path), why }))
  };
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
