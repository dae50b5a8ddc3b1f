import type { INotebookContent } from '@jupyterlab/nbformat';
import type * as v from 'valibot';
import type { IDialogs } from '../../components/dialogs/dialogs';
import type { CallOutput, calls } from '../../protocol/contract';
import type { Row } from '../../protocol/dataset';
import type { Failure } from '../../protocol/failure';
import type { Holding } from '../../protocol/holding';
import type { Job } from '../../protocol/job';
import type { TrustItem } from '../../protocol/trust';
import type { IOutcome } from '../../tokens';

/** Datasets by path, each with the rows of its folders. */
export interface IWorld {
  /** Paths of datasets; nesting follows from the paths. */
  datasets?: string[];
  rows?: v.InferInput<typeof Row>[];
  selected?: string[];
  folder?: string;
  /** False: the rows of the folder have not been read yet. */
  shown?: boolean;
  plan?: Partial<v.InferInput<(typeof calls)['planGet']['output']>>;
  dropPlan?: Partial<v.InferInput<(typeof calls)['planDrop']['output']>>;
  identity?: Partial<CallOutput<'identity'>>;
  answers?: Partial<{ [D in keyof IDialogs]: Awaited<ReturnType<IDialogs[D]>> }>;
  outcome?: Partial<IOutcome>;
  jobs?: Job[];
  editorsSettled?: boolean;
  /** Open documents that are saved first. */
  documents?: string[];
  /** What a question for trust tells. */
  trust?: TrustItem[];
  /** What lies below paths that are to be removed. */
  holdings?: Record<string, Partial<v.InferInput<typeof Holding>>>;
  discardPlans?: v.InferInput<(typeof calls)['planDiscard']['output']>;
  undo?: v.InferInput<(typeof calls)['planUndo']['output']>;
  runnable?: CallOutput<'runnable'>;
  script?: CallOutput<'procedureScript'>;
  notebook?: CallOutput<'planNotebook'>;
  execution?: v.InferInput<(typeof calls)['execution']['output']>;
  /** The document in front. */
  inFront?: string;
  /** The notebook in front, as it is in JupyterLab. */
  live?: { content: INotebookContent; last: number };
  /** What a notebook is after it was written and executed. */
  executed?: INotebookContent;
  /** What is in an archive, or why it cannot be unpacked. */
  archive?: CallOutput<'planUnpack'> | Failure;
  /** Of these datasets those that are git repositories without an annex. */
  plain?: string[];
  lost?: CallOutput<'lostCommits'>;
  branches?: Partial<CallOutput<'branches'>>;
  /** Datasets that are not trusted. */
  untrusted?: string[];
}

/** An annexed file of a folder; absent unless told otherwise. */
export function annexed(path: string, more: Partial<v.InferInput<typeof Row>> = {}): v.InferInput<typeof Row> {
  return { name: path.slice(path.lastIndexOf('/') + 1), path, kind: 'annex', here: 'no', bytes: 5_000_000, ...more };
}
