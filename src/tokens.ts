import { Token } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import type { Branches } from './protocol/branches';
import type { CallInput, CallName, CallOutput, JobInput, JobName } from './protocol/contract';
import type { Listing, Row, Summary, Totals } from './protocol/dataset';
import type { Failure } from './protocol/failure';
import type { Health } from './protocol/health';
import type { Commit, CommitDetails, HistorySearch } from './protocol/history';
import type { Copies, Inspected, Origin } from './protocol/inspect';
import type { Answer, Job, JobReport, ServerEvent } from './protocol/job';
import type { ContentsPath } from './protocol/paths';
import type { Result } from './protocol/result';
import type { CommitId } from './protocol/revision';

/** What every command resolves with. */
export interface IOutcome {
  status: 'ok' | 'error' | 'cancelled';
  /** Ids of the jobs that were started. */
  jobs: string[];
  results: Result[];
  failure?: Failure;
}

/** The typed way to the server; every method rejects with a `FailureError`. */
export interface IDataladClient {
  call<N extends CallName>(name: N, input: CallInput<N>, signal?: AbortSignal): Promise<CallOutput<N>>;
  /** Starts a job and answers its id. */
  start<N extends JobName>(name: N, input: JobInput<N>): Promise<string>;
  list(): Promise<Job[]>;
  report(id: string): Promise<JobReport>;
  cancel(id: string): Promise<void>;
  answer(id: string, answer: Answer): Promise<void>;
  /** The one event stream of this tab: open while the tab is visible and someone {@link listen}s. */
  readonly events: ISignal<IDataladClient, ServerEvent>;
  /** Keeps the event stream open until disposed; a view that shows jobs or a dataset holds one. */
  listen(): IDisposable;
}

/** All jobs of the server, newest first. */
export interface IJobsModel {
  readonly jobs: readonly Job[];
  readonly changed: ISignal<IJobsModel, void>;
  /** A job has ended: told once per job that was seen running. */
  readonly ended: ISignal<IJobsModel, Job>;
  /** Starts a job and resolves when it has ended; never rejects for expected failures. */
  run<N extends JobName>(name: N, input: JobInput<N>): Promise<IOutcome>;
  cancel(id: string): Promise<void>;
  answer(id: string, answer: Answer): Promise<void>;
  report(id: string): Promise<JobReport>;
  /**
   * Asked when a job was refused because a dataset is not trusted: whether it is now, so that the job can be tried again. The commands
   * set it.
   */
  onUntrusted?: (failure: Failure) => Promise<boolean>;
  /** Forgets ended jobs in this tab's list. */
  clear(): void;
}

/** Bytes of a file that a job gets. */
export interface IFileProgress {
  readonly bytes: number;
  readonly totalBytes?: number;
}

export type RowState = 'pending' | 'ready' | 'untrusted' | 'error';

/** What is known of the folders that are shown somewhere. */
export interface IRowsModel {
  /** The row of a path, as last read. */
  get(path: ContentsPath): Row | undefined;
  /** Null outside datasets; `untrusted` is a row that is as well known as a `ready` one, of a dataset that may only be looked at. */
  state(path: ContentsPath): RowState | null;
  /** The listing of a folder as last read. */
  listing(folder: ContentsPath): Listing | undefined;
  /** Reads a folder and keeps it fresh until disposed: for every view of a folder. */
  show(folder: ContentsPath): IDisposable;
  /** How far a running job is with this file. */
  progress(path: ContentsPath): IFileProgress | undefined;
  /** Reads a folder again; calls for one folder collapse into one running and one waiting. */
  refresh(folder: ContentsPath): Promise<void>;
  /** A folder's rows have changed. */
  readonly changed: ISignal<IRowsModel, ContentsPath>;
  /** The progress of a file has changed, or has come to its end. */
  readonly progressed: ISignal<IRowsModel, ContentsPath>;
}

/** State of the dataset the panel shows: an immutable snapshot. */
export interface ICurrentState {
  /** The folder the file browser shows, or the pinned dataset. */
  readonly folder: ContentsPath;
  readonly pinned: boolean;
  /** `loading` only before the first answer for this folder; `silent`: no file system behind the contents. */
  readonly phase: 'loading' | 'none' | 'dataset' | 'failed' | 'silent';
  readonly summary: Summary | null;
  readonly totals: Totals | null;
  readonly health: Health | null;
  readonly failure: Failure | null;
}

/** The dataset in view: follows the file browser unless pinned. */
export interface ICurrentModel {
  readonly state: ICurrentState;
  readonly changed: ISignal<ICurrentModel, void>;
  /** Holds this dataset while the browser moves on; null follows again. */
  pin(dataset: ContentsPath | null): void;
  refresh(): Promise<void>;
}

/** What a history is shown of. */
export interface IHistoryRequest {
  readonly dataset: ContentsPath;
  /** A file, also under its earlier names, or a folder. */
  readonly path?: ContentsPath;
  /** A commit whose details are shown. */
  readonly commit?: CommitId;
}

/** State of a history: an immutable snapshot. */
export interface IHistoryState {
  readonly dataset: ContentsPath | null;
  /** The file or folder it is the history of; null: of the whole dataset. */
  readonly path: ContentsPath | null;
  readonly search: HistorySearch;
  readonly branch: string | null;
  /** What has been loaded, the newest first. */
  readonly commits: readonly Commit[];
  /** Ids of those that touch a subdataset, as far as was looked. */
  readonly subdatasets: ReadonlySet<string>;
  readonly phase: 'loading' | 'ready' | 'failed';
  /** There are more to load. */
  readonly more: boolean;
  /** Why nothing, or nothing more, could be read. */
  readonly failure: Failure | null;
  readonly selected: CommitId | null;
  /** Of the selected commit, once they are read. */
  readonly details: CommitDetails | null;
  /** Branches and tags are shown in place of the commits. */
  readonly branchesShown: boolean;
  /** Once they are read. */
  readonly branches: Branches | null;
}

/** The history of the dataset in view. */
export interface IHistoryModel {
  readonly state: IHistoryState;
  readonly changed: ISignal<IHistoryModel, void>;
  /** Something was {@link open}ed and wants to be seen. */
  readonly asked: ISignal<IHistoryModel, void>;
  /** Reads the history of a dataset and follows what is committed until disposed: for a view. */
  hold(dataset: ContentsPath): IDisposable;
  open(request: IHistoryRequest): void;
  setPath(path: ContentsPath | null): void;
  setSearch(search: HistorySearch): void;
  /** Loads the next page. */
  more(): Promise<void>;
  /** Shows branches and tags of a dataset, and wants them to be seen. */
  openBranches(dataset: ContentsPath): void;
  /** Shows branches and tags in place of the commits, or no more. */
  showBranches(shown: boolean): void;
  /** Shows the details of a commit, against its first parent unless another one is named; null shows the list. */
  select(commit: CommitId | null, parent?: CommitId): void;
}

/** What is to be looked at closely: one file, or several paths of which only the copies are told. */
export interface IInspectRequest {
  readonly dataset: ContentsPath;
  readonly paths: readonly ContentsPath[];
}

/** State of the inspector: an immutable snapshot. */
export interface IInspectorState {
  /** Null while it is closed. */
  readonly request: IInspectRequest | null;
  /** Of one path, once it is read. */
  readonly details: Inspected | null;
  /** Of folders, datasets and several paths. */
  readonly copies: Copies | null;
  readonly origin: Origin | null;
  /** Why that cannot be told. */
  readonly originFailure: Failure | null;
  readonly failure: Failure | null;
  readonly verifying: boolean;
  /** How the last comparison with a checksum ended; no failure: it matches. */
  readonly verified: { readonly key: string; readonly failure: Failure | null } | null;
}

/** Looks closely at one file, or at the copies of several. */
export interface IInspectorModel {
  readonly state: IInspectorState;
  readonly changed: ISignal<IInspectorModel, void>;
  /** Something was {@link open}ed and wants to be seen. */
  readonly asked: ISignal<IInspectorModel, void>;
  open(request: IInspectRequest): void;
  close(): void;
  /** Compares the content with the checksum in its key. */
  verify(): Promise<void>;
}

export interface IDatalad {
  readonly client: IDataladClient;
  readonly jobs: IJobsModel;
  readonly rows: IRowsModel;
  readonly current: ICurrentModel;
  readonly history: IHistoryModel;
  readonly inspector: IInspectorModel;
}

export const IDatalad = new Token<IDatalad>(
  'jupyterlab-datalad:IDatalad',
  'The DataLad models of this application: the client of the server, jobs, rows of folders and the dataset in view.'
);

/** Ids of all commands. */
export const CommandIDs = {
  status: 'datalad:status',
  get: 'datalad:get',
  drop: 'datalad:drop',
  save: 'datalad:save',
  clone: 'datalad:clone',
  create: 'datalad:create',
  /** Runs a command and records what it changes. */
  run: 'datalad:run',
  /** Saves what a run that failed has changed. */
  saveRun: 'datalad:save-run',
  /** Repeats recorded runs, after a look at their records. */
  rerun: 'datalad:rerun',
  /** Shows once more what became of the files of repeated or verified runs. */
  verdicts: 'datalad:verdicts',
  /** Executes a notebook and records it. */
  runNotebook: 'datalad:run-notebook',
  /** Shows once more what a notebook read and wrote that was executed, to be recorded. */
  recordExecution: 'datalad:record-execution',
  /** Makes a notebook of its own of the cells up to the selected ones, executes and records it. */
  recordSelection: 'datalad:record-selection',
  /** Whether files that a notebook names are got whenever it is opened. */
  getOnOpen: 'datalad:get-on-open',
  /** Runs a procedure on a dataset. */
  runProcedure: 'datalad:run-procedure',
  /** Downloads what is at an address, and saves it with its source. */
  downloadUrl: 'datalad:download-url',
  /** Downloads what the rows of a table name, and saves it with its sources. */
  addUrls: 'datalad:addurls',
  /** Notes an address as a source of a file. */
  addSource: 'datalad:add-source',
  /** Takes one back. */
  removeSource: 'datalad:remove-source',
  /** Writes what is saved in a dataset into an archive. */
  exportArchive: 'datalad:export-archive',
  /** Unpacks an archive, which is then where its files come from. */
  addArchiveContent: 'datalad:add-archive-content',
  unlock: 'datalad:unlock',
  lock: 'datalad:lock',
  diff: 'datalad:diff',
  /** Shows a file as it was in a commit. */
  openVersion: 'datalad:open-version',
  history: 'datalad:history',
  /** Shows who changed each line of a text. */
  blame: 'datalad:blame',
  inspect: 'datalad:inspect',
  provenance: 'datalad:provenance',
  /** Brings files back as they were in a commit. */
  restore: 'datalad:restore',
  /** Takes datasets, folders and files away, after DataLad's checks. */
  remove: 'datalad:remove',
  copyFile: 'datalad:copy-file',
  /** Without a branch: shows all of them. */
  switchBranch: 'datalad:switch-branch',
  createBranch: 'datalad:create-branch',
  renameBranch: 'datalad:rename-branch',
  deleteBranch: 'datalad:delete-branch',
  mergeBranch: 'datalad:merge-branch',
  /** Settles files that are in conflict. */
  resolve: 'datalad:resolve',
  /** Ends a merge or a rebase that is not finished. */
  conclude: 'datalad:conclude',
  createTag: 'datalad:create-tag',
  deleteTag: 'datalad:delete-tag',
  discard: 'datalad:discard',
  undo: 'datalad:undo',
  /** A quick check of what is here; mends what is noted about it. */
  fsck: 'datalad:fsck',
  /** The rules in `.gitattributes`. */
  rules: 'datalad:rules',
  /** What is wrong in a dataset, or may once be. */
  checkUp: 'datalad:check-up',
  /** The containers that are registered in a dataset. */
  containers: 'datalad:containers',
  containersAdd: 'datalad:containers-add',
  containersRemove: 'datalad:containers-remove',
  /** Removes what broken transfers have left. */
  clean: 'datalad:clean',
  cancel: 'datalad:cancel',
  /** The example dataset of the empty state. */
  createExample: 'datalad:create-example',
  /** Shows what the settings of a dataset would run, and asks whether it may. */
  trust: 'datalad:trust',
  /** Takes that back. */
  untrust: 'datalad:untrust',
  /** Asks for name and e-mail of commits. */
  identity: 'datalad:set-identity',
  /** What is set for a dataset. */
  configure: 'datalad:configure',
  /** With what DataLad works here, and what is wrong with it. */
  diagnostics: 'datalad:diagnostics',
  /** What a command says of itself. */
  help: 'datalad:help',
  copyCommand: 'datalad:copy-command',
  showPanel: 'datalad:show-panel',
  refresh: 'datalad:refresh',
  pin: 'datalad:pin'
} as const;

/** Id of the side panel. */
export const PANEL_ID = 'datalad-panel';
export const TRANSLATION_DOMAIN = 'jupyterlab_datalad';
