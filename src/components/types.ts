import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { NewRule } from '../protocol/attributeRule';
import type { ChangedFile, HiddenListing } from '../protocol/dataset';
import type { Destination } from '../protocol/destination';
import type { Copies } from '../protocol/inspect';
import type { Job, JobReport } from '../protocol/job';
import type { Messages } from '../protocol/messages';
import type { ContentsPath } from '../protocol/paths';
import type { CommitId } from '../protocol/revision';
import type { KeptDiscard, UndoPlan } from '../protocol/undo';

/** The sections of the panel, in their order. */
export const SECTIONS = ['changes', 'data', 'history', 'commands'] as const;
export type SectionName = (typeof SECTIONS)[number];

/** How the next save is made, beside its message. */
export interface ISaveOptions {
  readonly recursive: boolean;
  readonly toGit: boolean;
  readonly amend: boolean;
  /** Empty for none. */
  readonly versionTag: string;
}

/** What the panel remembers of one dataset. */
export interface IMemory {
  /** Open sections, the one opened last at the end. */
  readonly open: readonly SectionName[];
  /** The message of a save that has not been made yet. */
  readonly message: string;
  /** Changes whose tick the user has changed: all are ticked at first but JupyterLab's own copies. */
  readonly flipped: readonly ContentsPath[];
  readonly options: ISaveOptions;
}

export const FRESH_MEMORY: IMemory = {
  open: ['changes'],
  message: '',
  flipped: [],
  options: { recursive: false, toGit: false, amend: false, versionTag: '' }
};

/** A place that has some of the files asked about. */
export interface IPlace {
  readonly name: string;
  readonly files: number;
}

/** A commit, and the one before it; null where there is none in this clone. */
export interface ICommitSides {
  readonly commit: CommitId;
  readonly parent: CommitId | null;
}

/** Everything a component can set in motion; none of these rejects. */
export interface IPanelActions {
  /** Executes a JupyterLab command; resolves with whether it ended well. */
  execute(command: string, args?: ReadonlyPartialJSONObject): Promise<boolean>;
  /** Whether there is such a command: another part of this extension, or of JupyterLab, may be switched off. */
  has(command: string): boolean;
  /** Shows a folder in the file browser. */
  openFolder(folder: ContentsPath): void;
  openMenu(anchor: HTMLElement): void;
  pin(dataset: ContentsPath | null): void;
  refresh(): void;
  /** Stops a job; dismisses one that was interrupted. */
  cancel(job: string): void;
  answer(job: string, prompt: string, value: string | null): void;
  /** A job with its records and output, or null where the server no longer knows it. */
  report(job: string): Promise<JobReport | null>;
  /** Whether the server still knows what a notebook that this job executed read and wrote, and nobody has recorded it. */
  isKnown(execution: string): Promise<boolean>;
  /** What the branch hides of a folder, or null where that cannot be told. */
  hidden(folder: ContentsPath): Promise<HiddenListing | null>;
  /** Where a save would put changed files, or null where that cannot be told. */
  destinations(dataset: ContentsPath, paths: readonly ContentsPath[]): Promise<Destination[] | null>;
  /** The unsaved changes of a subdataset, or null where they cannot be read. */
  changesIn(subdataset: ContentsPath): Promise<readonly ChangedFile[] | null>;
  /** Where content is known to be, the place with most files first, or null where that cannot be told. */
  places(dataset: ContentsPath, paths: readonly ContentsPath[]): Promise<readonly IPlace[] | null>;
  /** The messages of the last saves, or null where they cannot be read. */
  messages(dataset: ContentsPath): Promise<Messages | null>;
  /** Writes rules on what goes into Git or the annex into `.gitattributes`. */
  addRules(dataset: ContentsPath, rules: readonly NewRule[]): void;
  /** Asks in a dialog of its own, then drops what the job was refused for. */
  dropLastCopies(job: string, dataset: ContentsPath, paths: readonly ContentsPath[]): void;
  /** Does again what was interrupted; what it left half-made is cleared away first. */
  resume(job: Job): void;
  /** Checks the files that an interrupted job touched; it is settled when they are right. */
  repair(job: Job): void;
  /** Shows the locks of a dataset and asks whether those that nobody holds shall be removed; resolves with whether none is left. */
  removeLock(dataset: ContentsPath): Promise<boolean>;
  /** Hides a failure above the sections; it stays in the list of commands. */
  dismiss(job: string): void;
  /** What can be done with one change of a dataset, in a menu beside an element. */
  openChangeMenu(file: ChangedFile, dataset: ContentsPath, anchor: HTMLElement): void;
  /** What a dataset, or a file or folder of it, can be compared with as it was in a commit, in a menu beside an element. */
  openCommitMenu(place: { dataset: ContentsPath; path?: ContentsPath }, sides: ICommitSides, anchor: HTMLElement): void;
  /** What an undo would undo in a dataset; null where nothing can be undone. */
  undoable(dataset: ContentsPath): Promise<UndoPlan | null>;
  /** What was discarded in a dataset and is kept. */
  discarded(dataset: ContentsPath): Promise<readonly KeptDiscard[]>;
  /** Asks, then removes what a discard keeps for good. */
  removeDiscard(kept: KeptDiscard): void;
  /** Where the content below some paths is, or null where that cannot be told. */
  copies(dataset: ContentsPath, paths: readonly ContentsPath[]): Promise<Copies | null>;
  copy(text: string): void;
  clearJobs(): void;
}
