import { realpath } from 'node:fs/promises';
import type { ParsedJobInput } from '../../../protocol/contract';
import type { Execution } from '../../../protocol/notebookRun';
import { fail } from '../../../protocol/failure';
import { asRecorded, notebookCommand } from '../../../protocol/notebookCommand';
import { runPattern } from '../../../protocol/runPattern';
import { runAnnex } from '../../annex/batch';
import { keyOfLink } from '../../annex/pointer';
import { displayName, fsPath } from '../../bytes';
import { execute, judge } from '../../datalad/execute';
import { WorkTree } from '../../dataset/workTree';
import { GITLINK, type IGitEntry } from '../../git/entry';
import type { ITask } from '../../handlers';
import type { AbsolutePath } from '../../paths';
import { readRegular } from '../../regularFile';
import { type Changed, changedSince, readChanged } from '../runs/changed';
import { executeApart, type IExecutedApart } from '../notebooks/executeApart';
import { failExecution } from '../notebooks/failedExecution';
import { parseNotebook, readNotebookText } from '../notebooks/notebookFile';
import { propose } from '../notebooks/proposal';
import { placeOf } from '../notebooks/settle';
import { notingWhatIsLeft } from '../runs/leftBehind';
import { type IJobContext, requireDataset, resolvePath, resolvePaths } from './context';
import { entriesAt, isAmong } from './indexEntries';
import { requireReachable } from './requireReachable';

/** Milliseconds to lock a few files again. */
const LOCK_TIME = 60_000;

/**
 * Executes a notebook by the command that a record of it would have, after the inputs were fetched, and keeps what was seen for
 * `recordNotebook`: nothing is saved. It fails with `cell-failed` when a cell does, with `no-space` when
 * that was for a full disk (`left`: something that it wrote is there), and what the cells before it wrote stays; with `edited-meanwhile`
 * where the notebook was changed while it was executed, and with `kept-elsewhere` where what was executed could not be written.
 */
export async function runNotebook(context: IJobContext, input: ParsedJobInput<'runNotebook'>, task: ITask): Promise<void> {
  const { boundary, env, runs: book } = context;
  const dataset = resolvePath(boundary, input.dataset);
  requireDataset(dataset);
  const [path = ''] = resolvePaths(boundary, [input.path], dataset);
  const notebook = path.slice(dataset.length + 1);
  const spared = new Set([notebook]);
  const replaced = (): void => void spared.delete(notebook);
  await notingWhatIsLeft({ job: task.id, dataset, env, signal: task.signal, spared, book }, () =>
    executeAndNote(context, { input, dataset, path, notebook, replaced }, task)
  );
}

interface INotebookRun {
  readonly input: ParsedJobInput<'runNotebook'>;
  readonly dataset: AbsolutePath;
  readonly path: string;
  /** Relative to the dataset. */
  readonly notebook: string;
  /** Called once the notebook is what was executed. */
  readonly replaced: () => void;
}

async function executeAndNote(context: IJobContext, run: INotebookRun, task: ITask): Promise<void> {
  const { dataset, notebook } = run;
  const { env } = context;
  const given = { inputs: run.input.inputs ?? [], outputs: run.input.outputs ?? [] };
  const workTree = await WorkTree.open(dataset, { env, signal: task.signal });
  const head = await workTree.head();
  const unsaved = await requireSaved(context, { dataset, notebook, task });
  await requireReachable(context, { dataset, folder: dataset, ...given, signal: task.signal });
  const prepared = await executePrepared(context, { ...run, given, workTree }, task);
  const { aside, kept } = prepared.executed;
  const noted = note(context, { ...run, ...prepared, given, head, unsaved }, task);
  if (kept !== null) {
    // Where it is kept must be said, also where the dataset cannot be read any more.
    await noted.catch(() => undefined);
    fail('kept-elsewhere', 'What was executed could not be written into the dataset.', {
      hint: `It is kept: ${displayName(kept.place)}`,
      detail: [kept.failure.message, kept.failure.detail].filter(Boolean).join('\n'),
      parameters: { path: displayName(notebook), place: displayName(kept.place) }
    });
  }
  await noted;
  if (aside !== null) {
    fail('edited-meanwhile', 'The notebook was changed while it was executed.', {
      hint: 'The change is kept.',
      parameters: { path: displayName(notebook), aside: displayName(aside) }
    });
  }
}

interface IEndedRun extends INotebookRun, IPreparedRun {
  readonly given: IPrepared['given'];
  /** The commit that it began at. */
  readonly head: string | null;
  /** What had unsaved changes then. */
  readonly unsaved: Changed;
}

/** Keeps what was seen; fails where a cell did. */
async function note(context: IJobContext, run: IEndedRun, task: ITask): Promise<void> {
  const { input, dataset, notebook, given, head, unsaved, before, files, executed } = run;
  const changed = await readChanged(dataset, { env: context.env, signal: task.signal });
  const tracked = new Set(files.map(entry => entry.path));
  const nested = new Set(files.filter(({ mode }) => mode === GITLINK).map(entry => entry.path));
  const proposal = await propose({
    dataset: await realpath(fsPath(dataset)).then(String),
    notebook,
    unsavedBefore: new Set(unsaved.keys()),
    changed: changedSince(before, changed),
    saved: name => tracked.has(name) || isAmong(name, nested),
    executed,
    given
  });
  const failed = unplaced(executed) ?? proposal.failed;
  const command = asRecorded(notebookCommand(notebook, input.parameters));
  const execution = { path: input.path, command, ...proposal, ...(failed === undefined ? {} : { failed }) };
  context.executions.note(task.id, { dataset, notebook, execution, head, changed });
  if (executed.code !== 0) {
    const left = changedSince(before, changed).length > 0;
    failExecution(executed.printed, { notebook, cell: failed?.cell, left });
  }
}

/** Why there is nothing to record though each cell went well; undefined where there is. */
function unplaced({ aside, kept }: IExecutedApart): Execution['failed'] {
  const nothing = { text: '', absent: [] };
  if (kept !== null) {
    return { ...nothing, kept: displayName(kept.place) };
  }
  return aside === null ? undefined : { ...nothing, aside };
}

interface IPrepared extends INotebookRun {
  readonly given: { readonly inputs: readonly string[]; readonly outputs: readonly string[] };
  readonly workTree: WorkTree;
}

interface IPreparedRun {
  /** The unsaved changes and the index when the execution began. */
  readonly before: Changed;
  readonly files: readonly IGitEntry[];
  readonly executed: IExecutedApart;
}

/** Does for an execution what `datalad run` does before a command, and locks again afterwards what it did not write to. */
async function executePrepared(
  context: IJobContext,
  { input: { parameters }, dataset, path, notebook, replaced, given, workTree }: IPrepared,
  task: ITask
): Promise<IPreparedRun> {
  const { env } = context;
  const saved = await readRegular(path);
  // The notebook is both: a rerun has to have it before it can write it, and DataLad removes an output that is not here.
  const [inputs, outputs] = [given.inputs, given.outputs].map(patterns => [runPattern(notebook), ...patterns]);
  const unlocked = await prepare(context, { dataset, inputs: inputs ?? [], outputs: outputs ?? [] }, task);
  try {
    const place = requireOwnPlace(path, notebook);
    const text = await readNotebookText(path);
    // To get the inputs may have taken hours.
    if (unlocked.includes(path)) {
      requireSame(saved ?? text, text, notebook);
    } else {
      await requireSaved(context, { dataset, notebook, task });
    }
    const { kernel, cells, added } = parseNotebook(text.toString('utf8'));
    if (kernel === null) {
      fail('no-kernel', 'The notebook names no kernel.', { parameters: { path: displayName(notebook) } });
    }
    const before = await readChanged(dataset, { env, signal: task.signal });
    const files = await entriesAt(workTree.git, [''], task.signal);
    const own = {
      ...{ env: context.terminalEnv, packageFolder: context.packageFolder },
      ...{ cells: cells.length, added: parameters === undefined ? null : added }
    };
    const original = { dataset, notebook, gitDir: workTree.gitDir, place, text };
    return { before, files, executed: await executeApart({ ...own, dataset, original, parameters, replaced }, task) };
  } finally {
    await lockAgain(unlocked, { dataset, env });
  }
}

interface IPlace {
  readonly dataset: AbsolutePath;
  readonly notebook: string;
  readonly task: ITask;
}

/**
 * Where a notebook has changes, what would be executed is not what is saved: a record would be of something that nobody has. Resolves with
 * what else is not saved.
 */
async function requireSaved({ env }: IJobContext, { dataset, notebook, task }: IPlace): Promise<Changed> {
  const changed = await readChanged(dataset, { env, signal: task.signal });
  return changed.has(notebook) ? failUnsaved(notebook) : changed;
}

/** A link to a notebook that is locked is not unlocked with it: what it leads to is content in the annex, under a key that says what it is. */
function requireOwnPlace(path: string, notebook: string): string {
  const place = placeOf(path) ?? path;
  return keyOfLink(place) === null
    ? place
    : fail('bad-notebook', 'It is a link to a notebook that is locked.', {
        hint: 'Run that notebook itself.',
        parameters: { path: displayName(notebook) }
      });
}

/** An unlocked file counts as changed, whatever it holds. */
function requireSame(saved: Buffer, now: Buffer, notebook: string): void {
  if (!saved.equals(now)) {
    failUnsaved(notebook);
  }
}

function failUnsaved(notebook: string): never {
  return fail('unsaved-changes', 'The notebook has changes that are not saved.', {
    hint: 'Save it in the dataset first.',
    parameters: { path: displayName(notebook) }
  });
}

/** What `datalad run` does before it starts a command; resolves with the files that it unlocked. */
async function prepare(
  context: IJobContext,
  { dataset, inputs, outputs }: { dataset: AbsolutePath; inputs: readonly string[]; outputs: readonly string[] },
  task: ITask
): Promise<string[]> {
  const unlocked: string[] = [];
  const call = { command: 'prepare_run', dataset, arguments: { inputs, outputs } };
  const outcome = await execute(context, call, task, ({ action, status, path }) => {
    if (action === 'unlock' && status === 'ok') {
      unlocked.push(path);
    }
  });
  // It says nothing where nothing was to be done.
  if (outcome.ending.type === 'failed' || outcome.failed.length > 0) {
    await lockAgain(unlocked, { dataset, env: context.env });
    judge(outcome, { kind: 'unknown', message: 'DataLad did not say what became of the inputs.' });
  }
  return unlocked;
}

/** Of what was unlocked, leaves only that so which was written to: git-annex itself refuses to lock it. A save would lock the rest. */
async function lockAgain(
  paths: readonly string[],
  { dataset, env }: { dataset: string; env: Record<string, string> }
): Promise<void> {
  if (paths.length > 0) {
    const names = paths.map(path => path.slice(dataset.length + 1));
    const options = { cwd: dataset, env, signal: AbortSignal.timeout(LOCK_TIME) };
    await runAnnex({ ...options, args: ['lock', '--', ...names] }, () => undefined).catch(() => undefined);
  }
}
