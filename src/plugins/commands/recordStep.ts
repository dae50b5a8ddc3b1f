import type { INotebookContent } from '@jupyterlab/nbformat';
import type { IComparedStep, IRunNotebookAnswer } from '../../components/dialogs/runQuestions';
import { childPath } from '../../components/dialogs/names';
import type { ParsedJobInput } from '../../protocol/contract';
import type { Row } from '../../protocol/dataset';
import { fail } from '../../protocol/failure';
import { type ContentsPath, folderOf, nameOf } from '../../protocol/paths';
import type { Execution } from '../../protocol/notebookRun';
import type { IOutcome } from '../../tokens';
import { compareOutputs, wentWell } from '../notebooks/compareOutputs';
import type { ILiveNotebook, ILiveNotebooks } from '../notebooks/liveNotebooks';
import { cutStep, earlierSteps, planText, stepName } from '../notebooks/step';
import { editorsSettled, identityKnown } from './before';
import { CANCELLED, combine } from './command';
import type { ICommandContext } from './context';
import { lineOf } from './lineOf';
import { executeAndRecord, patterns, requestOf, withMessage } from './runAndRecord';
import { trustedTargets } from './trust';

interface IStep {
  readonly live: ILiveNotebook;
  readonly notebooks: ILiveNotebooks;
}

/** Asks, writes the step and saves it, then goes on as with any notebook, and tells where it showed something else. */
export async function recordStep(context: ICommandContext, { live, notebooks }: IStep): Promise<IOutcome> {
  const { datalad, dialogs, trans } = context;
  const { path } = live;
  const [folder, notebookName] = [folderOf(path), nameOf(path)];
  const content = cutStep(live.content, live.last);
  const [target] = await trustedTargets(context, { paths: [path] });
  if (target === undefined || (await editorsSettled(context, [target.dataset])) === null) {
    return CANCELLED;
  }
  const { dataset } = target;
  const taken = await notebooks.names(folder);
  const name = stepName(notebookName, taken);
  const found = await datalad.client.call('planNotebook', { dataset, path: childPath(folder, name), text: planText(content) });
  if (found.kernel === null) {
    fail('no-kernel', trans.__('The notebook names no kernel.'), { parameters: { path: notebookName } });
  }
  if (found.cells === 0) {
    fail('bad-request', trans.__('There is no code in the cells up to the selected one.'));
  }
  // It is executed as it is.
  const plan = { ...found, parameters: [] };
  const inputOf = (answer: IRunNotebookAnswer): ParsedJobInput<'runNotebook'> =>
    requestOf({ dataset, path: childPath(folder, answer.name ?? name) }, plan, answer, { path: null });
  const answer = await dialogs.runNotebook({
    notebookName,
    plan,
    unsaved: false,
    step: { taken, free: name, replaceable: replaceableStep(context, path, taken) },
    initial: {
      name,
      message: trans.__('Run %1 up to cell %2', notebookName, plan.cells),
      inputs: patterns(plan.inputs),
      outputs: patterns(plan.outputs),
      parameters: {}
    },
    commandLine: typed => withMessage(lineOf('runNotebook', inputOf(typed)), typed.message)
  });
  if (answer === null) {
    return CANCELLED;
  }
  const unknown = await identityKnown(context, dataset);
  if (unknown !== null) {
    return unknown;
  }
  const request = inputOf(answer);
  const over = answer.replace === true && isSaved(await datalad.client.call('row', { path: request.path }));
  if (!(await notebooks.write(request.path, content, { over }))) {
    fail('bad-request', trans.__('There is something named %1 in this folder already.', nameOf(request.path)));
  }
  const message = trans._n('The first cell of %2', 'The first %1 cells of %2', plan.cells, notebookName);
  const saved = await datalad.jobs.run('save', { dataset, paths: [request.path], message });
  if (saved.status !== 'ok') {
    return saved;
  }
  const compare = (execution: Execution): Promise<IComparedStep> =>
    compareWith(live.content, { notebookName, execution, read: () => notebooks.read(request.path) });
  const recorded = await executeAndRecord(context, { request, message: answer.message, compare });
  return combine([saved, recorded]);
}

/** The last step of a notebook, where nothing would be lost with it. */
function replaceableStep({ datalad }: ICommandContext, path: ContentsPath, taken: readonly string[]): string | null {
  const steps = earlierSteps(nameOf(path), taken);
  return steps.find(name => isSaved(datalad.rows.get(childPath(folderOf(path), name)) ?? null)) ?? null;
}

function isSaved(row: Row | null): boolean {
  return row !== null && row.change === undefined && ['git', 'annex', 'annex-unlocked'].includes(row.kind);
}

interface IComparison {
  readonly notebookName: string;
  readonly execution: Execution;
  /** Reads the step. */
  read(this: void): Promise<INotebookContent>;
}

/** What is told of an execution beside what the notebook showed when it began. */
async function compareWith({ cells }: INotebookContent, { notebookName, execution, read }: IComparison): Promise<IComparedStep> {
  const { failed } = execution;
  if (failed !== undefined) {
    return { notebookName, cells: [], failedAnew: failed.cell !== undefined && wentWell(cells, failed.cell) };
  }
  const step = await read();
  return { notebookName, cells: compareOutputs(cells.slice(0, step.cells.length), step.cells), failedAnew: false };
}
