import { setTimeout as wait } from 'node:timers/promises';
import { together } from './together';

describe('together', () => {
  it('fails as the first in their order, whichever failed first, once all have ended', async () => {
    let ended = false;
    const slow = wait(20).then(() => {
      ended = true;
      throw new Error('slow');
    });
    await expect(together([Promise.resolve(), slow, Promise.reject(new Error('quick'))])).rejects.toThrow('slow');
    expect(ended).toBe(true);
  });

  it('resolves when all is well', async () => {
    await expect(together([Promise.resolve(1), wait(1)])).resolves.toBeUndefined();
  });
});
