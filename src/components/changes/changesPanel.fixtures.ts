import { type IPanelFixture, panelFixtures, state, summary } from '../panel.fixtures';
import { FRESH_MEMORY } from '../types';

/** A panel that shows changes, and nothing that jobs have left. */
export function fixture(changes = summary().changes): IPanelFixture {
  return {
    ...panelFixtures.clean,
    jobs: [],
    problems: [],
    reports: {},
    listing: undefined,
    memory: FRESH_MEMORY,
    state: state({ summary: summary({ changes }) })
  };
}
