import { Silence } from './silence';

describe('Silence', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is told after five seconds and once a second from then on, until something is heard', () => {
    const told: number[] = [];
    const silence = new Silence(quiet => told.push(quiet));
    jest.advanceTimersByTime(4_900);
    expect(told).toEqual([]);
    jest.advanceTimersByTime(2_200);
    expect(told).toEqual([5_000, 6_000, 7_000]);
    silence.heard();
    jest.advanceTimersByTime(4_500);
    silence.end();
    jest.advanceTimersByTime(60_000);
    expect(told).toHaveLength(3);
  });

  it('takes no jump of the clock for a silence before or after it', () => {
    const told: number[] = [];
    const silence = new Silence(quiet => told.push(quiet));
    jest.setSystemTime(Date.now() - 86_400_000);
    jest.advanceTimersByTime(4_000);
    expect(told).toEqual([]);
    jest.advanceTimersByTime(3_000);
    expect(told.every(quiet => quiet >= 5_000 && quiet < 10_000)).toBe(true);
    silence.end();
  });
});
