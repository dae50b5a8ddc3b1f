import { join } from 'node:path';
import type { Amount } from '../../../protocol/dataset';
import type { AbsolutePath } from '../../paths';
import { readChanges } from '../changes';
import { emptyAmount } from '../figures/figures';
import { addKey } from './planGet';
import type { ISelection } from './selection';

/** Files named in an answer; the rest only counts. */
const NAMED = 100;

/** What a drop would free; paths are absolute. */
export interface IDropPlan {
  toDrop: Amount;
  shared: AbsolutePath[];
  modified: AbsolutePath[];
}

/** What a drop of selected files would free, and what else it would touch or leave. */
export async function planDrop(selections: readonly ISelection[], signal: AbortSignal): Promise<IDropPlan> {
  const plan: IDropPlan = { toDrop: emptyAmount(), shared: [], modified: [] };
  for (const selection of selections) {
    await addSelection(plan, selection, signal);
  }
  return plan;
}

async function addSelection(plan: IDropPlan, selection: ISelection, signal: AbortSignal): Promise<void> {
  const { repository, figures, chosen } = selection;
  const { files, here } = figures;
  const modified = await readModified(selection, signal);
  const dropped = new Set<number>();
  for (const at of chosen) {
    const place = files.keyOf[at] ?? 0;
    if (modified.has(at)) {
      name(plan.modified, join(repository.root, files.paths[at] ?? ''));
    } else if (here[place] === 1 && !dropped.has(place)) {
      dropped.add(place);
      addKey(plan.toDrop, files.bytes[place] ?? -1);
    }
  }
  files.keyOf.forEach((place, at) => {
    if (dropped.has(place) && !chosen.has(at)) {
      name(plan.shared, join(repository.root, files.paths[at] ?? ''));
    }
  });
}

/** Chosen files whose content on disk is not the one their key stands for. */
async function readModified({ repository, figures, chosen }: ISelection, signal: AbortSignal): Promise<Set<number>> {
  const changes = await readChanges(repository, '', signal);
  const isModified = (path: string): boolean => {
    const change = changes.get(path);
    return change?.change === 'modified' || (change?.change === 'typechange' && !change.staged);
  };
  return new Set([...chosen].filter(at => isModified(figures.files.paths[at] ?? '')));
}

function name(list: AbsolutePath[], path: string): void {
  if (list.length < NAMED) {
    list.push(path as AbsolutePath);
  }
}
