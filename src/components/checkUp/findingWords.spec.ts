import { FINDINGS } from '../../protocol/checkUp';
import { trans } from '../testing.fixtures';
import { findingTitle, findingWords, foundWords, oldVersionWords } from './findingWords';

const commit = (id: string) => ({ id: id.repeat(40), subject: `Version ${id}`, time: 1 });

it.each(FINDINGS)('%s is worded', finding => {
  expect(findingTitle(finding, trans)).toMatch(/^[A-Z]/u);
  expect(findingWords({ finding, total: 1, bytes: 0, items: [] }, trans)).toMatch(/^[A-Z].*\.$/su);
});

it('a branch is told with the number of its commits', () => {
  expect(foundWords({ name: 'try', ahead: 1 }, 'unpushed-branch', trans)).toBe('1 commit');
  expect(foundWords({ name: 'try', ahead: 12 }, 'unpushed-branch', trans)).toBe('12 commits');
});

it('an old version is dropped under the names of the commits that need it, three of them', () => {
  const found = { name: 'a.dat', where: ['origin', 'web'] };
  expect(oldVersionWords(found, trans)).toBe('a.dat – origin, web');
  expect(oldVersionWords({ ...found, commits: [commit('a')] }, trans)).toBe('a.dat – origin, web; needed by aaaaaaa');
  expect(oldVersionWords({ ...found, commits: ['a', 'b', 'c', 'd', 'e'].map(commit) }, trans)).toBe(
    'a.dat – origin, web; needed by aaaaaaa, bbbbbbb, ccccccc and 2 more'
  );
});
