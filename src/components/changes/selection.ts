import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { ParsedJobInput } from '../../protocol/contract';
import { isCheckpoint } from '../../protocol/checkpoints';
import type { ChangedFile, Summary } from '../../protocol/dataset';
import { type ContentsPath, MAX_PATHS } from '../../protocol/paths';
import type { IMemory } from '../types';

/** JupyterLab's own copies of open files are nothing to keep. */
function isTickedAtFirst({ name, change }: ChangedFile): boolean {
  return change !== 'new' || !isCheckpoint(name);
}

/** The changes that are ticked; `flipped` are those whose tick the user has changed. */
export function tickedChanges(changes: readonly ChangedFile[], flipped: readonly ContentsPath[]): ChangedFile[] {
  const other = new Set(flipped);
  return changes.filter(change => isTickedAtFirst(change) !== other.has(change.path));
}

/** `flipped` after some changes were ticked or unticked; keeps what is not listed at this moment. */
export function withTicks(flipped: readonly ContentsPath[], changes: readonly ChangedFile[], ticked: boolean): ContentsPath[] {
  const next = new Set(flipped);
  for (const change of changes) {
    if (ticked === isTickedAtFirst(change)) {
      next.delete(change.path);
    } else {
      next.add(change.path);
    }
  }
  return [...next];
}

/** Subdatasets with changes of their own: only a recursive save reaches those. */
export function dirtySubdatasets(changes: readonly ChangedFile[]): ChangedFile[] {
  return changes.filter(({ inside }) => inside === true);
}

/** What a save of the ticked changes asks for. Everything ticked means everything, also what was not listed. */
export function saveInput(summary: Summary, { flipped, message, options }: IMemory): ParsedJobInput<'save'> {
  const ticked = tickedChanges(summary.changes, flipped);
  const all = ticked.length === summary.changes.length;
  const { versionTag, ...rest } = options;
  const flags = Object.fromEntries(Object.entries(rest).filter(([, on]) => on));
  const tag = versionTag.trim();
  return {
    dataset: summary.dataset.path,
    ...(all ? {} : { paths: ticked.map(change => change.path) }),
    message: message.trim(),
    ...flags,
    ...(tag === '' ? {} : { versionTag: tag })
  };
}

/** Whether git takes a name for a tag: as `git check-ref-format` says, in short. */
export function isTag(name: string): boolean {
  return !/^[-./]|[\s~^:?*[\\\p{Cc}]|\.\.|@\{|\/[/.]|\.lock(?:\/|$)|[./]$|^@$/u.test(name);
}

/** The same as arguments of the save command, whose paths would else be those of the file browser. */
export function saveArguments(summary: Summary, memory: IMemory): ReadonlyPartialJSONObject {
  const input = saveInput(summary, memory);
  // A list that was cut off stands for everything.
  const isCut = summary.truncated || summary.changes.length > MAX_PATHS;
  if (input.paths === undefined && isCut) {
    return { ...input, paths: [input.dataset] };
  }
  // Named one by one, so that nothing is saved that was not shown.
  const paths = input.paths ?? summary.changes.map(({ path }) => path);
  const named = new Set(paths);
  const leavesNothing = summary.changes.every(change => named.has(change.path) || !isTickedAtFirst(change));
  return { ...input, paths, ...(leavesNothing && !isCut ? { listed: true } : {}) };
}
