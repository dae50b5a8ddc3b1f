import fc from 'fast-check';

/**
 * What `fc.assert` has to be told when one run of a property tries `size` cases at once, since a case of its own would cost a process
 * or a server: then as many runs as give the usual number of cases.
 */
export function inBatches(size: number): { numRuns: number } {
  return { numRuns: Math.ceil((fc.readConfigureGlobal().numRuns ?? 100) / size) };
}
