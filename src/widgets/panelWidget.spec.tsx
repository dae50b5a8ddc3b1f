import { nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import { act, screen } from '@testing-library/react';
import { panelFixtures, state, summary } from '../components/panel.fixtures';
import { recordedActions } from '../components/testing.fixtures';
import type { Job } from '../protocol/job';
import { contentsPath } from '../protocol/paths';
import { NOTHING_INSPECTED } from '../models/inspectorModel';
import type { IDatalad } from '../tokens';
import { PanelMemory } from './panelMemory';
import { PanelWidget } from './panelWidget';
import { Problems } from './problems';

/** Models that hold what they are told and remember what was asked. */
function makeModels() {
  const owner = {};
  const shown = { state: state({ summary: summary({ changes: [] }) }), jobs: [] as Job[] };
  const changed = new Signal<object, void>(owner);
  const refresh = jest.fn(async () => undefined);
  const datalad = {
    client: {},
    current: {
      get state() {
        return shown.state;
      },
      changed
    },
    rows: { listing: () => undefined, refresh, changed: new Signal<object, string>(owner) },
    jobs: {
      get jobs() {
        return shown.jobs;
      },
      changed: new Signal<object, void>(owner),
      ended: new Signal<object, Job>(owner)
    },
    inspector: { state: NOTHING_INSPECTED, changed, close: () => undefined }
  } as unknown as IDatalad;
  return { shown, changed, refresh, datalad };
}

function makePanel() {
  const models = makeModels();
  const { datalad } = models;
  const memory = new PanelMemory(null);
  const trans = nullTranslator.load('jupyterlab_datalad');
  const panel = new PanelWidget({
    datalad,
    memory,
    problems: new Problems(datalad.jobs),
    loadActions: async () => recordedActions(),
    trans
  });
  return { ...models, memory, panel };
}

/** Lets posted messages and the renderer do their work. */
async function settled(panel: PanelWidget): Promise<void> {
  await act(async () => {
    // What the panel shows is loaded by its first drawing, and draws again.
    for (let drawing = 0; drawing < 2; drawing++) {
      await new Promise(resolve => requestAnimationFrame(resolve));
      await panel.renderPromise;
    }
  });
}

describe('the panel as a widget', () => {
  it('draws nothing and asks nothing before it is shown', async () => {
    const { refresh, panel } = makePanel();
    panel.hide();
    Widget.attach(panel, document.body);
    await settled(panel);
    expect(panel.node.textContent).toBe('');
    expect(refresh).not.toHaveBeenCalled();

    panel.show();
    await settled(panel);
    expect(screen.getByText('Everything saved', { exact: false })).toBeTruthy();
    expect(refresh).toHaveBeenCalledWith(contentsPath('my-analysis'));
    panel.dispose();
  });

  it('follows the models while it is shown and stands still while it is hidden', async () => {
    const { shown, changed, panel } = makePanel();
    Widget.attach(panel, document.body);
    await settled(panel);
    const show = (name: string) => {
      shown.state = state({ summary: summary({ dataset: { path: contentsPath(name), name, annex: 'ready' } }) });
      act(() => changed.emit());
    };
    show('first');
    expect(screen.getByRole('link', { name: 'first' })).toBeTruthy();
    panel.hide();
    await settled(panel);
    show('second');
    expect(panel.node.textContent).toContain('first');
    panel.show();
    await settled(panel);
    expect(panel.node.textContent).toContain('second');
    panel.dispose();
  });

  it('goes to a section and a job', async () => {
    const { shown, panel } = makePanel();
    shown.jobs = panelFixtures.unfolded?.jobs ?? [];
    Widget.attach(panel, document.body);
    await settled(panel);
    await act(() => panel.reveal({ section: 'commands', job: shown.jobs[0]?.id }));
    await settled(panel);
    expect(document.activeElement?.textContent).toContain('Commands');
    expect(screen.getByRole('button', { name: /^Drop 2 items/ }).getAttribute('aria-expanded')).toBe('true');
    panel.dispose();
  });

  it('remembers the draft of each dataset', () => {
    const { memory, panel } = makePanel();
    memory.update(contentsPath('a'), { message: 'of a' });
    memory.update(contentsPath('b'), { message: 'of b' });
    expect(memory.get(contentsPath('a')).message).toBe('of a');
    expect(memory.get(null).message).toBe('');
    panel.dispose();
  });
});
