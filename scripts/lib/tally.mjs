import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { root } from './paths.mjs';

/** What one runner did: tests that passed, and everything that did not, tests that were skipped included. */
const nothingRan = label => ({ label, passed: 0, failed: 1, note: 'ran no test' });

function counted(label, passed, failed, skipped) {
  if (passed + failed === 0) {
    return nothingRan(label);
  }
  return skipped > 0
    ? { label, passed, failed: failed + skipped, note: `${skipped} skipped, which counts as failed` }
    : { label, passed, failed };
}

/** A runner that ends badly with all tests passed has failed, too: a crash in a teardown, a leak, a missing report. */
function withExitCode(outcome, code) {
  return code !== 0 && outcome.failed === 0 ? { ...outcome, failed: 1, note: `the runner ended with ${code}` } : outcome;
}

async function reportOf(file) {
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? null : JSON.parse(text);
}

/** Sums Jest's `--json` report. A suite that could not be loaded counts as one failure. */
export async function tallyJest(label, file, code) {
  const report = await reportOf(file);
  if (!report) {
    return { label, passed: 0, failed: 1, note: `wrote no report, ended with ${code}` };
  }
  const skipped = report.numPendingTests + report.numTodoTests;
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  return { ...withExitCode(counted(label, report.numPassedTests, failed, skipped), code), names: failedInJest(report) };
}

function failedInJest({ testResults }) {
  return testResults.flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults.filter(test => test.status === 'failed').map(test => `: ${test.fullName}`);
    return (status === 'failed' && failed.length === 0 ? [' could not be run'] : failed).map(test => relative(root, name) + test);
  });
}

/** Sums Playwright's JSON report. */
export async function tallyPlaywright(label, file, code) {
  const report = await reportOf(file);
  if (!report) {
    return { label, passed: 0, failed: 1, note: `wrote no report, ended with ${code}` };
  }
  const { expected, unexpected, flaky, skipped } = report.stats;
  const outcome = counted(label, expected, unexpected + flaky + report.errors.length, skipped);
  return { ...withExitCode(outcome, code), names: report.suites.flatMap(failedInPlaywright) };
}

function failedInPlaywright({ file, specs = [], suites = [] }) {
  const failed = specs.filter(({ ok }) => !ok).map(({ title }) => `${file}: ${title}`);
  return [...failed, ...suites.flatMap(failedInPlaywright)];
}

/** One check that passes or fails as a whole. */
export const tallyCheck = (label, code) => (code === 0 ? { label, passed: 1, failed: 0 } : { label, passed: 0, failed: 1 });

/** Prints a table of the runners, what failed by name, since its own report may be far above, and as the last line the sum. */
export function printTally(outcomes) {
  const width = Math.max(...outcomes.map(({ label }) => label.length));
  console.log('');
  for (const { label, passed, failed, note } of outcomes) {
    console.log(`  ${label.padEnd(width)}  ${failed > 0 ? '✗' : '✓'} passed: ${passed}, failed: ${failed}${note ? ` (${note})` : ''}`);
  }
  const names = outcomes.flatMap(outcome => outcome.names ?? []);
  if (names.length > 0) {
    console.log(['', 'Failed:', ...names].join('\n  '));
  }
  const sum = key => outcomes.reduce((total, outcome) => total + outcome[key], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0 && sum('passed') > 0;
}
