import { isDeepStrictEqual, inspect } from 'node:util';
import fc from 'fast-check';
import { FailureError } from '../../src/protocol/failure';

/** Any name or path that Linux allows, and git: bytes but NUL, mostly such as make trouble. */
export const anyPathBytes: fc.Arbitrary<Buffer> = fc
  .array(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.constantFrom(...['a', ' ', '\t', '\n', '/', '-', '"', '\\', ':', '.', 'é', '\u0301', '😀', '\u202e'])
      },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 255 }) }
    ),
    { minLength: 1, maxLength: 12 }
  )
  .map(parts => Buffer.concat(parts.map(part => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part)))));

/** Cuts bytes into as many chunks as the cuts say, wherever these fall. */
export function cutInto(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [...new Set(cuts.map(cut => cut % (bytes.length + 1)))].sort((one, other) => one - other);
  return [0, ...places].map((place, at) => bytes.subarray(place, places[at] ?? bytes.length));
}

/** Deep equality at a hundredth of what `expect` costs, for properties with thousands of cases. */
export function same(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) {
    throw new Error(`${inspect(actual, { depth: 6 })}\nis not\n${inspect(expected, { depth: 6 })}`);
  }
}

/** What `work` returns; undefined where it fails as expected failures do. Anything else it throws is a bug. */
export function orFailure<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof FailureError) {
      return undefined;
    }
    throw error;
  }
}
