import { join } from 'node:path';
import type { ParsedJobInput } from '../../../protocol/contract';
import { type Failure, fail } from '../../../protocol/failure';
import type { ChosenParts, DiscardObstacle } from '../../../protocol/undo';
import { displayName } from '../../bytes';
import { judge } from '../../datalad/execute';
import { WorkTree } from '../../dataset/workTree';
import type { ITask } from '../../handlers';
import { forgetOld, keepAndTakeBack } from '../discards/keep';
import { readParts } from '../discards/parts/readParts';
import { takePartsBack } from '../discards/parts/takeParts';
import { planDiscard } from '../discards/plan';
import { planOfRun } from '../discards/planOfRun';
import { type IJobContext, requireDataset, resolvePaths } from './context';
import { datasetHolding } from './datasetAround';
import { Ledger } from './withoutDatalad/ledger';
import type { ITools } from './withoutDatalad/tools';

const NOTHING: Failure = { kind: 'no-change', message: 'There is no change to discard.' };

/** Names that are told of files that were changed since. */
const NAMED = 3;

/**
 * Takes back unsaved changes of one dataset, staged or not: files come to be as the last save has them, and new ones go. What they were
 * is kept, see `discards/keep.ts`. Which changes are those of a run is found now, and not taken from what was shown: much may have been
 * edited since.
 */
export async function discard(context: IJobContext, input: ParsedJobInput<'discard'>, task: ITask): Promise<void> {
  const { boundary, env } = context;
  const dataset = boundary.resolve(input.dataset);
  const paths = resolvePaths(boundary, input.paths, dataset);
  requireDataset(dataset);
  if (paths.some(path => datasetHolding(path, dataset) !== dataset)) {
    fail('bad-request', 'Changes in a subdataset are discarded there.', { parameters: { dataset: input.dataset } });
  }
  const workTree = await WorkTree.open(dataset, { env, signal: task.signal });
  const tools = { workTree, env, signal: task.signal };
  const names = paths.map(path => path.slice(dataset.length + 1));
  if (input.parts !== undefined) {
    await discardParts(tools, { name: names[0] ?? '', several: names.length > 1, parts: input.parts, id: task.id });
    new Ledger(boundary, task).done({ action: 'discard', path: paths[0] ?? dataset, type: 'file' });
    return;
  }
  if (input.run !== undefined && names.some(name => name !== '')) {
    fail('bad-request', 'What a run has changed is discarded as a whole.');
  }
  const left = input.run === undefined ? null : context.runs.find(input.run, dataset);
  const found = left === null ? await planDiscard(workTree, names, tools) : await planOfRun(left, tools);
  const ledger = new Ledger(boundary, task);
  const entryOf = (path: string): Parameters<Ledger['done']>[0] => ({
    action: 'discard',
    path: join(dataset, path),
    type: 'file'
  });
  for (const { path, why } of found.refused) {
    if (why !== 'edited-before' && why !== 'edited-since') {
      ledger.refused(entryOf(path), obstacleFailure(path, why));
    }
  }
  const edited = found.refused.flatMap(({ path, why }) => (why === 'edited-since' ? path : []));
  if (edited.length > 0) {
    task.notice(editedSince(edited));
  }
  if (found.entries.length > 0) {
    await forgetOld(tools);
    const left = new Set(await keepAndTakeBack(tools, { names, discard: found, id: task.id }));
    for (const { path } of found.entries) {
      if (left.has(path)) {
        ledger.refused(entryOf(path), inTheWay(path));
      } else {
        ledger.done(entryOf(path));
      }
    }
  }
  judge(ledger.outcome(), NOTHING);
}

/** Parts of one text, as they were shown. */
async function discardParts(
  tools: ITools,
  { name, several, parts, id }: { name: string; several: boolean; parts: ChosenParts; id: string }
): Promise<void> {
  if (several) {
    fail('bad-request', 'Parts are discarded of one file at a time.');
  }
  const found = await readParts(tools.workTree, name, tools);
  if (found.fingerprint !== parts.fingerprint) {
    fail('changed-since', 'The file was changed since its changes were shown.', {
      hint: 'Look at its changes again.',
      parameters: { path: displayName(name), files: 1 }
    });
  }
  if (parts.numbers.some(number => number >= found.parts.length)) {
    fail('bad-request', 'There is no such part.');
  }
  await forgetOld(tools);
  await takePartsBack(tools, found, { id, chosen: new Set(parts.numbers) });
}

function obstacleFailure(path: string, why: DiscardObstacle): Failure {
  const parameters = { path: displayName(path), why };
  switch (why) {
    case 'subdataset':
      return {
        kind: 'not-undoable',
        message: 'Another commit of this subdataset is checked out: its commits are not discarded like a change of a file.',
        hint: 'Save it here, or open the subdataset and switch back there.',
        parameters
      };
    case 'repository':
      return {
        kind: 'not-undoable',
        message: 'This folder is a dataset of its own, which is not registered here.',
        hint: 'Move it away, or delete it yourself.',
        parameters
      };
    case 'other-disk':
      return {
        kind: 'not-undoable',
        message: 'It lies on another disk than the dataset, and could not be kept without copying it.',
        hint: 'Take it back in a terminal, with "git restore".',
        parameters
      };
  }
}

/** What was edited before the run is said when it is asked for; this may have come about since. */
function editedSince(paths: readonly string[]): Failure {
  const names = paths.slice(0, NAMED).map(displayName).join(', ');
  return {
    kind: 'changed-since',
    message: `Changed again after the command, so left as it is: ${names}${paths.length > NAMED ? ', …' : ''}.`,
    parameters: { files: paths.length }
  };
}

function inTheWay(path: string): Failure {
  return {
    kind: 'changed-since',
    message: 'Something was put there meanwhile; it was not overwritten.',
    hint: 'Look at it. What was discarded is kept.',
    parameters: { path: displayName(path), files: 1 }
  };
}
