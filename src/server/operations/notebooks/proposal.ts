import { stat } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { isCheckpoint } from '../../../protocol/checkpoints';
import type { Execution } from '../../../protocol/notebookRun';
import { runPattern } from '../../../protocol/runPattern';
import { displayName, fsPath } from '../../bytes';
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
  /** Names of files that had unsaved changes before; new files are among them, ignored ones are not. */
  readonly unsavedBefore: ReadonlySet<string>;
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
  const inside = (paths: Iterable<string>, named = (name: string): string => name): string[] =>
    [...paths]
      .map(path => normalize(path))
      .filter(path => isWithin(path, dataset) && path !== dataset)
      .map(path => named(path.slice(dataset.length + 1)))
      .filter(name => !isInternal(name) && name !== notebook);
  const read = [...new Set(inside(trace.read, sourceOfCompiled))];
  const written = new Set([...seen.changed.filter(name => !isInternal(name)), ...inside(trace.written).filter(seen.saved)]);
  written.delete(notebook);
  const edited = (name: string): boolean => seen.saved(name) && seen.unsavedBefore.has(name);
  const matches = new Matches(dataset, dataset);
  const ofGiven = await mapLimited(given.inputs, 8, async pattern => {
    const { found, paths } = await matches.of(pattern);
    return { pattern, names: found === 'all' ? paths : [] };
  });
  const opened = await runFiles(dataset, read.filter(seen.saved), 'opened');
  const editedPatterns = new Set(read.filter(edited).map(runPattern));
  const inputs = mergeInputs(
    opened.map(file => (editedPatterns.has(file.pattern) ? { ...file, unsaved: true } : file)),
    ofGiven.map(({ pattern, names }) => ({ pattern, from: 'given', ...(names.some(edited) ? { unsaved: true } : {}) }))
  );
  const outputs = await mergeOutputs(await runFiles(dataset, [...written], 'changed'), { matches, given: given.outputs });
  const made = new Set([...seen.changed, ...inside(trace.written)].filter(name => !seen.unsavedBefore.has(name)));
  const used = new Set([...read, ...ofGiven.flatMap(({ names }) => names)]);
  const unsaved = await mapLimited(
    [...used].filter(name => name !== notebook && !seen.saved(name) && !made.has(name)),
    8,
    async name => ((await isRegularFile(join(dataset, name))) ? [name] : [])
  );
  const elsewhere = [...trace.read].map(path => normalize(path)).filter(path => !isWithin(path, dataset) && exists(path));
  return {
    inputs,
    outputs,
    uncovered: {
      unsaved: few(unsaved.flat().map(displayName)),
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

/** Python opens a compiled module in place of its source, where it has one. */
function sourceOfCompiled(name: string): string {
  return name.replace(/(^|\/)__pycache__\/([^/.]+)\.[^/]+\.pyc$/u, '$1$2.py');
}

function isRegularFile(path: string): Promise<boolean> {
  return stat(fsPath(path)).then(
    stats => stats.isFile(),
    () => false
  );
}

/** What was given is a pattern, and may stand for what was seen: both are told, what was given first. */
function mergeInputs(files: Execution['inputs'], given: Execution['inputs']): Execution['inputs'] {
  const known = new Set(given.map(({ pattern }) => pattern));
  return [...given, ...files.filter(({ pattern }) => !known.has(pattern))];
}

/** Of what was given, too, it is told whether it was written, and whether there is any such file at all. */
async function mergeOutputs(
  files: Execution['outputs'],
  { matches, given }: { matches: Matches; given: readonly string[] }
): Promise<Execution['outputs']> {
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
