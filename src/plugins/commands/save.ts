import * as v from 'valibot';
import { tickedChanges } from '../../components/changes/selection';
import type { ISaveAnswer } from '../../components/dialogs/dialogs';
import { asShell, commandOf } from '../../protocol/command';
import { jobs, type ParsedJobInput } from '../../protocol/contract';
import type { ChangedFile, Summary } from '../../protocol/dataset';
import { type ContentsPath, isWithin } from '../../protocol/paths';
import { CommandIDs, type IOutcome } from '../../tokens';
import { commonArguments, onlyGiven } from './arguments';
import { editorsSettled, identityKnown } from './before';
import { CANCELLED, combine, command, type ICommand } from './command';
import type { ICommandContext } from './context';
import { type ITarget, summaryOf } from './targets';
import { trustedTargets } from './trust';
import { shownName } from '../../protocol/names';

const { message } = jobs.save.input.entries;
const args = v.object({
  ...jobs.save.input.entries,
  ...commonArguments,
  message: v.optional(message),
  listed: v.optional(
    v.pipe(v.boolean(), v.description('The user left out none of the changes shown: open documents saved first belong to them'))
  )
});
type Arguments = v.InferOutput<typeof args>;

/** Commits changes, one commit for each dataset tree; asks for the message when there is none. */
export function save(context: ICommandContext): ICommand {
  const { trans, selection } = context;
  return command({
    id: CommandIDs.save,
    args,
    label: () => trans.__('Save…'),
    caption: trans.__('Record the changes of a dataset'),
    isVisible: () => {
      const rows = selection.rows();
      return rows.length === 0 || rows.some(row => row.change !== undefined);
    },
    execute: given => execute(context, given)
  });
}

/** A save that wants for nothing. */
interface IReady {
  target: ITarget;
  words: ISaveAnswer;
  /** All changes that the user was shown, where that is what shall be saved. */
  listed?: readonly ContentsPath[];
}

async function execute(context: ICommandContext, given: Arguments): Promise<IOutcome> {
  const targets = await trustedTargets(context, given);
  // Before the question, so that what is listed as changed includes what the editors hold.
  const documents = await editorsSettled(
    context,
    targets.map(target => target.dataset)
  );
  if (documents === null) {
    return CANCELLED;
  }
  const saves: IReady[] = [];
  for (const target of targets) {
    const save = await prepare(context, target, { given, documents });
    if (save === null) {
      return CANCELLED;
    }
    const unknown = await identityKnown(context, target.dataset);
    if (unknown !== null) {
      return unknown;
    }
    saves.push(save);
  }
  return combine(await Promise.all(saves.map(ready => start(context, ready, given))));
}

interface IPrepare {
  given: Arguments;
  /** Open documents that were saved a moment ago. */
  documents: readonly ContentsPath[];
}

/** Asks for a message where there is none; null when the user cancels. */
async function prepare(context: ICommandContext, target: ITarget, { given, documents }: IPrepare): Promise<IReady | null> {
  const { recursive = false } = given;
  if (given.message !== undefined) {
    const words = { message: given.message, recursive };
    // What was written a moment ago may not be in a summary that was read before: then the paths are taken as they are.
    const listedOnly = documents.length > 0 ? {} : { listed: target.paths };
    return given.listed === true
      ? {
          target: { ...target, paths: documents.length > 0 ? [...target.paths, ...documents] : [target.dataset] },
          words,
          ...listedOnly
        }
      : { target, words };
  }
  const summary = await summaryOf(context, target.dataset);
  const below = changesBelow(summary, target.paths);
  const changes = tickedChanges(below, []);
  const paths = changes.map(change => change.path);
  // What is listed is what is saved. JupyterLab's own copies are left out, so the files have to be named one by one.
  const listed = changes.length < below.length && changes.length > 0 ? { ...target, paths } : target;
  const words = await context.dialogs.save({
    datasetName: shownName(summary.dataset.name),
    changes,
    message: '',
    recursive,
    commandLine: typed => asShell(commandOf('save', inputOf(listed, { ...given, ...typed })))
  });
  const known = !summary.truncated && paths.length > 0;
  return words === null ? null : { target: listed, words, ...(known ? { listed: paths } : {}) };
}

async function start(context: ICommandContext, { target, words, listed }: IReady, given: Arguments): Promise<IOutcome> {
  const exact = listed === undefined ? target : await onlyListed(context, target, listed);
  return context.datalad.jobs.run('save', inputOf(exact, { ...given, ...words }));
}

/**
 * What was listed is what is saved: not what a program has written since, nor the copies that JupyterLab makes of documents. Where
 * nothing else has changed, the target stands for it: DataLad is quicker, and easier to read, without thousands of paths.
 */
async function onlyListed(context: ICommandContext, target: ITarget, listed: readonly ContentsPath[]): Promise<ITarget> {
  const summary = await summaryOf(context, target.dataset);
  const shown = new Set(listed);
  const now = changesBelow(summary, target.paths).map(({ path }) => path);
  const paths = now.filter(path => shown.has(path));
  if (paths.length === now.length && !summary.truncated) {
    return target;
  }
  return { ...target, paths: paths.length > 0 ? paths : [...listed] };
}

function changesBelow({ changes }: Summary, paths: readonly ContentsPath[]): ChangedFile[] {
  return changes.filter(change => paths.some(path => isWithin(change.path, path)));
}

function inputOf({ dataset, paths }: ITarget, options: Arguments & ISaveAnswer): ParsedJobInput<'save'> {
  const { message, recursive, toGit, amend, versionTag } = options;
  return {
    dataset,
    message,
    ...onlyGiven({ paths: everything(dataset, paths) ? undefined : paths, recursive, toGit, amend, versionTag })
  };
}

/** The dataset itself stands for all of its changes: then no path is named, as in a terminal. */
function everything(dataset: ContentsPath, paths: readonly ContentsPath[]): boolean {
  return paths.includes(dataset);
}
