import type { KeptDiscard, UndoPlan } from '../protocol/undo';
import type { ChangedFile, HiddenListing, Listing, Row, Summary, Totals } from '../protocol/dataset';
import type { Destination } from '../protocol/destination';
import type { Health } from '../protocol/health';
import type { Copies } from '../protocol/inspect';
import type { Job, JobReport } from '../protocol/job';
import type { Lock } from '../protocol/lock';
import type { Messages } from '../protocol/messages';
import { contentsPath, nameOf } from '../protocol/paths';
import type { ICurrentState } from '../tokens';
import { DESTINATIONS, MESSAGES } from './changes/changes.fixtures';
import { ASKING, CLONING, INTERRUPTED, NOW, REFUSED, REFUSED_REPORT, RUNNING, SAVED, TERMINAL, WAITED } from './jobs.fixtures';
import { FRESH_MEMORY, type IMemory, type IPlace } from './types';

const MB = 1024 ** 2;
const GB = 1024 ** 3;

/** Everything of the panel that is data. */
export interface IPanelFixture {
  state: ICurrentState;
  listing: Listing | undefined;
  jobs: Job[];
  problems: Job[];
  memory: IMemory;
  reports: Record<string, JobReport>;
  /** What the branch hides, by folder. */
  hidden?: Record<string, HiddenListing>;
  /** Where a save would put changes, by path. */
  destinations?: Record<string, Destination>;
  messages?: Messages;
  /** What is changed inside of subdatasets. */
  inside?: Record<string, ChangedFile[]>;
  /** Where what was not got is known to be. */
  places?: IPlace[];
  revealed?: string;
  /** What can be undone, and what was discarded. */
  undo?: { plan?: UndoPlan; kept?: KeptDiscard[] };
  /** Where content is, whatever is asked about. */
  copies?: Copies;
}

/** What git leaves behind when it is killed. */
export const LOCK: Lock = {
  dataset: contentsPath('my-analysis'),
  name: 'index.lock',
  id: '17-1',
  age: 125_000,
  owner: 'ada',
  holders: [],
  network: false,
  removable: true
};

export function file(name: string, more: Partial<ChangedFile> = {}): ChangedFile {
  return { path: contentsPath(`my-analysis/${name}`), name, kind: 'git', change: 'modified', staged: false, ...more };
}

const CHANGES: ChangedFile[] = [
  file('code/mask.py', { bytes: 3_412 }),
  file('figures/mask.png', { kind: 'annex', change: 'new', bytes: 1.2 * MB }),
  file('scratch/tmp.npy', { kind: 'annex', change: 'new', bytes: 88 * MB })
];

export function summary(more: Partial<Summary> = {}): Summary {
  return {
    dataset: { path: contentsPath('my-analysis'), name: 'my-analysis', annex: 'ready' },
    id: '3f2b1c3e-9d1a-4b57-8b1c-2f0f3c0e7a11',
    branch: { name: 'main', commit: '4be0f12' },
    superdatasets: [],
    changes: CHANGES,
    truncated: false,
    siblings: [{ name: 'hub', url: 'https://hub.example.org/my-analysis', ahead: 2, behind: 0 }],
    obstacles: [],
    ...more
  };
}

const TOTALS: Totals = {
  here: { files: 3, bytes: 3.1 * MB, unsized: 0 },
  notHere: { files: 12, bytes: 1.2 * GB, unsized: 0 },
  counting: false
};

export function state(more: Partial<ICurrentState> = {}): ICurrentState {
  return {
    folder: contentsPath('my-analysis'),
    pinned: false,
    phase: 'dataset',
    summary: summary(),
    totals: TOTALS,
    health: null,
    failure: null,
    ...more
  };
}

function row(path: string, more: Partial<Row>): Row {
  return { name: nameOf(contentsPath(path)), path: contentsPath(path), kind: 'directory', ...more };
}

const LISTING: Listing = {
  folder: contentsPath('my-analysis'),
  dataset: summary().dataset,
  truncated: false,
  rows: [
    row('my-analysis/input', {
      kind: 'dataset',
      here: 'partly',
      bytes: 20 * MB,
      below: { files: 5, filesHere: 1, bytesHere: 3.1 * MB }
    }),
    row('my-analysis/input-mri', { kind: 'dataset-absent', here: 'no' }),
    row('my-analysis/data', {
      here: 'partly',
      bytes: 1.2 * GB,
      below: { files: 12, filesHere: 4, bytesHere: 0.5 * GB },
      counting: true
    }),
    row('my-analysis/README.md', { kind: 'git', bytes: 900 })
  ]
};

const HEALTH: Health = {
  version: '0.1.0',
  node: '24.19.0',
  available: true,
  tools: [
    { name: 'git', version: '2.39.5', required: '2.25', status: 'ok' },
    { name: 'git-annex', version: '8.20210223', required: '10.20240430', status: 'too-old' },
    { name: 'datalad', version: null, required: '1.1.0', status: 'missing' }
  ]
};

function fixture(more: Partial<IPanelFixture> = {}): IPanelFixture {
  return { state: state(), listing: LISTING, jobs: [], problems: [], memory: FRESH_MEMORY, reports: {}, ...more };
}

function withSummary(more: Partial<Summary>): IPanelFixture {
  return fixture({ state: state({ summary: summary(more) }) });
}

function hiddenListing(folder: string, rows: Row[]): HiddenListing {
  return { folder: contentsPath(folder), rows, truncated: false };
}

const NOTHING_HERE = { summary: null, totals: null } as const;

const ORDINARY: Partial<IPanelFixture> = {
  state: state({ ...NOTHING_HERE, phase: 'none', folder: contentsPath('') }),
  listing: {
    folder: contentsPath(''),
    dataset: null,
    truncated: false,
    rows: [row('my-analysis', { kind: 'dataset', change: 'modified' }), row('studyforrest', { kind: 'dataset' })]
  }
};

/** Each state the panel is designed for, by name. */
export const panelFixtures: Record<string, IPanelFixture> = {
  dirty: fixture({
    memory: {
      ...FRESH_MEMORY,
      open: ['changes', 'data'],
      message: 'Reformat code with black',
      flipped: [contentsPath('my-analysis/scratch/tmp.npy')]
    },
    jobs: [RUNNING, SAVED, TERMINAL]
  }),
  destinations: fixture({
    state: state({
      summary: summary({
        changes: [
          file('code/mask.py', { bytes: 3_412 }),
          file('figures', { kind: 'directory', change: 'new' }),
          file('recordings/interview-with-a-long-name.mp4', { kind: 'other', change: 'new', bytes: 1.2 * GB }),
          file('scratch/tmp.npy', { kind: 'other', change: 'new', bytes: 88 * MB }),
          file('types.bin', { kind: 'other', change: 'new', bytes: 12 }),
          file('gone.txt', { change: 'deleted' })
        ]
      })
    }),
    destinations: DESTINATIONS,
    messages: MESSAGES,
    memory: { ...FRESH_MEMORY, options: { ...FRESH_MEMORY.options, amend: true } }
  }),
  'no dataset': fixture(ORDINARY),
  'half made': fixture({ ...ORDINARY, jobs: [CLONING] }),
  refused: fixture({ jobs: [REFUSED, SAVED], problems: [REFUSED], reports: { [REFUSED.id]: REFUSED_REPORT } }),
  commands: fixture({ memory: { ...FRESH_MEMORY, open: ['commands'] }, jobs: [ASKING, RUNNING, REFUSED, SAVED, TERMINAL] }),
  interrupted: fixture({ jobs: [INTERRUPTED, WAITED, SAVED] }),
  unfolded: fixture({
    memory: { ...FRESH_MEMORY, open: ['commands'] },
    jobs: [REFUSED, SAVED],
    revealed: REFUSED.id,
    reports: { [REFUSED.id]: REFUSED_REPORT }
  }),
  'hidden files': {
    ...withSummary({ branch: { name: 'main', adjustment: 'hidemissing', commit: '4be0f12' } }),
    memory: { ...FRESH_MEMORY, open: ['data'] },
    hidden: {
      'my-analysis': hiddenListing('my-analysis', [
        row('my-analysis/data', { here: 'no', bytes: 1.1 * GB, below: { files: 9, filesHere: 0, bytesHere: 0 } }),
        row('my-analysis/atlas-with-a-long-name_desc-preproc_bold.nii.gz', {
          kind: 'annex',
          here: 'no',
          bytes: 90 * MB,
          key: 'MD5E-s1--a'
        }),
        row('my-analysis/mask.nii.gz', { kind: 'annex', here: 'yes', bytes: 4 * MB, key: 'MD5E-s2--b' })
      ]),
      'my-analysis/data': hiddenListing('my-analysis/data', [
        row('my-analysis/data/sub-01.nii.gz', { kind: 'annex', here: 'no', bytes: 0.2 * GB, key: 'MD5E-s3--c' })
      ])
    }
  },
  'with history': fixture({ memory: { ...FRESH_MEMORY, open: ['history'] } }),
  saved: {
    ...fixture({ state: state({ summary: summary({ changes: [] }) }), jobs: [SAVED] }),
    undo: {
      plan: {
        kind: 'save',
        job: SAVED.id,
        action: { operation: 'undoSave', input: { dataset: contentsPath('my-analysis'), job: SAVED.id, by: 'reset' } },
        files: 2,
        bytes: 0,
        names: ['code/analysis.py', 'code/plot.py'],
        saves: [{ dataset: contentsPath('my-analysis'), subject: 'Reformat code with black' }]
      },
      kept: [
        {
          id: 'discard-1',
          dataset: contentsPath('my-analysis'),
          time: NOW - 3_600_000,
          files: 3,
          bytes: 12 * MB,
          names: ['derivatives/a-folder-with-a-long-name/sub-01_task-rest_desc-preproc_bold.nii.gz', 'notes.txt', 'new.txt'],
          until: NOW + 2_000_000_000
        },
        {
          id: 'discard-2',
          dataset: contentsPath('my-analysis'),
          time: NOW - 90_000_000,
          files: 1,
          bytes: 4.8 * GB,
          names: ['raw.nii']
        }
      ]
    }
  },
  clean: withSummary({ changes: [], siblings: [], branch: { name: 'main', adjustment: 'unlocked', commit: '4be0f12' } }),
  nested: fixture({
    state: state({
      pinned: true,
      summary: summary({
        dataset: { path: contentsPath('studies/study/inputs/raw'), name: 'raw', annex: 'ready' },
        superdatasets: [
          { path: contentsPath('studies'), name: 'studies of the institute of long names', annex: 'ready' },
          { path: contentsPath('studies/study'), name: 'study', annex: 'ready' }
        ],
        changes: [
          file('derivatives/a-folder-with-a-long-name/sub-01_task-rest_desc-preproc_bold.nii.gz', {
            kind: 'annex-unlocked',
            bytes: 4.8 * GB
          }),
          file('inputs/deeper', { kind: 'dataset', inside: true }),
          file('gone.txt', { change: 'deleted' }),
          file('both.txt', { change: 'conflict' })
        ],
        siblings: [{ name: 'origin', ahead: 1, behind: 3 }]
      })
    })
  }),
  obstacles: withSummary({ obstacles: [{ kind: 'no-identity' }, { kind: 'locked', lock: LOCK }] }),
  'read-only': withSummary({ obstacles: [{ kind: 'read-only' }] }),
  'other owner': withSummary({ obstacles: [{ kind: 'other-owner', owner: 'ada' }] }),
  merge: withSummary({
    changes: [file('both.txt', { change: 'conflict' })],
    obstacles: [{ kind: 'unfinished', what: 'merge' }]
  }),
  tools: fixture({ state: state({ health: HEALTH }) }),
  unreachable: fixture({
    state: state({
      ...NOTHING_HERE,
      phase: 'failed',
      failure: { kind: 'server-unreachable', message: 'No answer.', detail: '502 Bad Gateway' }
    })
  }),
  'plain git': withSummary({ dataset: { path: contentsPath('my-analysis'), name: 'my-analysis', annex: 'none' } }),
  uninitialised: withSummary({ dataset: { path: contentsPath('my-analysis'), name: 'my-analysis', annex: 'uninitialised' } }),
  huge: fixture({
    state: state({
      totals: {
        here: { files: 0, bytes: 0, unsized: 0 },
        notHere: { files: 84_000, bytes: 900 * GB, unsized: 0 },
        counting: true
      },
      summary: summary({
        truncated: true,
        changes: Array.from({ length: 5_000 }, (_, at) => file(`data/file-${at}.bin`, { kind: 'annex', bytes: at * 1000 }))
      })
    }),
    memory: { ...FRESH_MEMORY, open: ['changes', 'data'] }
  }),
  loading: fixture({ state: state({ ...NOTHING_HERE, phase: 'loading' }), listing: undefined }),
  silent: fixture({ state: state({ ...NOTHING_HERE, phase: 'silent' }), listing: undefined })
};
