import { nullTranslator } from '@jupyterlab/translation';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { type IPanelFixture, panelFixtures } from '../../src/components/panel.fixtures';
import { historyFixtures, historyState } from '../../src/components/history/history.fixtures';
import { DATASET, detailsOf, NOW } from '../../src/models/history.fixtures';
import { HistorySection } from '../../src/components/history/historySection';
import { Panel } from '../../src/components/panel';
import type { IPanelActions } from '../../src/components/types';
import type { CommitId } from '../../src/protocol/revision';

const trans = nullTranslator.load('jupyterlab_datalad');

function actionsOf(fixture: IPanelFixture): IPanelActions {
  const nothing = (): void => undefined;
  return {
    execute: async () => true,
    has: () => true,
    openFolder: nothing,
    openMenu: nothing,
    pin: nothing,
    refresh: nothing,
    cancel: nothing,
    answer: nothing,
    report: async id => fixture.reports[id] ?? null,
    hidden: async folder => fixture.hidden?.[folder] ?? null,
    destinations: async (_, paths) => paths.flatMap(path => fixture.destinations?.[path] ?? []),
    messages: async () => fixture.messages ?? null,
    addRules: nothing,
    dropLastCopies: nothing,
    resume: nothing,
    repair: nothing,
    removeLock: async () => false,
    dismiss: nothing,
    openChangeMenu: nothing,
    undoable: async () => fixture.undo?.plan ?? null,
    discarded: async () => fixture.undo?.kept ?? [],
    removeDiscard: nothing,
    copy: nothing,
    clearJobs: nothing
  };
}

function HistoryExample(): JSX.Element {
  const [state, setState] = useState(
    historyFixtures[new URLSearchParams(location.hash.slice(1)).get('history') ?? 'list'] ?? historyState()
  );
  const [history] = useState(() => ({
    setPath: () => undefined,
    setSearch: () => undefined,
    more: () => undefined,
    showBranches: () => undefined,
    select: (selected: CommitId | null) =>
      setState(before => {
        const found = before.commits.find(({ id }) => id === selected);
        return { ...before, selected, details: found === undefined ? null : detailsOf(found) };
      })
  }));
  const actions = { execute: async () => true, has: () => true, copy: () => undefined };
  return <HistorySection state={state} dataset={DATASET} history={history} actions={actions} trans={trans} now={NOW} />;
}

function Example({
  name,
  fixture,
  width,
  height
}: {
  name: string;
  fixture: IPanelFixture;
  width: number;
  height: number;
}): JSX.Element {
  const [memory, setMemory] = useState(fixture.memory);
  const [actions] = useState(() => actionsOf(fixture));
  return (
    <figure style={{ margin: 8, width }}>
      <figcaption>{name}</figcaption>
      <div className="jp-Datalad" style={{ height, border: '1px solid var(--jp-border-color1)' }}>
        <Panel
          state={fixture.state}
          listing={fixture.listing}
          jobs={fixture.jobs}
          problems={fixture.problems}
          memory={memory}
          actions={actions}
          trans={trans}
          revealed={fixture.revealed ?? null}
          history={<HistoryExample />}
          inspector={null}
          onSections={() => undefined}
          onRemember={patch => setMemory({ ...memory, ...patch })}
        />
      </div>
    </figure>
  );
}

const query = new URLSearchParams(location.hash.slice(1));
const only = query.get('only')?.split(',');
const width = Number(query.get('width') ?? 270);
const height = Number(query.get('height') ?? 640);
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <div style={{ display: 'flex', flexWrap: 'wrap', background: 'var(--jp-layout-color3)', color: 'var(--jp-ui-font-color1)' }}>
      {Object.entries(panelFixtures)
        .filter(([name]) => only === undefined || only.includes(name))
        .map(([name, fixture]) => (
          <Example key={name} name={name} fixture={fixture} width={width} height={height} />
        ))}
    </div>
  );
}
