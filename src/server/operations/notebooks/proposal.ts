import { normalize } from 'node:path';
import { isCheckpoint } from '../../../protocol/checkpoints';
import type { Execution } from '../../../protocol/notebookRun';
import { displayName } from '../../bytes';
import { exists } from '../../exists';
import { isWithin } from '../../nesting';
import type { IExecuted } from './execute';
import { fewPlaces } from './fewPlaces';
import { runFiles } from './runFiles';

const MOST_UNCOVERED = 200;
const INTERNAL_FILE = /^(?:\.git|\.datalad)(?:\/|$)|(?:^|\/)\.git\/|\.py[co]$/u;

const isInternal = (name: string): boolean => INTERNAL_FILE.test(name) || isCheckpoint(name);

export interface ISeen {
  /** Absolute, without links: what a kernel tells is named by it. */
  readonly dataset: string;
  /** Of the notebook, relative to the dataset. */
  readonly notebook: string;
  /** Names of files that differ from before. */
  readonly changed: readonly string[];
  /** Whether a name is that of a file that was saved before, here or in a subdataset. */
  readonly saved: (name: string) => boolean;
  readonly executed: IExecuted;
  /** What the caller wants in the record whatever was seen. */
  readonly given: { readonly inputs: readonly string[]; readonly outputs: readonly string[] };
}

/** What a record of an execution could say, from all that is known of it. */
export async function propose(seen: ISeen): Promise<Omit<Execution, 'path' | 'command'>> {
  const { dataset, notebook, executed, given } = seen;
  const { trace } = executed;
  const inside = (paths: Iterable<string>): string[] =>
    [...paths]
      .map(path => normalize(path))
      .filter(path => isWithin(path, dataset) && path !== dataset)
      .map(path => path.slice(dataset.length + 1))
      .filter(name => !isInternal(name) && name !== notebook);
  const read = inside(trace.read).filter(seen.saved);
  const written = new Set([...seen.changed.filter(name => !isInternal(name)), ...inside(trace.written).filter(seen.saved)]);
  written.delete(notebook);
  const inputs = merge(await runFiles(dataset, read, 'opened'), given.inputs);
  const outputs = merge(await runFiles(dataset, [...written], 'changed'), given.outputs);
  const elsewhere = [...trace.read].map(path => normalize(path)).filter(path => !isWithin(path, dataset) && exists(path));
  return {
    inputs,
    outputs,
    uncovered: {
      files: fewPlaces(elsewhere).map(displayName),
      programs: few([...trace.programs]),
      hosts: few([...trace.hosts])
    },
    observed: trace.observed,
    ...(executed.code === 0
      ? {}
      : {
          failed: {
            ...(trace.failed === null ? {} : { cell: trace.failed }),
            text: executed.printed,
            absent: inputs.filter(({ here }) => here === false)
          }
        })
  };
}

/** What was given is a pattern, and may stand for what was seen: both are told, what was given first. */
function merge(files: Execution['inputs'], given: readonly string[]): Execution['inputs'] {
  const known = new Set(given);
  return [...given.map(pattern => ({ pattern, from: 'given' as const })), ...files.filter(({ pattern }) => !known.has(pattern))];
}

function few(names: readonly string[]): string[] {
  return names.slice(0, MOST_UNCOVERED);
}
