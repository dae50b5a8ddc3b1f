import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { Result } from '../../protocol/result';
import { PathBoundary } from '../paths';
import { renderMessage, toResult } from './result';

describe('renderMessage', () => {
  it.each([
    ['already present', 'already present'],
    [['Installed subdataset in order to get %s', '/c/sub'], 'Installed subdataset in order to get /c/sub'],
    [
      ['could not drop some content in %s %s', '/ds/dir', ['/ds/dir/c', '/ds/dir/d']],
      'could not drop some content in /ds/dir /ds/dir/c, /ds/dir/d'
    ],
    [['%s: %s', 'outer', ['inner %s', 'text']], 'outer: inner text'],
    [['100 %% of %d', 3], '100 % of 3'],
    [['more %s than %s', 'one'], 'more one than %s'],
    ['50% off', '50% off'],
    [['no format at all'], 'no format at all'],
    [null, ''],
    [undefined, ''],
    [[], '']
  ])('%j', (message, text) => expect(renderMessage(message)).toBe(text));
});

describe('toResult', () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'datalad-result-')));
  const boundary = new PathBoundary(root);
  afterAll(() => rmSync(root, { recursive: true }));

  it('makes paths contents paths, renders the message and names the key', () => {
    const record = {
      action: 'get',
      status: 'ok' as const,
      path: `${root}/ds/a b.bin`,
      type: 'file',
      annexkey: 'MD5E-s3--x.bin',
      message: ['from %s...', 'origin']
    };
    expect(toResult(record, boundary)).toEqual({
      action: 'get',
      status: 'ok',
      path: 'ds/a b.bin',
      type: 'file',
      key: 'MD5E-s3--x.bin',
      message: 'from origin...'
    });
  });

  it('keeps bytes that are no text, paths outside, and further fields', () => {
    expect(toResult({ action: 'add', status: 'ok', path: `${root}/ds/\udcff` }, boundary).path).toBe('bytes:ZHMv_w');
    const outside = toResult({ action: 'install', status: 'ok', path: '/elsewhere', source_url: 'x' }, boundary);
    expect(outside).toMatchObject({ path: '/elsewhere', source_url: 'x', type: null, key: null });
  });

  it('says what a failed record means, whichever field says it', () => {
    const failed = { action: 'drop', path: `${root}/x`, type: 'file' };
    const refused = toResult(
      { ...failed, status: 'error', message: 'unsafe; Could not verify the existence of the 1 necessary copy.' },
      boundary
    );
    expect(refused.failure?.kind).toBe('last-copy');
    expect(toResult({ ...failed, status: 'error', error_message: 'File unknown to git' }, boundary).failure?.kind).toBe(
      'not-annexed'
    );
    const thrown = { exception: 'CommandError', text: 'Read-only file system', stderr: '' };
    const broken = toResult({ ...failed, status: 'impossible', exception: thrown }, boundary);
    expect(broken.failure?.kind).toBe('read-only');
    expect(v.is(Result, broken)).toBe(true);
  });
});
