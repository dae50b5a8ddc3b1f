import { CHANGES } from '../../protocol/dataset';
import { describeBranch } from './branch';
import { strongest } from './changes';
import { keyOfLog } from './figures/touchedKeys';
import { mapLimited } from '../mapLimited';
import { parseDataSize } from './plans/diskReserve';
import { withoutSecrets } from './siblings';

describe('branches', () => {
  it.each([
    ['refs/heads/main', { name: 'main' }],
    ['refs/heads/adjusted/main(unlocked)', { name: 'main', adjustment: 'unlocked' }],
    ['refs/heads/adjusted/a/b(hidemissing-unlocked)', { name: 'a/b', adjustment: 'hidemissing-unlocked' }],
    ['refs/heads/adjusted/odd', { name: 'adjusted/odd' }],
    [null, { name: null }]
  ])('%s', (ref, branch) => {
    expect(describeBranch({ ref, commit: null })).toEqual(branch);
    expect(describeBranch({ ref, commit: '0123456789abcdef' })).toEqual({ ...branch, commit: '0123456789' });
  });
});

describe('URLs of siblings', () => {
  it.each([
    ['https://me:secret@example.org/x.git', 'https://example.org/x.git'],
    ['https://me:sec@ret:1@example.org/x.git', 'https://example.org/x.git'],
    ['https://token@example.org/x?key=secret#part', 'https://example.org/x'],
    ['https://example.org:8080/a@b', 'https://example.org:8080/a@b'],
    ['datalad-annex::https://u:p@example.org/x?type=webdav&secret=1', 'datalad-annex::https://example.org/x'],
    ['git@example.org:x/y.git', 'git@example.org:x/y.git'],
    ['/data/with?mark', '/data/with?mark']
  ])('%s', (url, shown) => {
    expect(withoutSecrets(url)).toBe(shown);
  });
});

describe('sizes as git-annex takes them', () => {
  it.each([
    ['500', 500],
    ['100 megabytes', 100e6],
    ['1.5 GB', 1.5e9],
    ['2GiB', 2 * 2 ** 30],
    ['1 kilobyte', 1000],
    ['7 bytes', 7],
    ['much', null],
    ['', null]
  ])('%s', (text, bytes) => {
    expect(parseDataSize(text)).toBe(bytes);
  });
});

describe('changes', () => {
  it('of a folder are told by the strongest', () => {
    expect(strongest([...CHANGES].reverse())).toBe('conflict');
    expect(strongest(['new', undefined, 'modified', 'added'])).toBe('modified');
    expect(strongest([undefined])).toBeUndefined();
  });
});

describe('logs of keys', () => {
  it('are told from other files of the journal and the branch', () => {
    expect(keyOfLog('cfe_c0c_MD5E-s1--x.bin.log')).toBe('MD5E-s1--x.bin');
    expect(keyOfLog('575_682_WORM-s2-m1--under__scor__e2____x.log')).toBe('WORM-s2-m1--under_scor_e2__x');
    expect(keyOfLog('575/682/WORM-s2-m1--under__x.log')).toBe('WORM-s2-m1--under__x');
    expect(keyOfLog('cfe/c0c/URL--http&c%%a%b.log')).toBe('URL--http://a/b');
    expect(['uuid.log', 'trust.log', 'cfe/c0c/MD5E-s1--x.log.web'].map(keyOfLog)).toEqual([null, null, null]);
  });
});

describe('mapLimited', () => {
  it('keeps order and limit', async () => {
    let running = 0;
    let most = 0;
    const results = await mapLimited([5, 1, 4, 2, 3], 2, async value => {
      most = Math.max(most, ++running);
      await new Promise(resolve => setTimeout(resolve, value));
      running--;
      return value * 2;
    });
    expect(results).toEqual([10, 2, 8, 4, 6]);
    expect(most).toBe(2);
    await expect(mapLimited([1], 2, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });
});
