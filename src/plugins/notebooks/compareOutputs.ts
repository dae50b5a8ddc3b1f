import type { ICell } from '@jupyterlab/nbformat';
import type { IComparedCell } from '../../components/dialogs/runQuestions';
import { isExecuted, textOf } from './step';

type Json = Readonly<Record<string, unknown>>;

/** What a cell shows, without what differs between any two executions. */
interface IShown {
  readonly stdout: string;
  readonly stderr: string;
  /** Of each output that is no stream, its parts by mime type. */
  readonly parts: readonly Readonly<Record<string, string>>[];
}

/**
 * What the executed cells of a notebook show, beside what the same cells show after a fresh kernel has executed them. Counts of
 * executions, ids and times are passed over, and so is the order in which the two streams came.
 */
export function compareOutputs(live: readonly ICell[], step: readonly ICell[]): IComparedCell[] {
  const fresh = step.filter(isExecuted);
  return live.filter(isExecuted).map((cell, at) => compareCell(cell, fresh[at], at + 1));
}

function compareCell(live: ICell, step: ICell | undefined, cell: number): IComparedCell {
  const [one, other] = [shownBy(live), shownBy(step)];
  const same = JSON.stringify(one) === JSON.stringify(other);
  const wasRun = typeof live['execution_count'] === 'number' || outputsOf(live).length > 0;
  return {
    cell,
    source: textOf(live.source).trim().split('\n')[0] ?? '',
    verdict: wasRun ? (same ? 'same' : 'other') : 'not-run',
    live: wordsOf(one),
    step: wordsOf(other)
  };
}

/** Whether a cell was executed in the notebook without an error, as far as can be seen there; by its number. */
export function wentWell(live: readonly ICell[], number: number): boolean {
  const cell = live.filter(isExecuted)[number - 1];
  return typeof cell?.['execution_count'] === 'number' && outputsOf(cell).every(output => output['output_type'] !== 'error');
}

function outputsOf(cell: ICell | undefined): Json[] {
  const outputs: unknown = cell?.['outputs'];
  return Array.isArray(outputs) ? outputs.filter(isJson) : [];
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shownBy(cell: ICell | undefined): IShown {
  const outputs = outputsOf(cell);
  const stream = (name: string): string => {
    const texts = outputs.filter(output => output['output_type'] === 'stream' && output['name'] === name);
    return steady(overwritten(texts.map(({ text }) => textOf(text)).join('')));
  };
  return {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    parts: outputs.filter(output => output['output_type'] !== 'stream').map(partsOf)
  };
}

/** Each widget has another id. */
const WIDGET = 'application/vnd.jupyter.widget-view+json';
const IMAGE = /^image\//u;
const MARKUP = /^(?:text\/html|image\/svg\+xml|application\/javascript)$/u;

function partsOf(output: Json): Record<string, string> {
  if (output['output_type'] === 'error') {
    return { error: steady(`${textOf(output['ename'])}: ${textOf(output['evalue'])}`) };
  }
  const data = isJson(output['data']) ? output['data'] : {};
  const names = Object.keys(data).sort();
  if (names.includes(WIDGET)) {
    return { [WIDGET]: '' };
  }
  return Object.fromEntries(names.map(name => [name, partOf(name, data[name])]));
}

function partOf(mime: string, value: unknown): string {
  if (typeof value !== 'string' && !(Array.isArray(value) && value.every(line => typeof line === 'string'))) {
    return JSON.stringify(value);
  }
  const text = textOf(value);
  if (MARKUP.test(mime)) {
    return steady(text).replace(PASSING, '…');
  }
  return IMAGE.test(mime) ? text.replace(/\s/gu, '') : steady(text);
}

/** Ids and dates in the markup of plots, and of tables with styles. */
const PASSING =
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\bT_[0-9a-f]{5}|\b[mph][0-9a-f]{10}\b|<dc:date>[^<]*<\/dc:date>/gu;

/** Without addresses in memory, and the names that a kernel gives to cells in warnings: each process has others. */
function steady(text: string): string {
  return text.replace(/ at 0x[0-9a-f]+/giu, ' at 0x…').replace(/ipykernel_\d+\/\d+\.py/gu, 'ipykernel');
}

/** As a terminal shows lines that were written over: JupyterLab keeps it so, and a notebook that was executed does not. */
function overwritten(text: string): string {
  return text
    .replace(/\r\n/gu, '\n')
    .split('\n')
    .map(line => line.split('\r').reduce((shown, over) => over + shown.slice(over.length)))
    .join('\n');
}

/** Of what a cell shows, as much as is told. */
const MOST = 400;
// eslint-disable-next-line no-control-regex
const COLOURS = /\u001b\[[0-9;]*[A-Za-z]/gu;

function wordsOf({ stdout, stderr, parts }: IShown): string {
  const texts = parts.map(part => {
    const picture = Object.keys(part).find(mime => IMAGE.test(mime));
    return picture === undefined ? (part['text/plain'] ?? part['error'] ?? Object.keys(part).join(', ')) : `(${picture})`;
  });
  const text = [stdout, ...texts, stderr]
    .filter(one => one.trim() !== '')
    .map(one => one.replace(COLOURS, '').trimEnd())
    .join('\n');
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}
