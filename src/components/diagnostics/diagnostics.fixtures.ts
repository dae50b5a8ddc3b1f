import type { ISetupState } from '../../models/setupModel';
import { contentsPath } from '../../protocol/paths';
import type { Setup } from '../../protocol/setup';

const ADA = { name: 'Ada', email: 'ada@example.org' };

/** A machine on which everything is as it should be. */
export const SOUND: Setup = {
  health: {
    version: '0.1.0',
    node: '24.1.0',
    available: true,
    tools: [
      { name: 'git', version: '2.39.5', required: '2.31', status: 'ok' },
      { name: 'git-annex', version: '10.20261026', required: '10.20230626', status: 'ok' },
      { name: 'datalad', version: '1.7.1', required: '1.1', status: 'ok' },
      { name: 'datalad-next', version: '1.6.0', required: '1.5', status: 'ok' }
    ]
  },
  python: '3.11.2',
  extensions: [{ name: 'next', package: 'datalad-next', version: '1.6.0', times: 1, elsewhere: false }],
  identity: { user: ADA, dataset: null }
};

/** Much is wrong. */
export const UNSOUND: Setup = {
  ...SOUND,
  health: {
    ...SOUND.health,
    tools: [
      { name: 'git', version: '2.20', required: '2.31', status: 'too-old' },
      { name: 'datalad', version: null, required: '1.1', status: 'missing' },
      { name: 'datalad-osf', version: null, required: '0.3', status: 'missing' }
    ]
  },
  extensions: [
    { name: 'gone', package: null, version: null, times: 1, elsewhere: false },
    { name: 'next', package: 'datalad-next', version: '1.6.0', times: 0, elsewhere: false },
    { name: 'osf', package: 'datalad-osf', version: '0.3.0', times: 0, elsewhere: true }
  ],
  identity: { user: { name: null, email: null }, dataset: null }
};

/** A state of the page. */
export function setupState(setup: Setup | null, more: Partial<ISetupState> = {}): ISetupState {
  return {
    dataset: contentsPath('study'),
    setup,
    failure: null,
    switching: new Map(),
    wtf: { phase: 'unasked', sections: [] },
    ...more
  };
}
