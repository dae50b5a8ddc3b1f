import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { HiddenListing } from '../protocol/dataset';
import type { Job, JobReport } from '../protocol/job';
import type { ContentsPath } from '../protocol/paths';

/** The sections of the panel, in their order. */
export const SECTIONS = ['changes', 'data', 'history', 'commands'] as const;
export type SectionName = (typeof SECTIONS)[number];

/** How the next save is made, beside its message. */
export interface ISaveOptions {
  readonly recursive: boolean;
  readonly toGit: boolean;
  readonly amend: boolean;
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
  options: { recursive: false, toGit: false, amend: false }
};

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
  /** What the branch hides of a folder, or null where that cannot be told. */
  hidden(folder: ContentsPath): Promise<HiddenListing | null>;
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
  copy(text: string): void;
  clearJobs(): void;
}
