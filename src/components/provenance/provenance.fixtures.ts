import type { IProvenanceState } from '../../models/provenanceModel';
import { contentsPath } from '../../protocol/paths';
import type { GraphFile, GraphRun, Provenance } from '../../protocol/provenance';
import type { CommitId } from '../../protocol/revision';

export const DATASET = contentsPath('my-analysis');

function file(name: string, more: Partial<GraphFile> = {}): GraphFile {
  return { path: contentsPath(`${DATASET}/${name}`), state: 'current', ...more };
}

function run(at: number, title: string, inputs: number[], outputs: number[], more: Partial<GraphRun> = {}): GraphRun {
  return {
    dataset: DATASET,
    commit: String(at).padStart(40, '0') as CommitId,
    title,
    command: `python code/${title.toLowerCase().replaceAll(' ', '_')}.py`,
    author: { name: 'Ada Lovelace', email: 'ada@example.org' },
    time: 1_700_000_000_000 + at * 60_000,
    exit: 0,
    inputs,
    extra: [],
    outputs,
    missing: [],
    changed: [],
    ...more
  };
}

/** Raw scans, masks, a table, a figure; the scans have changed since. */
export const GRAPH: Provenance = {
  files: [
    file('raw/sub-01.nii.gz', { state: 'earlier', version: '1a2b3c4' }),
    file('raw/sub-02.nii.gz'),
    file('masks/sub-01.nii.gz'),
    file('masks/sub-02.nii.gz'),
    file('tables/\u202evolumes.csv'),
    file('figures/volumes.png'),
    file('.datalad/environments/fsl/image'),
    file('old/notes.txt', { state: 'gone' })
  ],
  runs: [
    run(3, 'Plot the volumes', [4], [5], { stale: 'upstream' }),
    run(2, 'Measure <b>volumes</b>', [2, 3], [4, 7], { stale: 'upstream', extra: [6] }),
    run(1, 'Make masks', [0, 1], [2, 3], { stale: 'input', changed: [0], missing: ['../atlas.nii'] })
  ],
  focus: { file: 5, run: 0 },
  count: 3,
  absent: [contentsPath(`${DATASET}/inputs/more`)]
};

/** A thousand runs that each make ten files of one, in fifty folders. */
export function largeGraph(): Provenance {
  const files = Array.from({ length: 11_000 }, (_, at) =>
    file(`${at < 1_000 ? 'raw' : `made/${Math.floor((at - 1_000) / 200)}`}/${at}.dat`)
  );
  const runs = Array.from({ length: 1_000 }, (_, at) =>
    run(
      at,
      `Make ${at}`,
      [at],
      Array.from({ length: 10 }, (_, one) => 1_000 + at * 10 + one)
    )
  );
  return { files, runs, focus: null, count: 1_000, absent: [] };
}

/** Each state the page is designed for, by name. */
export const provenanceFixtures: Record<string, IProvenanceState> = {
  graph: { graph: GRAPH, failure: null },
  large: { graph: largeGraph(), failure: null },
  nothing: { graph: { ...GRAPH, files: [], runs: [], focus: null, count: 0, absent: [] }, failure: null },
  reading: { graph: null, failure: null },
  failed: { graph: null, failure: { kind: 'damaged-repository', message: 'A part is missing.', parameters: { part: 'objects' } } }
};
