import type { ArchiveFormat, ArchivePlan, MissingContent } from '../../protocol/archive';
import type { CallOutput, JobInput } from '../../protocol/contract';
import type { Amount, ChangedFile } from '../../protocol/dataset';
import type { Failure } from '../../protocol/failure';
import type { HelpSubject } from '../../protocol/help';
import type { ContentsPath } from '../../protocol/paths';
import type { CommitId } from '../../protocol/revision';
import type { Result } from '../../protocol/result';
import type { Procedure, ProcedureScript, RunnableProcedure } from '../../protocol/procedure';
import type { Runtime } from '../../protocol/runtime';
import type { TrustQuestion } from '../../protocol/trust';
import type { DiscardPlan, KeptDiscard, PartsPlan, UndoPlan } from '../../protocol/undo';
import type { UrlTablePlan } from '../../protocol/urlTable';
import type {
  IRunAnswer,
  IRunQuestion,
  IRunNotebookQuestion,
  IRunNotebookAnswer,
  IExecutionQuestion,
  IExecutionAnswer,
  IRerunQuestion,
  RerunAnswer,
  IVerdictsQuestion,
  IVerificationQuestion
} from './runQuestions';

export type GetPlan = CallOutput<'planGet'>;
export type DropPlan = CallOutput<'planDrop'>;

export interface IGetQuestion {
  /** The command this stands for, as one would type it. */
  commandLine(answer: IGetAnswer): string;
  /** What is got, in words: a name, or "3 items". */
  readonly title: string;
  /** Plan without and with the subdatasets that are installed below. */
  readonly plan: GetPlan;
  readonly recursivePlan: GetPlan | null;
  readonly recursive: boolean;
}
export interface IGetAnswer {
  recursive: boolean;
  /** Install subdatasets without their content. */
  noData: boolean;
}

export interface IDropQuestion {
  /** The command this stands for, as one would type it. */
  commandLine(answer: IDropAnswer): string;
  readonly title: string;
  readonly dataset: ContentsPath;
  readonly plan: DropPlan;
  readonly recursivePlan: DropPlan | null;
  readonly recursive: boolean;
}
export interface IDropAnswer {
  recursive: boolean;
}

export interface ISaveQuestion {
  /** The command this stands for, as one would type it. */
  commandLine(answer: ISaveAnswer): string;
  readonly datasetName: string;
  readonly changes: readonly ChangedFile[];
  readonly message: string;
  readonly recursive: boolean;
}
export interface ISaveAnswer {
  message: string;
  recursive: boolean;
}

/** `around`: the dataset the new one may be registered in; `folder`: where it is made. */
export interface IPlaceQuestion {
  readonly folder: ContentsPath;
  readonly around: ContentsPath | null;
}
export interface ICloneQuestion extends IPlaceQuestion {
  readonly source: string;
  /** Of the folder that is made in `folder`; null: named after the source. */
  readonly name: string | null;
}
export interface ICloneAnswer {
  source: string;
  path: ContentsPath;
  asSubdataset?: ContentsPath;
}
export interface ICreateQuestion extends IPlaceQuestion {
  /** The folder itself is meant, not a new one in it. */
  readonly here?: boolean;
  /** Ways to set the dataset up. */
  readonly procedures: readonly Procedure[];
}
export interface ICreateAnswer {
  path: ContentsPath;
  procedures: string[];
  description: string;
  asSubdataset?: ContentsPath;
  /** The folder is there already, perhaps with files in it. */
  force?: boolean;
}

export interface IIdentityQuestion {
  readonly name: string;
  readonly email: string;
  readonly dataset: ContentsPath | null;
  /** It is set for one dataset, and that is no question. */
  readonly here?: true;
}
export interface IIdentityAnswer {
  name: string;
  email: string;
  /** For this dataset alone, not for everything this user commits. */
  onlyHere: boolean;
}

export interface IDiscardQuestion {
  readonly title: string;
  /** One for each dataset. */
  readonly plans: readonly DiscardPlan[];
  /** The commands this stands for, as one would type them. */
  readonly commandLines: readonly string[];
}

export interface IPartsQuestion {
  readonly plan: PartsPlan;
  /** The command this stands for, as one would type it. */
  readonly commandLine: string;
}

export interface IUndoQuestion {
  readonly plan: UndoPlan;
  /** The command this stands for, as one would type it; empty where there is none. */
  readonly commandLine: string;
}

/** What was pointed at in a commit; the answer is that, or a folder around it. */
export interface IRestoreQuestion {
  readonly dataset: ContentsPath;
  /** As it was called then. */
  readonly path: ContentsPath;
  readonly isFolder: boolean;
  readonly commit: CommitId;
  /** The command this stands for, as one would type it. */
  commandLine(path: ContentsPath): string;
}

export interface IRemoveQuestion {
  /** One for each dataset that goes, or that something is taken out of. */
  readonly removals: readonly { readonly dataset: ContentsPath; readonly paths: readonly ContentsPath[] }[];
  /** Datasets go, with history and content; else only files do, whose earlier versions stay. */
  readonly withDatasets: boolean;
  /** Annexed content that goes with it; null where that is not known. */
  readonly here: Amount | null;
  readonly commandLines: readonly string[];
}

export interface IRefusedRemovalQuestion {
  readonly removal: { readonly dataset: ContentsPath; readonly paths: readonly ContentsPath[] };
  readonly failure: Failure;
  /** Annexed content that is still here; null where that is not known. */
  readonly here: Amount | null;
  /** What DataLad said of each thing that nobody else has. */
  readonly lost: readonly Result[];
}

export interface ICopyToQuestion {
  readonly title: string;
  /** Where the answer begins. */
  readonly folder: ContentsPath;
  /** The line for a target; fails where nothing can be copied to it. */
  commandLine(to: ContentsPath): Promise<string>;
}

export interface IChooseProcedureQuestion {
  readonly datasetName: string;
  readonly procedures: readonly RunnableProcedure[];
}

export interface IRunProcedureQuestion {
  readonly datasetName: string;
  readonly script: ProcedureScript;
  /** Files with changes that are not saved. */
  readonly unsaved: number;
  /** The command this stands for, as one would type it. */
  readonly commandLine: string;
}

export interface IExportQuestion {
  readonly dataset: ContentsPath;
  readonly datasetName: string;
  /** Content that is not here. */
  readonly absent: Amount;
  /** Files with changes that are not saved. */
  readonly unsaved: number;
  /** There are subdatasets, which do not come along. */
  readonly subdatasets: boolean;
  readonly initial: IExportAnswer;
  /** The command this stands for, as one would type it. */
  commandLine(answer: IExportAnswer): string;
}
export interface IExportAnswer {
  /** The folder, and the file's name without its ending. */
  to: ContentsPath;
  name: string;
  format: ArchiveFormat;
  missing?: MissingContent | undefined;
}

export interface IDownloadQuestion {
  /** The dataset that the file comes into. */
  readonly dataset: ContentsPath;
  /** `name`: null follows the address. */
  readonly initial: Omit<IDownloadAnswer, 'file'> & { readonly folder: ContentsPath; readonly name: string | null };
  /** The commands this stands for, as one would type them. */
  commandLine(answer: IDownloadAnswer): string;
}
export interface IDownloadAnswer {
  url: string;
  file: ContentsPath;
  message: string;
  overwrite: boolean;
  /** Only download: nothing is saved, and no source is noted. */
  noSave: boolean;
  /** Unpack it afterwards. */
  archive: boolean;
}

/** A table, and how addresses and file names are made of its columns; null: as these suggest. */
export interface IUrlTable {
  table: ContentsPath;
  urlFormat: string | null;
  fileFormat: string | null;
  /** Rows whose file is there. */
  skip: boolean;
}
export interface IAddUrlsQuestion {
  readonly datasetName: string;
  readonly initial: Omit<IUrlTable, 'table'> & { readonly table: string; readonly message: string };
  /** What would be downloaded by a table at present. */
  plan(this: void, table: IUrlTable, signal: AbortSignal): Promise<UrlTablePlan>;
  /** The command this stands for, as one would type it. */
  commandLine(this: void, answer: IAddUrlsAnswer): string;
}
export interface IAddUrlsAnswer extends IUrlTable {
  urlFormat: string;
  fileFormat: string;
  message: string;
}

export interface ISourceQuestion {
  readonly fileName: string;
  /** Of the content; undefined where that is not known. */
  readonly bytes: number | undefined;
  readonly initial: ISourceAnswer;
  /** The command this stands for, as one would type it. */
  commandLine(answer: ISourceAnswer): string;
}
export interface ISourceAnswer {
  url: string;
  /** Compare sizes alone. */
  sizeOnly: boolean;
}

export interface IUnpackQuestion {
  readonly archiveName: string;
  /** Null where that takes too long to tell. */
  readonly plan: ArchivePlan | null;
  readonly initial: IUnpackAnswer;
  /** The command this stands for, as one would type it. */
  commandLine(answer: IUnpackAnswer): string;
}
export interface IUnpackAnswer {
  ownFolder: boolean;
  strip: boolean;
  overwrite: boolean;
  remove: boolean;
}

export interface IAddContainerQuestion {
  readonly datasetName: string;
  /** Names that are taken. */
  readonly taken: readonly string[];
  /** One that is there is changed: what is left empty stays. */
  readonly update: boolean;
  readonly initial: Partial<IAddContainerAnswer>;
  /** Tries the runtimes of this machine; the same function for as long as the question stands. */
  readRuntimes(this: void, signal: AbortSignal): Promise<readonly Runtime[]>;
  /** The command this stands for, as one would type it. */
  commandLine(answer: IAddContainerAnswer): string;
}
export type IAddContainerAnswer = Omit<JobInput<'containersAdd'>, 'dataset'>;

export interface IRemoveContainerQuestion {
  readonly name: string;
  readonly datasetName: string;
  readonly removeImage: boolean;
  /** The command this stands for, as one would type it. */
  commandLine(removeImage: boolean): string;
}
export interface IRemoveContainerAnswer {
  removeImage: boolean;
}

/** A name for a branch or tag. */
export interface INameQuestion {
  readonly title: string;
  /** What is named, in words; nothing where the title says it. */
  readonly about?: string;
  readonly accept: string;
  readonly name: string;
  /** The choice whether to check the new branch out. */
  readonly mayStay?: true;
  /** A message beside the name. */
  readonly withMessage?: true;
  /** The command this stands for, as one would type it. */
  commandLine(answer: INameAnswer): string;
}
export interface INameAnswer {
  name: string;
  stay: boolean;
  message: string;
}

/** A plain question on work that takes something away, or that a click cannot take back. */
export interface IConfirmQuestion {
  readonly title: string;
  /** On the button. */
  readonly accept: string;
  /** What will be done, a paragraph each. */
  readonly text: readonly string[];
  /** What it is about: names or commits. */
  readonly names?: readonly string[];
  /** How many there are, where not all are named. */
  readonly total?: number;
  /** The command this stands for, as one would type it; empty where there is none. */
  readonly commandLine: string;
}

/** Nothing is asked: somebody reads. */
export interface IHelpQuestion {
  /** The command that is shown at first; null: one is chosen. */
  readonly subject: HelpSubject | null;
}

/** The questions of this extension; each resolves with null when the user cancels. */
export interface IDialogs {
  get(question: IGetQuestion): Promise<IGetAnswer | null>;
  drop(question: IDropQuestion): Promise<IDropAnswer | null>;
  save(question: ISaveQuestion): Promise<ISaveAnswer | null>;
  clone(question: ICloneQuestion): Promise<ICloneAnswer | null>;
  create(question: ICreateQuestion): Promise<ICreateAnswer | null>;
  identity(question: IIdentityQuestion): Promise<IIdentityAnswer | null>;
  discard(question: IDiscardQuestion): Promise<true | null>;
  /** Numbers of the parts that shall be discarded. */
  discardParts(question: IPartsQuestion): Promise<readonly number[] | null>;
  undo(question: IUndoQuestion): Promise<true | null>;
  restore(question: IRestoreQuestion): Promise<ContentsPath | null>;
  remove(question: IRemoveQuestion): Promise<true | null>;
  /** Whether what a removal was refused for shall be lost. */
  removeRefused(question: IRefusedRemovalQuestion): Promise<true | null>;
  copyTo(question: ICopyToQuestion): Promise<ContentsPath | null>;
  run(question: IRunQuestion): Promise<IRunAnswer | null>;
  /** Whether just these runs may be repeated. */
  rerun(question: IRerunQuestion): Promise<RerunAnswer | null>;
  /** The name of a file that shall be compared with what it was; null: none. */
  verdicts(question: IVerdictsQuestion): Promise<string | null>;
  /** Where the report of a verification shall be kept; null: nowhere. */
  verification(question: IVerificationQuestion): Promise<ContentsPath | null>;
  /** The name of a procedure. */
  chooseProcedure(question: IChooseProcedureQuestion): Promise<string | null>;
  /** Whether just this script may run. */
  runProcedure(question: IRunProcedureQuestion): Promise<true | null>;
  runNotebook(question: IRunNotebookQuestion): Promise<IRunNotebookAnswer | null>;
  /** What of an execution shall be recorded. */
  execution(question: IExecutionQuestion): Promise<IExecutionAnswer | null>;
  exportArchive(question: IExportQuestion): Promise<IExportAnswer | null>;
  addContainer(question: IAddContainerQuestion): Promise<IAddContainerAnswer | null>;
  removeContainer(question: IRemoveContainerQuestion): Promise<IRemoveContainerAnswer | null>;
  download(question: IDownloadQuestion): Promise<IDownloadAnswer | null>;
  addUrls(question: IAddUrlsQuestion): Promise<IAddUrlsAnswer | null>;
  source(question: ISourceQuestion): Promise<ISourceAnswer | null>;
  unpack(question: IUnpackQuestion): Promise<IUnpackAnswer | null>;
  /** Whether what a discard keeps shall be removed for good. */
  removeDiscard(question: KeptDiscard): Promise<true | null>;
  name(question: INameQuestion): Promise<INameAnswer | null>;
  confirm(question: IConfirmQuestion): Promise<true | null>;
  help(question: IHelpQuestion): Promise<null>;
  /** Ids of what shall be trusted. */
  trust(question: TrustQuestion): Promise<readonly string[] | null>;
}
