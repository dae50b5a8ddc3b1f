import { commit, DATASET, HOUR, NOW } from '../../models/history.fixtures';
import { NOTHING_INSPECTED } from '../../models/inspectorModel';
import type { Copies, CopyPlace, Inspected, Origin } from '../../protocol/inspect';
import { contentsPath } from '../../protocol/paths';
import type { IInspectorState } from '../../tokens';

const PATH = contentsPath(`${DATASET}/data/sub-01_bold.nii.gz`);
const MB = 1024 ** 2;

function amount(files: number): Copies['all'] {
  return { files, bytes: files * MB, unsized: 0 };
}

function placeOf(name: string, files: number, more: Partial<CopyPlace> = {}): CopyPlace {
  return { uuid: `uuid of ${name}`, name, sibling: true, trust: 'semitrusted', counts: true, amount: amount(files), ...more };
}

/** Of a hundred files. */
export const COPIES: Copies = {
  all: amount(100),
  here: amount(40),
  onlyHere: amount(2),
  nowhere: amount(1),
  maybe: amount(2),
  places: [
    placeOf('osf', 97),
    placeOf('web', 12),
    placeOf('vault', 5, { trust: 'trusted' }),
    placeOf('shared', 100, { trust: 'untrusted', export: true, counts: false }),
    placeOf('old-disk', 3, { trust: 'dead', counts: false })
  ],
  subdatasets: 1
};

export const DETAILS: Inspected = {
  path: PATH,
  kind: 'annex',
  bytes: 4.8 * MB,
  target: '../.git/annex/objects/aa/bb/MD5E-s5033164--900150983cd24fb0d6963f7d28e17f72.nii.gz',
  ruled: {
    to: 'annex',
    rule: { from: 'attributes', expression: 'anything', file: '.gitattributes', line: 3, pattern: '*.nii.gz' }
  },
  annex: {
    key: 'MD5E-s5033164--900150983cd24fb0d6963f7d28e17f72.nii.gz',
    backend: 'MD5E',
    bytes: 5_033_164,
    checksum: '900150983cd24fb0d6963f7d28e17f72',
    verifiable: true,
    here: true,
    urls: [
      { url: 'https://example.org/sub-01_bold.nii.gz', redacted: false },
      { url: 'https://***@example.org/sub-01_bold.nii.gz?token=***', redacted: true },
      { url: 'javascript:alert(1)', redacted: false }
    ],
    copies: { ...COPIES, all: amount(1), here: amount(1), onlyHere: amount(0), nowhere: amount(0), subdatasets: 0 }
  }
};

export const ORIGIN: Origin = {
  last: commit(9, { subject: 'Describe <b>it</b>', time: NOW - HOUR }),
  run: {
    commit: commit(8, { subject: '[DATALAD RUNCMD] Mask the scans', run: true, time: NOW - 5 * HOUR }),
    record: {
      state: 'read',
      facts: {
        command: 'python code/mask.py \u202e <i>x</i>',
        inputs: ['raw/*.nii'],
        outputs: ['data'],
        extraInputs: [],
        exit: 0,
        chain: [],
        other: []
      }
    },
    unchanged: false
  }
};

export function inspectorState(more: Partial<IInspectorState> = {}): IInspectorState {
  return {
    ...NOTHING_INSPECTED,
    request: { dataset: DATASET, paths: [PATH] },
    details: DETAILS,
    origin: ORIGIN,
    ...more
  };
}

const { key } = DETAILS.annex ?? { key: '' };
const annex = DETAILS.annex as NonNullable<Inspected['annex']>;

/** Each state the page is designed for, by name. */
export const inspectorFixtures: Record<string, IInspectorState> = {
  file: inspectorState(),
  matches: inspectorState({ verified: { key, failure: null } }),
  differs: inspectorState({
    verified: { key, failure: { kind: 'damaged-content', message: 'It differs.', parameters: { verified: 1 } } }
  }),
  verifying: inspectorState({ verifying: true }),
  'not here': inspectorState({
    details: { ...DETAILS, annex: { ...annex, here: false, copies: { ...annex.copies, here: amount(0), places: [] } } }
  }),
  address: inspectorState({
    details: {
      path: PATH,
      kind: 'annex',
      annex: { key: 'URL--http://example.org/x', backend: 'URL', verifiable: false, here: true, urls: [], copies: annex.copies }
    }
  }),
  'in Git': inspectorState({
    details: { path: PATH, kind: 'git', bytes: 900, ruled: { to: 'git' } },
    origin: { last: ORIGIN.last, run: null }
  }),
  'not saved': inspectorState({ details: { path: PATH, kind: 'other', bytes: 9 }, origin: { last: null, run: null } }),
  folder: inspectorState({ details: { path: DATASET, kind: 'directory' }, origin: null, copies: COPIES }),
  reading: inspectorState({ details: null, origin: null }),
  'history not known': inspectorState({ origin: null, originFailure: { kind: 'unsafe-name', message: 'Git cannot be asked.' } }),
  gone: inspectorState({ details: null, origin: null, failure: { kind: 'not-found', message: 'Nothing is there.' } })
};
