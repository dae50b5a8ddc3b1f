import type { Container, ContainerCode } from '../../protocol/container';
import type { Listing } from '../../protocol/dataset';
import type { Execution, NotebookPlan } from '../../protocol/notebookRun';
import type { ContentsPath } from '../../protocol/paths';
import type { IRerunRange, Judged, RerunPlan, RerunStep, Verdict, VerifiedRun } from '../../protocol/rerun';
import type { CommitId } from '../../protocol/revision';
import type { RunPlan } from '../../protocol/runPlan';
import type { RunPart } from '../../protocol/runRequest';

/** The containers that a command can be run in. */
export interface IContainerChoice {
  readonly dataset: ContentsPath;
  readonly known: readonly Container[];
  /** The one that is chosen at first. */
  readonly first: string | null;
  /** What would be run to get a command into one. */
  read(this: void, container: string, signal: AbortSignal): Promise<ContainerCode>;
}

/** The files that can be ticked. */
export interface IFileChoice {
  readonly dataset: ContentsPath;
  /** What a folder holds. */
  list(this: void, folder: ContentsPath, signal: AbortSignal): Promise<Listing>;
}

/** A command to be recorded; inputs and outputs as they stand in its line. */
export interface IRunAnswer {
  command: string;
  message: string;
  inputs: readonly string[];
  outputs: readonly string[];
  /** Where it runs, relative to the dataset; empty: the dataset itself. */
  folder: string;
  /** Of these the record names the files, not the patterns. */
  expand?: RunPart | undefined;
  /** For these nothing is done beforehand. */
  assumeReady?: RunPart | undefined;
  /** Name of the container it runs in, and what stands for that as it was shown. */
  container?: { readonly name: string; readonly fingerprint: string } | undefined;
  /** Nothing but the outputs is saved. */
  explicit?: boolean | undefined;
  /** What becomes of changes that are not saved: `save` asks for their message next, `leave` makes the run explicit. */
  unsaved: 'save' | 'leave';
}
export interface IRunQuestion {
  readonly datasetName: string;
  readonly containers: IContainerChoice;
  readonly files: IFileChoice;
  /** Files with changes that are not saved. */
  readonly unsaved: number;
  readonly initial: IRunAnswer;
  /** The command this stands for, as one would type it. */
  commandLine(answer: IRunAnswer): string;
  /** What would be done for it at present. */
  plan(answer: IRunAnswer, signal: AbortSignal): Promise<RunPlan>;
}

export interface IRunNotebookQuestion {
  readonly notebookName: string;
  readonly plan: NotebookPlan;
  /** The notebook has changes that are not in the dataset. */
  readonly unsaved: boolean;
  /** It is made of the first cells of another notebook, and not written yet. */
  readonly step?: IStepQuestion;
  readonly initial: IRunNotebookAnswer;
  /** The command this stands for, as one would type it. */
  commandLine(answer: IRunNotebookAnswer): string;
}
export interface IStepQuestion {
  /** Names in the folder that it is written to. */
  readonly taken: readonly string[];
  /** One that is not. */
  readonly free: string;
  /** An earlier step of the notebook that may be written over, since all of it is saved; null where there is none. */
  readonly replaceable: string | null;
}
export interface IRunNotebookAnswer {
  message: string;
  /** Of a step that is to be written, in the folder of its notebook. */
  name?: string;
  /** It takes the place of an earlier one. */
  replace?: boolean;
  /** Patterns, relative to the dataset. */
  inputs: readonly string[];
  outputs: readonly string[];
  /** Of those that were changed, what was typed. */
  parameters: Readonly<Record<string, string>>;
}

/** What a cell shows in a notebook, and what it showed when a fresh kernel executed it. */
export interface IComparedCell {
  /** Of those that are executed, counted from 1. */
  readonly cell: number;
  /** Its first line. */
  readonly source: string;
  /** `not-run`: in the notebook it was not, so that there is nothing to compare. */
  readonly verdict: 'same' | 'other' | 'not-run';
  /** The beginning of what it shows, as text. */
  readonly live: string;
  readonly step: string;
}

/** How a step compares with the notebook that its cells are from. */
export interface IComparedStep {
  readonly notebookName: string;
  readonly cells: readonly IComparedCell[];
  /** The cell that failed in the step did not in the notebook. */
  readonly failedAnew: boolean;
}

export interface IExecutionQuestion {
  readonly notebookName: string;
  readonly execution: Execution;
  readonly step?: IComparedStep;
  readonly initial: IExecutionAnswer;
  /** The command this stands for, as one would type it. */
  commandLine(answer: IExecutionAnswer): string;
}
export interface IExecutionAnswer {
  message: string;
  inputs: readonly string[];
  outputs: readonly string[];
  /** Of one that failed: what is to become of what it wrote, or whether what it wanted is to be got, and all done again. */
  failed: 'keep' | 'discard' | 'again';
}

export interface IRerunQuestion {
  readonly datasetName: string;
  readonly plan: RerunPlan;
  /** Files with changes that are not saved. */
  readonly unsaved: number;
  /** In a throw-away clone: nothing changes in the dataset. */
  readonly verify: boolean;
  /** What one would type, line by line. */
  readonly commandLines: readonly string[];
  readonly choice: IRunsChoice;
}

/** Which runs are shown, and which could be instead. */
export interface IRunsChoice {
  readonly range: IRerunRange;
  /** The ways to begin that are offered; undefined: one run alone. */
  readonly beginnings: readonly IRerunRange['since'][];
  /** The commit whose run it is about; undefined: the last one. */
  readonly commit: CommitId | undefined;
  /** It was chosen a moment ago, in a dialog before: the focus goes back there. */
  readonly chosen: boolean;
  /** All runs from where these begin, the oldest first; none where one alone is shown. */
  readonly following: readonly Pick<RerunStep, 'commit' | 'title'>[];
}

/** The runs that were shown may begin, or others are to be shown. */
export type RerunAnswer = 'shown' | IRerunRange;

export interface IComparableFile {
  readonly name: string;
  readonly verdict: Verdict;
  /** It can be compared with what it was. */
  readonly canCompare: boolean;
}

/** How the files of repeated runs compare with what they were. */
export interface IVerdictsQuestion {
  readonly files: readonly IComparableFile[];
}

/** A file with its verdict. */
export interface IJudgedFile extends Judged {
  readonly name: string;
}

/** What became of runs that were verified. */
export interface IVerificationQuestion {
  readonly datasetName: string;
  readonly runs: readonly VerifiedRun[];
  readonly files: readonly IJudgedFile[];
  /** Where the report would be kept. */
  readonly file: ContentsPath;
  /** There is something at that place already. */
  readonly taken: boolean;
}
