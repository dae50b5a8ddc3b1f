import { StateDB } from '@jupyterlab/statedb';
import { FRESH_MEMORY } from '../components/types';
import { contentsPath } from '../protocol/paths';
import { PanelMemory } from './panelMemory';

const KEY = 'jupyterlab-datalad:panel';
const study = contentsPath('study');

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('PanelMemory', () => {
  it('comes back after a reload, written once for many letters', async () => {
    const database = new StateDB();
    const saved = jest.spyOn(database, 'save');
    const memory = new PanelMemory(database);
    memory.update(study, { message: 'W' });
    memory.update(study, { message: 'Work', open: ['data'] });
    await jest.advanceTimersByTimeAsync(2_000);
    expect(saved).toHaveBeenCalledTimes(1);

    const next = new PanelMemory(database);
    const told = jest.fn();
    next.changed.connect(told);
    await next.restore();
    expect(next.get(study)).toEqual({ ...FRESH_MEMORY, message: 'Work', open: ['data'] });
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('takes what it cannot read for nothing', async () => {
    const database = new StateDB();
    await database.save(KEY, { study: { message: 3 } });
    const memory = new PanelMemory(database);
    await memory.restore();
    expect(memory.get(study)).toEqual(FRESH_MEMORY);
  });

  it('prefers what was typed while it was read', async () => {
    const database = new StateDB();
    await database.save(KEY, {
      study: { ...FRESH_MEMORY, open: [], flipped: [], options: { ...FRESH_MEMORY.options }, message: 'old' }
    });
    const memory = new PanelMemory(database);
    const restored = memory.restore();
    memory.update(study, { message: 'new' });
    await restored;
    expect(memory.get(study).message).toBe('new');
  });

  it('forgets the datasets not seen for longest', () => {
    const memory = new PanelMemory(null);
    memory.update(study, { message: 'first' });
    for (let at = 0; at < 100; at++) {
      memory.update(contentsPath(`d${at}`), { message: 'x' });
    }
    expect(memory.get(study)).toEqual(FRESH_MEMORY);
    expect(memory.get(contentsPath('d0')).message).toBe('x');
    memory.dispose();
  });
});
