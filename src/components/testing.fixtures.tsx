import { nullTranslator } from '@jupyterlab/translation';
import { render } from '@testing-library/react';
import axe from 'axe-core';
import { useState } from 'react';
import type { ContentsPath } from '../protocol/paths';
import { Panel } from './panel';
import type { IPanelFixture } from './panel.fixtures';
import type { IPanelActions } from './types';

export const trans = nullTranslator.load('jupyterlab_datalad');

/** Rules that look at pixels, of which there are none here; the browser tests have them. */
const OFF = { 'color-contrast': { enabled: false }, 'label-content-name-mismatch': { enabled: false } };

/** What is wrong for people with assistive technology, one line each. */
export async function accessibilityViolations(element: Element): Promise<string[]> {
  const { violations } = await axe.run(element, { rules: OFF, resultTypes: ['violations'] });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`);
}

export type RecordedActions = {
  [N in keyof IPanelActions]: jest.Mock<ReturnType<IPanelActions[N]>, Parameters<IPanelActions[N]>>;
};

/** Actions that only remember that they were asked for. */
export function recordedActions({
  reports = {},
  hidden = {},
  destinations = {},
  messages,
  places,
  inside = {},
  undo = {},
  copies
}: Partial<IPanelFixture> = {}): RecordedActions {
  return {
    execute: jest.fn(async (_command: string, _args?: Parameters<IPanelActions['execute']>[1]): Promise<boolean> => true),
    has: jest.fn((_command: string): boolean => true),
    openFolder: jest.fn(),
    openMenu: jest.fn(),
    pin: jest.fn(),
    refresh: jest.fn(),
    cancel: jest.fn(),
    answer: jest.fn(),
    report: jest.fn(async (id: string) => reports[id] ?? null),
    isKnown: jest.fn(async (_execution: string) => true),
    hidden: jest.fn(async (folder: ContentsPath) => hidden[folder] ?? null),
    destinations: jest.fn(async (_dataset: ContentsPath, paths: readonly ContentsPath[]) =>
      paths.flatMap(path => destinations[path] ?? [])
    ),
    changesIn: jest.fn(async (subdataset: ContentsPath): ReturnType<IPanelActions['changesIn']> => inside[subdataset] ?? null),
    places: jest.fn(
      async (..._asked: Parameters<IPanelActions['places']>): ReturnType<IPanelActions['places']> => places ?? null
    ),
    messages: jest.fn(async (_dataset: ContentsPath) => messages ?? null),
    addRules: jest.fn(),
    dropLastCopies: jest.fn(),
    resume: jest.fn(),
    repair: jest.fn(),
    removeLock: jest.fn(async (_dataset: Parameters<IPanelActions['removeLock']>[0]) => true),
    dismiss: jest.fn(),
    openChangeMenu: jest.fn(),
    openCommitMenu: jest.fn(),
    undoable: jest.fn(async (_dataset: ContentsPath): ReturnType<IPanelActions['undoable']> => undo.plan ?? null),
    discarded: jest.fn(async (_dataset: ContentsPath): ReturnType<IPanelActions['discarded']> => undo.kept ?? []),
    removeDiscard: jest.fn(),
    copies: jest.fn(async (_dataset: ContentsPath, _paths: readonly ContentsPath[]) => copies ?? null),
    copy: jest.fn(),
    clearJobs: jest.fn()
  };
}

function Remembering({ fixture, actions }: { fixture: IPanelFixture; actions: IPanelActions }): JSX.Element {
  const [memory, setMemory] = useState(fixture.memory);
  const [remember] = useState(() => (patch: Partial<typeof memory>) => setMemory(old => ({ ...old, ...patch })));
  return (
    <Panel
      {...fixture}
      memory={memory}
      actions={actions}
      trans={trans}
      revealed={fixture.revealed ?? null}
      history={null}
      inspector={null}
      onSections={() => undefined}
      onRemember={remember}
    />
  );
}

/** Renders the panel in a state; what it remembers works, everything else is recorded. */
export function renderPanel(fixture: IPanelFixture) {
  const actions = recordedActions(fixture);
  const page = render(<Remembering fixture={fixture} actions={actions} />);
  const show = (next: IPanelFixture): void => page.rerender(<Remembering fixture={next} actions={actions} />);
  return { ...page, actions, show };
}
