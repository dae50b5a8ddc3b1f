import { cpus, totalmem } from 'node:os';

/**
 * One line of the table.
 *
 * @typedef {object} Result
 * @property {string} what what was measured
 * @property {number} ours
 * @property {'ms' | 'MB' | 'kB' | '%' | ''} unit of `ours` and of the reference
 * @property {{ what: string, value: number }} [reference] measured in the same run
 * @property {number} [target] at most: times the reference where there is one, else in `unit`
 * @property {string} [note] a floor, or what else is worth knowing
 */

const digits = value => (value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(3));
const withUnit = (value, unit) => `${digits(value)} ${unit}`.trim();

/** The same with ratio and verdict; `met` is missing where there is no target. */
export function judged(result) {
  const { ours, reference, target } = result;
  const ratio = reference === undefined ? undefined : ours / reference.value;
  return { ...result, ratio, met: target === undefined ? undefined : (ratio ?? ours) <= target };
}

function targetText({ target, reference, unit }) {
  return target === undefined ? '' : `≤ ${reference === undefined ? withUnit(target, unit) : `${target} ×`}`;
}

/** Lines of a Markdown table, which is also good to read in a terminal. */
export function table(results) {
  const rows = results.map(result => [
    result.what + (result.note === undefined ? '' : ` (${result.note})`),
    withUnit(result.ours, result.unit),
    result.reference === undefined ? '' : `${result.reference.what}: ${withUnit(result.reference.value, result.unit)}`,
    result.ratio === undefined ? '' : `${digits(result.ratio)} ×`,
    targetText(result),
    result.met === undefined ? '' : result.met ? 'met' : '**not met**'
  ]);
  const head = ['what', 'ours', 'reference', 'ratio', 'target', ''];
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map(row => row[column].length)));
  const line = cells => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(head), `|${widths.map(width => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n');
}

/** What the figures hold for. */
export function machine() {
  const [cpu] = cpus();
  return `${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform} ${process.arch}`;
}
