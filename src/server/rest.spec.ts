import { Rest } from './rest';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('what was read is forgotten some time after the last listener has gone, not while a page is loaded again', () => {
  const forget = jest.fn();
  const rest = new Rest(forget, 5_000);
  rest.listening(false);
  jest.advanceTimersByTime(4_000);
  rest.listening(true);
  jest.advanceTimersByTime(60_000);
  expect(forget).not.toHaveBeenCalled();
  rest.listening(false);
  jest.advanceTimersByTime(5_000);
  expect(forget).toHaveBeenCalledTimes(1);
  // Gives memory back, and forgets no second time.
  jest.advanceTimersByTime(60_000);
  expect(forget).toHaveBeenCalledTimes(1);
  rest.dispose();
});
