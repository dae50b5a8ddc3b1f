import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { commit } from '../../models/history.fixtures';
import type { INotebookRecordState } from '../../models/notebookRecordModel';
import { ORIGIN } from '../inspector/inspector.fixtures';
import { file } from '../panel.fixtures';
import { accessibilityViolations, trans } from '../testing.fixtures';
import { RunState } from './runState';

const run = {
  commit: commit(7, { subject: '[DATALAD RUNCMD] Run a.ipynb' }),
  record: ORIGIN.run?.record ?? { cmd: '' },
  unchanged: true
};
const RECORDED = {
  origin: { last: run.commit, run } as INotebookRecordState['origin'],
  changed: false,
  dirty: false,
  executed: 0,
  wrote: []
};

function show(state: Partial<INotebookRecordState>) {
  const onOpen = jest.fn();
  const { container } = render(<RunState state={{ ...RECORDED, ...state }} trans={trans} onOpen={onOpen} />);
  const button = screen.getByRole('button');
  return { button, container, onOpen };
}

describe('where the outputs of a notebook come from', () => {
  it('is the record, as long as nothing came after it', async () => {
    const { button, container, onOpen } = show({});
    expect(button.textContent).toBe('Recorded');
    expect(button.title).toContain('Run a.ipynb');
    await userEvent.click(button);
    expect(onOpen).toHaveBeenCalledWith(button);
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it.each<[string, Partial<INotebookRecordState>]>([
    ['1 cell was run since.', { executed: 1, dirty: true }],
    ['It has changes that are not saved.', { dirty: true }],
    ['It has changes that are not saved.', { changed: true }],
    ['', { origin: { last: run.commit, run: { ...run, unchanged: false } } as INotebookRecordState['origin'] }]
  ])('is not the record any more: %s', (text, state) => {
    const { button } = show(state);
    expect(button.textContent).toBe('Changed since');
    expect(button.title).toContain(text);
  });

  it('is not known, or no record at all', () => {
    expect(show({ origin: null }).button.textContent).toBe('DataLad');
  });

  it('tells of files that are not saved', () => {
    const { button } = show({ origin: { last: null, run: null }, executed: 2, wrote: [file('out.csv'), file('b.csv')] });
    expect(button.textContent).toBe('Not recorded● 2');
    expect(button.getAttribute('aria-label')).toBe('Not recorded, 2 files unsaved');
    expect(button.title).toContain('not saved: out.csv, b.csv');
  });
});
