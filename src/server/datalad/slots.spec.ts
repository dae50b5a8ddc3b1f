import { Slots } from './slots';

describe('Slots', () => {
  it('gives places in turn and loses none to those who leave the queue', async () => {
    const slots = new Slots(1);
    const order: string[] = [];
    const never = new AbortController().signal;
    const leaving = new AbortController();
    const first = await slots.take(never);
    const second = slots.take(leaving.signal);
    const third = slots.take(never).then(free => {
      order.push('third');
      return free;
    });
    leaving.abort();
    await expect(second).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
    expect(order).toEqual([]);
    first();
    (await third)();
    (await slots.take(never))();
    await expect(slots.take(AbortSignal.abort())).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
  });
});
