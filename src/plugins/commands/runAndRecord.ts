import * as v from 'valibot';
import type { IComparedStep, IExecutionAnswer, IRunNotebookAnswer } from '../../components/dialogs/runQuestions';
import { asShell } from '../../protocol/command';
import { jobs, type ParsedJobInput } from '../../protocol/contract';
import { fail } from '../../protocol/failure';
import type { Execution, NotebookParameters, NotebookPlan } from '../../protocol/notebookRun';
import { type ContentsPath, contentsPath, nameOf } from '../../protocol/paths';
import { runPattern } from '../../protocol/runPattern';
import type { IOutcome } from '../../tokens';
import { onlyGiven } from './arguments';
import { editorsSettled, identityKnown } from './before';
import { CANCELLED, combine } from './command';
import type { ICommandContext } from './context';
import { discardChanges } from './discard';
import { lineOf } from './lineOf';
import type { RunNotebookArguments } from './runNotebook';
import { showCommit } from './showCommit';
import { summaryOf } from './targets';
import { trustedTargets } from './trust';

type Asked = Omit<RunNotebookArguments, 'path'> & { path: string | null };

/** Asks, executes, shows what was seen, asks once more, and records. */
export async function runAndRecord(context: ICommandContext, given: Asked): Promise<IOutcome> {
  const { datalad, dialogs, trans } = context;
  const path = given.path === null ? fail('bad-request', trans.__('No notebook is open or selected.')) : contentsPath(given.path);
  const [target] = await trustedTargets(context, { paths: [path] });
  if (target === undefined || (await editorsSettled(context, [target.dataset])) === null) {
    return CANCELLED;
  }
  // Of a file in a subdataset, the innermost: that is where a commit of it goes.
  const { dataset } = target;
  const [plan, { changes }] = await Promise.all([
    datalad.client.call('planNotebook', { dataset, path }),
    summaryOf(context, dataset)
  ]);
  if (plan.kernel === null) {
    fail('no-kernel', trans.__('The notebook names no kernel.'), { parameters: { path: nameOf(path) } });
  }
  const shown = withGiven(plan, given);
  const unsaved = changes.some(change => change.path === path);
  const inputOf = (answer: IRunNotebookAnswer): ParsedJobInput<'runNotebook'> =>
    requestOf({ dataset, path }, shown, answer, given);
  const message = given.message ?? trans.__('Run %1', nameOf(path));
  const answer = await dialogs.runNotebook({
    notebookName: nameOf(path),
    plan: shown,
    unsaved,
    initial: { message, inputs: patterns(shown.inputs), outputs: patterns(shown.outputs), parameters: {} },
    commandLine: typed => withMessage(lineOf('runNotebook', inputOf(typed)), typed.message)
  });
  if (answer === null) {
    return CANCELLED;
  }
  const unknown = await identityKnown(context, dataset);
  if (unknown !== null) {
    return unknown;
  }
  if (unsaved) {
    const saved = await datalad.jobs.run('save', { dataset, paths: [path], message: trans.__('Changes of %1', nameOf(path)) });
    if (saved.status !== 'ok') {
      return saved;
    }
  }
  return executeAndRecord(context, { request: v.parse(jobs.runNotebook.input, inputOf(answer)), message: answer.message });
}

interface IRun {
  readonly request: ParsedJobInput<'runNotebook'>;
  readonly message: string;
  /** Of a step of a notebook, once it was executed: how it compares with that. */
  compare?(this: void, execution: Execution): Promise<IComparedStep>;
}

/** Executes a notebook that is saved, shows what was seen, and records what the user wants of it. */
export async function executeAndRecord(context: ICommandContext, run: IRun): Promise<IOutcome> {
  const { datalad } = context;
  const ran = await datalad.jobs.run('runNotebook', run.request);
  const [job] = ran.jobs;
  const execution = job === undefined ? null : await datalad.client.call('execution', { job });
  return job === undefined || execution === null ? ran : conclude(context, { ...run, job, ran, execution });
}

/** Shows what an execution read and wrote, whoever asked for it, and goes on as if it had just ended. Fails with `not-found`. */
export async function recordLater(context: ICommandContext, job: string): Promise<IOutcome> {
  const { datalad, trans } = context;
  const [report, execution] = await Promise.all([datalad.jobs.report(job), datalad.client.call('execution', { job })]);
  if (execution === null) {
    return fail('not-found', trans.__('It was recorded already, or is not known any more.'), {
      hint: trans.__('Run the notebook again.')
    });
  }
  const request = v.parse(jobs.runNotebook.input, report.job.input);
  const unknown = execution.failed === undefined ? await identityKnown(context, request.dataset) : null;
  const message = trans.__('Run %1', nameOf(request.path));
  return unknown ?? conclude(context, { request, message, job, ran: { status: 'ok', jobs: [job], results: [] }, execution });
}

interface IRan extends IRun {
  readonly job: string;
  readonly ran: IOutcome;
  readonly execution: Execution;
}

/** Records what was seen; of an execution that failed, does what the user wants. */
async function conclude(context: ICommandContext, run: IRan): Promise<IOutcome> {
  const { datalad, dialogs } = context;
  const { request, job, ran, execution } = run;
  const { dataset, path } = request;
  const notebook = runPattern(relative(path, dataset));
  const initial: IExecutionAnswer = {
    message: run.message,
    inputs: patterns(execution.inputs),
    outputs: patterns(execution.outputs.filter(({ deleted }) => deleted !== true)),
    failed: (execution.failed?.absent ?? []).length > 0 ? 'again' : 'keep'
  };
  const step = await run.compare?.(execution);
  const answer = await dialogs.execution({
    notebookName: nameOf(path),
    execution,
    ...(step === undefined ? {} : { step }),
    initial,
    commandLine: ({ message, inputs, outputs }) =>
      asShell([
        ...['datalad', 'run', '-m', message],
        ...[notebook, ...inputs].flatMap(input => ['-i', input]),
        ...[notebook, ...outputs].flatMap(output => ['-o', output]),
        execution.command
      ])
  });
  if (execution.failed !== undefined) {
    if (answer?.failed === 'again') {
      const inputs = [...new Set([...(request.inputs ?? []), ...patterns(execution.failed.absent)])];
      return executeAndRecord(context, { ...run, request: { ...request, inputs } });
    }
    return answer?.failed === 'discard'
      ? combine([ran, await discardChanges(context, { dataset, paths: [dataset], run: job })])
      : ran;
  }
  if (answer === null) {
    return { ...CANCELLED, jobs: ran.jobs };
  }
  const { message, inputs, outputs } = answer;
  const recorded = await datalad.jobs.run('recordNotebook', {
    dataset,
    execution: job,
    message,
    inputs: [...inputs],
    outputs: [...outputs]
  });
  showCommit(context, dataset, recorded);
  return combine([ran, recorded]);
}

/** What was given counts, whatever the source names. */
function withGiven(plan: NotebookPlan, { inputs, outputs }: Asked): NotebookPlan {
  const join = (found: NotebookPlan['inputs'], given: readonly string[] = []): NotebookPlan['inputs'] => [
    ...given.map(pattern => ({ pattern, from: 'given' as const })),
    ...found.filter(({ pattern }) => !given.includes(pattern))
  ];
  return { ...plan, inputs: join(plan.inputs, inputs), outputs: join(plan.outputs, outputs) };
}

export function requestOf(
  place: { dataset: ContentsPath; path: ContentsPath },
  plan: NotebookPlan,
  answer: IRunNotebookAnswer,
  given: Asked
): ParsedJobInput<'runNotebook'> {
  const parameters = { ...given.parameters, ...changedParameters(plan, answer) };
  return {
    ...place,
    ...onlyGiven({
      inputs: answer.inputs.length > 0 ? [...answer.inputs] : undefined,
      outputs: answer.outputs.length > 0 ? [...answer.outputs] : undefined,
      parameters: Object.keys(parameters).length > 0 ? parameters : undefined
    })
  };
}

/** What was typed over the values in the notebook, as papermill takes it. */
function changedParameters(plan: NotebookPlan, { parameters }: IRunNotebookAnswer): NotebookParameters {
  const changed = plan.parameters.filter(({ name, value }) => (parameters[name] ?? value) !== value);
  return Object.fromEntries(changed.map(({ name }) => [name, valueOf((parameters[name] ?? '').trim())]));
}

function valueOf(text: string): string | number | boolean {
  if (/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/iu.test(text)) {
    return Number(text);
  }
  const quoted = /^(["'])(.*)\1$/su.exec(text)?.[2];
  return quoted ?? (text === 'True' || text === 'False' ? text === 'True' : text);
}

export function patterns(files: readonly { readonly pattern: string }[]): string[] {
  return files.map(({ pattern }) => pattern);
}

export function relative(path: ContentsPath, dataset: ContentsPath): string {
  return dataset === '' ? path : path.slice(dataset.length + 1);
}

export function withMessage(line: string, message: string): string {
  return line.replace(/^datalad run /u, `datalad run -m ${asShell([message])} `);
}
