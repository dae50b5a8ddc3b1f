/** What a test runs in; see scripts/lib/testEnvironments.mjs. */
export type Variant = 'lab' | 'lowest' | 'notebook' | 'collaboration';

export interface IVariantOptions {
  variant: Variant;
}

/** The environment with the wheel that `npm test` made for a variant. */
export function environmentOf(variant: Variant): string {
  const name = `DATALAD_TEST_${variant.toUpperCase()}`;
  const path = process.env[name];
  if (!path) {
    throw new Error(`${name} names no environment: run the browser tests with "npm test -- --only browser"`);
  }
  return path;
}
