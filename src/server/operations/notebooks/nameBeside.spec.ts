import { decodePath, encodePath } from '../../bytes';
import { nameBeside } from './nameBeside';

it('is the name of the notebook with another ending, in the same folder', () => {
  expect(nameBeside('a.ipynb', 1)).toBe('a.executed.ipynb');
  expect(nameBeside('sub.ipynb/a.b.ipynb', 12)).toBe('sub.ipynb/a.b.executed-12.ipynb');
  expect(nameBeside('sub/plain', 1)).toBe('sub/plain.executed.ipynb');
});

it.each(['a', 'ä', '📓', decodePath(Buffer.from([0xe9]))])(
  'is no longer than a name may be, and has whole characters: %j',
  char => {
    for (let length = 200; length < 255; length++) {
      const stem = [...'x'.repeat(length % 4), ...char.repeat(Math.floor(length / encodePath(char).length))].join('');
      const name = nameBeside(`sub/${stem}.ipynb`, 2).slice('sub/'.length);
      expect(encodePath(name).length).toBeLessThanOrEqual(255);
      expect(stem.startsWith(name.slice(0, -'.executed-2.ipynb'.length))).toBe(true);
      expect(decodePath(encodePath(name))).toBe(name);
    }
  }
);
