import { isAtLeast } from './version';

describe('isAtLeast', () => {
  it.each([
    ['2.39.5', '2.31', true],
    ['2.31', '2.31.0', true],
    ['2.9.1', '2.31', false],
    ['10.20261026-g351f', '10.20230626', true],
    ['8.20210223', '10.20230626', false],
    ['1.1.0rc1', '1.1', true],
    ['git version 2.40.1.windows.1', '2.40.1', true]
  ])('%s against %s', (found, required, enough) => {
    expect(isAtLeast(found, required)).toBe(enough);
  });
});
