import { normalize } from 'node:path';
import { isCheckpoint } from '../../../protocol/checkpoints';
import type { Execution } from '../../../protocol/notebookRun';
import { displayName } from '../../bytes';
import { Matches } from '../../dataset/runs/matches';
import { exists } from '../../exists';
import { mapLimited } from '../../mapLimited';
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
  const inputs = mergeInputs(await runFiles(dataset, read, 'opened'), given.inputs);
  const outputs = await mergeOutputs(await runFiles(dataset, [...written], 'changed'), { dataset, given: given.outputs });
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
function mergeInputs(files: Execution['inputs'], given: readonly string[]): Execution['inputs'] {
  const known = new Set(given);
  return [...given.map(pattern => ({ pattern, from: 'given' as const })), ...files.filter(({ pattern }) => !known.has(pattern))];
}

/** Of what was given, too, it is told whether it was written, and whether there is any such file at all. */
async function mergeOutputs(
  files: Execution['outputs'],
  { dataset, given }: { dataset: string; given: readonly string[] }
): Promise<Execution['outputs']> {
  const matches = new Matches(dataset, dataset);
  const first = await mapLimited(given, 8, async pattern => {
    const written = files.find(file => file.pattern === pattern);
    const missing = written === undefined && (await matches.of(pattern)).found !== 'all';
    return written ?? { pattern, from: 'given' as const, ...(missing ? { missing } : {}) };
  });
  return [...first, ...files.filter(({ pattern }) => !given.includes(pattern))];
}

function few(names: readonly string[]): string[] {
  return names.slice(0, MOST_UNCOVERED);
}
