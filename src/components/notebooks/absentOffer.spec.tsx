import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { contentsPath } from '../../protocol/paths';
import { job } from '../jobs.fixtures';
import { accessibilityViolations, trans } from '../testing.fixtures';
import { AbsentOffer, type IOffer } from './absentOffer';

const data = { name: 'data.bin', path: contentsPath('study/data.bin'), bytes: 5_033_165 };
const url = { name: 'url.bin', path: contentsPath('study/url.bin') };
const others = ['a', 'b', 'c'].map(name => ({ ...url, name, path: contentsPath(`study/${name}`) }));

function show(offer: Partial<IOffer>) {
  const actions = { onGet: jest.fn(), onRun: jest.fn(), onCancel: jest.fn() };
  const page = render(
    <AbsentOffer offer={{ dataset: 'study', files: [data], phase: 'absent', job: null, ...offer }} trans={trans} {...actions} />
  );
  return { ...page, actions };
}

describe('the offer below a cell', () => {
  it('says how much comes, and gets it', async () => {
    const { actions, container } = show({});
    expect(screen.getByRole('status').textContent).toBe('The content of data.bin is not here.');
    await userEvent.click(screen.getByRole('button', { name: 'Get 4.8 MB and run again' }));
    expect(actions.onGet).toHaveBeenCalled();
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it.each([
    [[data, url], 'Get at least 4.8 MB and run again', 'The content of 2 files is not here: data.bin, url.bin.'],
    [[url], 'Get and run again', 'The content of url.bin is not here.'],
    [[data, ...others], 'Get at least 4.8 MB and run again', 'The content of 4 files is not here: data.bin, a, b and 1 more.']
  ])('claims no more than is known (%#)', (files, label, text) => {
    show({ files });
    expect(screen.getByRole('button').textContent).toBe(label);
    expect(screen.getByRole('status').textContent).toBe(text);
  });

  it('shows how far the get is, and cancels it', async () => {
    const running = job({ id: 'g1', operation: 'get', state: 'running', progress: { bytes: 1, totalBytes: 4, active: [] } });
    const { actions, container } = show({ phase: 'getting', job: running });
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('25');
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(actions.onCancel).toHaveBeenCalledWith('g1');
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('offers to run again where the files have come in another way', async () => {
    const { actions } = show({ phase: 'here' });
    expect(screen.getByRole('status').textContent).toBe('data.bin is here now.');
    await userEvent.click(screen.getByRole('button', { name: 'Run again' }));
    expect(actions.onRun).toHaveBeenCalled();
  });
});
