import type { IComparisonState } from '../../models/comparisonModel';
import type { Body, SideContent } from '../../protocol/compare';
import { contentsPath } from '../../protocol/paths';
import { difference } from '../compare/compare.fixtures';
import type { CommitId } from '../../protocol/revision';

const dataset = contentsPath('study');
const id = 'abcdef1'.padEnd(40, '0') as CommitId;
const COMMIT = { side: id, commit: { id, short: 'abcdef1', subject: '<b>Begin</b>', time: Date.UTC(2026, 10, 22, 12) } };

/** A file of the commit that has been read. */
export function versionState(body: Body, more: Partial<SideContent> = {}): IComparisonState {
  const content: SideContent = { path: contentsPath('study/file'), facts: { kind: 'git', bytes: 10 }, body, ...more };
  return {
    phase: 'ready',
    differences: { dataset, from: COMMIT, to: COMMIT, files: [], total: 0, truncated: false },
    file: body.type === 'absent' ? null : { difference: null, before: content, after: content },
    failure: null
  };
}

export const NOTEBOOK_TEXT = JSON.stringify({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: [
    { cell_type: 'markdown', source: '# Title', metadata: {} },
    {
      cell_type: 'code',
      source: ['6 * 7'],
      metadata: {},
      outputs: [
        { output_type: 'execute_result', data: { 'text/plain': '<b>42</b>', 'text/html': '<b>42</b>' } },
        { output_type: 'display_data', data: { 'image/png': 'aWs=' } }
      ]
    }
  ]
});
const LARGE = { type: 'too-large', what: 'text' } as const;
const FILES = ['a.txt', 'b.bin'].map(name => difference(name, { status: 'added', before: undefined }));
const ROWS = Array.from({ length: 600 }, (_, at) => `row ${at},${at}\n`).join('');

/** Each state the view is designed for, by name, with the name of its file. */
export const versionFixtures: Record<string, [file: string, state: IComparisonState]> = {
  text: ['notes\u202e.txt', versionState({ type: 'text', text: 'one\ntwo' })],
  damaged: ['latin.txt', versionState({ type: 'text', text: 'caf\ufffd', damaged: true })],
  table: ['people.csv', versionState({ type: 'text', text: `name,age\nAda,36\nBob\n${ROWS}` })],
  notebook: ['analysis.ipynb', versionState({ type: 'text', text: NOTEBOOK_TEXT })],
  'no notebook': ['analysis.ipynb', versionState({ type: 'text', text: '{}' })],
  picture: ['mask.png', versionState({ type: 'image', mime: 'image/png', data: 'aWs=' })],
  'long line': ['x.json', versionState({ type: 'text', text: 'x'.repeat(100_000) })],
  large: ['x.txt', versionState(LARGE, { facts: { kind: 'git', bytes: 5_000_000 } })],
  'too large': ['x.txt', versionState(LARGE, { facts: { kind: 'git', bytes: 50_000_000 } })],
  binary: ['x.bin', versionState({ type: 'binary' })],
  dataset: ['sub', versionState({ type: 'dataset', commit: id }, { facts: { kind: 'dataset' } })],
  'not here': [
    'x.bin',
    versionState(
      { type: 'not-here' },
      {
        facts: { kind: 'annex', bytes: 5_000_000, key: `SHA256E-s5000000--${'ab'.repeat(32)}.bin` },
        annex: { backend: 'SHA256E', checksum: 'ab'.repeat(32), here: false }
      }
    )
  ],
  folder: [
    'code',
    {
      phase: 'ready',
      differences: { dataset, from: { side: 'nothing' }, to: COMMIT, files: FILES, total: 2, truncated: false },
      file: null,
      failure: null
    }
  ],
  absent: ['x.txt', versionState({ type: 'absent' })],
  failed: [
    'x.txt',
    {
      phase: 'failed',
      differences: null,
      file: null,
      failure: { kind: 'not-found', message: 'This commit is not in the dataset.' }
    }
  ]
};
