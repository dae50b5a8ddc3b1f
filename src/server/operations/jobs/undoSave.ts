import { join, relative } from 'node:path';
import type { ParsedJobInput } from '../../../protocol/contract';
import { fail } from '../../../protocol/failure';
import { WorkTree } from '../../dataset/workTree';
import { exists } from '../../exists';
import { GITLINK, parseTree } from '../../git/entry';
import type { ITask } from '../../handlers';
import { mapLimited } from '../../mapLimited';
import { isWithin } from '../../nesting';
import { setIndex } from '../discards/indexState';
import { headOf, innermostFirst, type ISaveTrace, movedRefs, readSaveRefs } from '../undo/saveTrace';
import { revertSaves } from '../undo/revertSaves';
import { undoableSave } from '../undo/undoableSave';
import type { IJobContext } from './context';
import { Ledger } from './withoutDatalad/ledger';
import { git, type ITools } from './withoutDatalad/tools';

/** What commits in a dataset, and may in those below it. */
type Saved = Pick<ParsedJobInput<'save'>, 'dataset' | 'versionTag'>;
type Save<I extends Saved> = (context: IJobContext, input: I, task: ITask) => Promise<void>;

/** Of a recursive save in more datasets than these nothing is remembered: to look at all of them takes longer than to save. */
const MOST_DATASETS = 200;

/** Remembers of a save, or of another job that commits, where the branches stood before and after it; `recursive`: in subdatasets, too. */
export function noted<I extends Saved>(save: Save<I>, recursive: (input: I) => boolean = () => false): Save<I> {
  return async (context, input, task) => {
    const options = { env: context.env, signal: task.signal };
    const dataset = context.boundary.resolve(input.dataset);
    const folders = recursive(input) ? await datasetsBelow(dataset, options) : [dataset];
    const all = input.versionTag !== undefined;
    const known = folders.length <= MOST_DATASETS ? folders : [];
    const look = (signal: AbortSignal): Promise<ISaveTrace['before'][]> =>
      mapLimited(known, 4, async folder => readSaveRefs(await WorkTree.open(folder, { ...options, signal }), { all }));
    const before = await look(task.signal);
    const note = async (signal: AbortSignal): Promise<void> => {
      const after = await look(signal);
      const traces = known.map((folder, at) => ({ dataset: folder, before: before[at], after: after[at] }));
      context.saves.note(task.id, innermostFirst(traces.filter(isTrace).filter(trace => movedRefs(trace).length > 0)));
    };
    try {
      await save(context, input, task);
    } catch (error) {
      // Some of it may be saved. Why it failed is what has to be told, also where that cannot be looked at.
      await note(new AbortController().signal).catch(() => undefined);
      throw error;
    }
    await note(task.signal);
  };
}

function isTrace(trace: { dataset: string; before?: ISaveTrace['before']; after?: ISaveTrace['after'] }): trace is ISaveTrace {
  return trace.before !== undefined && trace.after !== undefined;
}

async function datasetsBelow(dataset: string, options: { env: Record<string, string>; signal: AbortSignal }): Promise<string[]> {
  const found = [dataset];
  for (let at = 0; at < found.length && found.length <= MOST_DATASETS; at++) {
    const folder = found[at] ?? dataset;
    if (exists(join(folder, '.gitmodules'))) {
      found.push(...(await (await WorkTree.open(folder, options)).subdatasets()));
    }
  }
  return found;
}

/**
 * Undoes a save: the files stay as they are and are unsaved again. Where a sibling has the save, a new commit takes it back, since others
 * may have built on it; so it does what was unpacked
 * from an archive, or made by a run, of which nothing should stay behind as unsaved files. In every dataset that a recursive save touched, the innermost first.
 */
export async function undoSave(context: IJobContext, input: ParsedJobInput<'undoSave'>, task: ITask): Promise<void> {
  const options = { env: context.env, signal: task.signal };
  const traces = context.saves.find(input.job) ?? [];
  const by = await undoableSave(traces, { ...options, byRevert: input.by === 'revert' });
  if (by !== input.by) {
    fail('changed-since', 'The save was pushed meanwhile.', { hint: 'Ask for the undo once more.' });
  }
  const ledger = new Ledger(context.boundary, task);
  const done = (path: string): void => ledger.done({ action: 'undo', path, type: 'dataset' });
  if (by === 'revert') {
    await revertSaves(traces, options, done);
    return;
  }
  for (const trace of traces) {
    const tools: ITools = { ...options, workTree: await WorkTree.open(trace.dataset, options) };
    await goBack(tools, trace, traces);
    done(trace.dataset);
  }
}

/** All refs at once, each only if it still stands where the save left it; the index and the files are not touched. */
async function goBack(tools: ITools, trace: ISaveTrace, traces: readonly ISaveTrace[]): Promise<void> {
  const lines = movedRefs(trace).map(({ ref, from, to }) =>
    from === null ? `delete ${ref}\0${to ?? ''}\0` : `update ${ref}\0${from}\0${to ?? ''}\0`
  );
  await git(tools, ['update-ref', '--create-reflog', '-m', 'undo: back to before the save', '-z', '--stdin'], {
    input: `start\0${lines.join('')}prepare\0commit\0`
  });
  const below = traces.filter(({ dataset }) => dataset !== trace.dataset && isWithin(dataset, trace.dataset));
  await forgetLinks(
    tools,
    headOf(trace.before) ?? '',
    below.map(({ dataset }) => relative(trace.dataset, dataset))
  );
}

/** The index of a dataset names the commits of its subdatasets: where these go back, it does, too. */
async function forgetLinks(tools: ITools, commit: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) {
    return;
  }
  const tree = parseTree(await tools.workTree.git.read(['ls-tree', '-z', commit, '--', ...names]));
  const links = tree.filter(({ mode }) => mode === GITLINK);
  await setIndex(
    tools,
    links.map(({ path, mode, oid }) => ({ path, entry: { mode, oid } }))
  );
}
