import { Burst } from './burst';

describe('a burst', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is told once, after it', () => {
    const tell = jest.fn();
    const burst = new Burst(tell);
    burst.add();
    jest.advanceTimersByTime(100);
    burst.add();
    jest.advanceTimersByTime(199);
    expect(tell).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(tell).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(5000);
    expect(tell).toHaveBeenCalledTimes(1);
  });

  it('that lasts is told twice a second', () => {
    const tell = jest.fn();
    const burst = new Burst(tell);
    for (let time = 0; time < 3000; time += 50) {
      burst.add();
      jest.advanceTimersByTime(50);
    }
    expect(tell.mock.calls.length).toBeGreaterThanOrEqual(5);
    expect(tell.mock.calls.length).toBeLessThanOrEqual(6);
  });

  it('is not told once it is cancelled', () => {
    const tell = jest.fn();
    const burst = new Burst(tell);
    burst.add();
    burst.cancel();
    jest.advanceTimersByTime(5000);
    expect(tell).not.toHaveBeenCalled();
  });
});
