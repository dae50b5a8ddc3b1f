import { cleanup, screen } from '@testing-library/react';
import { panelFixtures, state, summary } from '../panel.fixtures';
import { renderPanel } from '../testing.fixtures';

afterEach(cleanup);

test.each([
  [undefined, null],
  [1, '1 file is left out of the folder by a sparse checkout.'],
  [1234, '1,234 files are left out of the folder by a sparse checkout.']
])('%s files left out by a sparse checkout are told as %j', (leftOut, words) => {
  const fixture = panelFixtures['clean'];
  if (fixture === undefined) {
    throw new Error('no fixture');
  }
  const memory = { ...fixture.memory, open: ['data' as const] };
  renderPanel({ ...fixture, memory, state: state({ summary: summary(leftOut === undefined ? {} : { leftOut }) }) });
  expect(screen.queryByText(/left out of the folder/)?.textContent?.split(' “')[0] ?? null).toBe(words);
});
