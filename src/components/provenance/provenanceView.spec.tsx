import { fireEvent, render, screen, within } from '@testing-library/react';
import type { IProvenanceState } from '../../models/provenanceModel';
import { accessibilityViolations, trans } from '../testing.fixtures';
import { layoutOf } from './layout';
import { DATASET, GRAPH, largeGraph, provenanceFixtures } from './provenance.fixtures';
import { ProvenanceView } from './provenanceView';
import { collapseOf, sceneOf } from './scene';

function show(state: IProvenanceState): { container: HTMLElement; execute: jest.Mock; onSave: jest.Mock } {
  const [execute, onSave] = [jest.fn(), jest.fn()];
  const { container } = render(
    <ProvenanceView
      {...{ state, execute, onSave, trans }}
      dataset={DATASET}
      title="Provenance"
      ofFile={false}
      onRefresh={jest.fn()}
      onExport={jest.fn()}
    />
  );
  return { container, execute, onSave };
}

const fixture = (name: string): IProvenanceState => provenanceFixtures[name] as IProvenanceState;

test.each(Object.keys(provenanceFixtures))('“%s” breaks no rule of accessibility', async name => {
  const { container } = show(fixture(name));
  expect(await accessibilityViolations(container)).toEqual([]);
});

test('a picture has boxes in words, which keys lead along', async () => {
  const { container, execute } = show(fixture('graph'));
  const boxes = within(screen.getByRole('group', { name: /^Files and runs/ }));
  expect(boxes.getAllByRole('button')).toHaveLength(11);
  const plot = boxes.getByRole('button', { name: 'run Plot the volumes, stale', pressed: true });
  expect(boxes.getByRole('button', { name: 'file sub-01.nii.gz, not as in the last save' })).toBeTruthy();
  const details = within(screen.getByRole('region', { name: 'Details' }));
  expect(details.getByText(/something further up has changed/)).toBeTruthy();
  fireEvent.click(details.getByRole('button', { name: 'Show the commit' }));
  expect(execute).toHaveBeenCalledWith('datalad:history', { dataset: DATASET, commit: GRAPH.runs[0]?.commit });
  fireEvent.keyDown(plot, { key: 'ArrowLeft' });
  expect(boxes.getByRole('button', { name: 'file \\u202evolumes.csv', pressed: true })).toBeTruthy();
  fireEvent.keyDown(plot, { key: 'ArrowLeft' });
  expect(details.getByRole('heading', { name: 'Measure <b>volumes</b>' })).toBeTruthy();
  expect(container.querySelector('b')).toBeNull();
});

test('details lead through the graph, and say what changed', () => {
  show(fixture('graph'));
  fireEvent.click(screen.getByRole('button', { name: 'As a list' }));
  const list = within(screen.getByRole('list', { name: 'Runs' }));
  fireEvent.click(list.getByRole('button', { name: /Make masks/ }));
  const details = within(screen.getByRole('region', { name: 'Details' }));
  expect(details.getByText(/what it was made from has changed since/)).toBeTruthy();
  expect(
    within(details.getByRole('list', { name: 'Made from' }))
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent)
  ).toEqual(['raw/sub-01.nii.gz (1a2b3c4) ⚠ changed since', 'raw/sub-02.nii.gz']);
  expect(details.getByText(/Not in the dataset.*atlas/)).toBeTruthy();
  fireEvent.click(details.getByRole('button', { name: 'masks/sub-02.nii.gz' }));
  expect(
    within(details.getByRole('list', { name: 'Used by' })).getByRole('button', { name: 'Measure <b>volumes</b>' })
  ).toBeTruthy();
});

test('a picture is saved as it is seen, and nothing in it does anything', () => {
  const { onSave } = show(fixture('graph'));
  fireEvent.click(screen.getByRole('button', { name: 'Save as SVG' }));
  const [name, type, text] = onSave.mock.lastCall as [string, string, string];
  expect([name, type]).toEqual(['provenance.svg', 'image/svg+xml']);
  const svg = new DOMParser().parseFromString(text, 'image/svg+xml');
  expect(svg.querySelector('parsererror')).toBeNull();
  expect(svg.querySelectorAll('rect')).toHaveLength(11);
  expect(svg.querySelector('b')).toBeNull();
});

test('a search finds boxes', () => {
  show(fixture('graph'));
  fireEvent.change(screen.getByRole('searchbox', { name: 'Find' }), { target: { value: 'MASKS' } });
  expect(screen.getByRole('button', { name: 'Next (3)' })).toBeTruthy();
});

test('a large graph is folded: few boxes, and in each way of showing it no long wait', () => {
  const graph = largeGraph();
  expect(collapseOf(graph)).toBe('folders');
  const none = new Set<string>();
  expect(sceneOf(graph, { collapse: 'folders', opened: none }).nodes.length).toBeLessThan(150);
  for (const collapse of ['folders', 'runs', 'none'] as const) {
    const start = performance.now();
    const scene = sceneOf(graph, { collapse, opened: none });
    const { nodes } = layoutOf(scene);
    expect(nodes.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true);
    expect(performance.now() - start).toBeLessThan(3_000);
  }
  // What leads to itself has its place, too.
  const [first] = graph.runs;
  const runs = graph.runs.map((run, at) => (at === 0 && first !== undefined ? { ...run, inputs: first.outputs } : run));
  expect(layoutOf(sceneOf({ ...graph, runs }, { collapse: 'none', opened: none })).nodes.length).toBeGreaterThan(11_000);
});
