import { fireEvent, render, screen, within } from '@testing-library/react';
import type { IContainersState } from '../../models/containersModel';
import type { Container } from '../../protocol/container';
import { contentsPath } from '../../protocol/paths';
import type { Runtime } from '../../protocol/runtime';
import { accessibilityViolations, trans } from '../testing.fixtures';
import { type IAddDraft, AddContainerForm, addAnswer, addDraft } from './addForm';
import { ContainersView } from './containersView';

const dataset = contentsPath('study');
const own: Container = {
  name: 'tiny',
  dataset,
  imagePath: '.datalad/environments/tiny/image',
  image: {
    name: 'image',
    path: contentsPath('study/.datalad/environments/tiny/image'),
    kind: 'annex',
    here: 'no',
    bytes: 4_000_000
  },
  callFormat: 'bash -c {cmd} {img}',
  extraInputs: []
};
const other: Container = {
  ...own,
  name: 'box/app',
  dataset: contentsPath('study/box'),
  image: null,
  callFormat: 'run\u202e {img} {cmd}'
};
const actions = {
  onGet: jest.fn(),
  onRun: jest.fn(),
  onUpdate: jest.fn(),
  onRemove: jest.fn(),
  onAdd: jest.fn(),
  onRefresh: jest.fn()
};
const show = (found: IContainersState['found']) =>
  render(<ContainersView state={{ found, failure: null }} dataset={dataset} name="study" trans={trans} {...actions} />);

describe('the containers of a dataset', () => {
  it('are told with their images, what is wrong with their call formats, and what can be done', async () => {
    const { container } = show({ containers: [own, other], truncated: true });
    const [first, second] = within(screen.getByRole('list', { name: 'Containers' })).getAllByRole('listitem');
    expect(first?.textContent).toContain('not here, 3.8 MB');
    expect(first?.textContent).toContain('only “python” would be run');
    expect(second?.textContent).toContain('nothing at this place');
    expect(second?.textContent).toContain('run\\u202e {img} {cmd}');
    expect(screen.queryByRole('button', { name: 'Remove box/app' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Get the image of tiny' }));
    expect(actions.onGet).toHaveBeenCalledWith(own);
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('may be none', () => {
    show({ containers: [], truncated: false });
    expect(screen.getByText(/No container is registered/)).toBeTruthy();
  });
});

describe('the form for a container', () => {
  const question = {
    datasetName: 'study',
    taken: ['tiny'],
    update: false,
    initial: {},
    readRuntimes: async (): Promise<Runtime[]> => [
      { name: 'docker', program: '/bin/docker', start: 'fails', options: [], said: 'no daemon' },
      { name: 'bubblewrap', program: '/bin/bwrap', version: '0.8.0', start: 'works', options: [] }
    ],
    commandLine: () => 'datalad containers-add'
  };
  const draft: IAddDraft = { ...addDraft(question), name: 'new', source: 'a.tar', callFormat: 'run {img} {cmd}' };

  it('offers first what works on this machine', async () => {
    const { container } = render(<AddContainerForm question={question} value={draft} trans={trans} onChange={jest.fn()} />);
    const options = await screen.findAllByRole('option', { name: /Bubblewrap 0\.8\.0 – works here/ });
    expect(options).toHaveLength(1);
    expect(screen.getAllByRole('option').map(({ textContent }) => textContent)[1]).toContain('Bubblewrap');
    expect(screen.getAllByRole('option').at(-1)?.textContent).toContain('Docker – installed, but a start fails');
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('says what became of Singularity Hub', () => {
    render(
      <AddContainerForm question={question} value={{ ...draft, source: 'shub://a/b' }} trans={trans} onChange={jest.fn()} />
    );
    expect(screen.getByText(/Singularity Hub is gone/)).toBeTruthy();
  });

  it.each<[Partial<IAddDraft>, boolean]>([
    [{}, true],
    [{ name: 'tiny' }, false],
    [{ name: 'a_b' }, false],
    [{ source: '' }, false],
    [{ source: 'file:///x' }, false],
    [{ callFormat: '{img} {command}' }, false],
    [{ callFormat: '' }, true]
  ])('with %j is complete: %s', (change, complete) => {
    expect(addAnswer({ ...draft, ...change }, question) !== null).toBe(complete);
  });

  it('keeps what is left empty in an update', () => {
    const update = { ...question, update: true, initial: { name: 'tiny', callFormat: 'run {img} {cmd}' } };
    expect(addAnswer(addDraft(update), update)).toEqual({
      name: 'tiny',
      callFormat: 'run {img} {cmd}',
      extraInputs: [],
      update: true
    });
  });
});
