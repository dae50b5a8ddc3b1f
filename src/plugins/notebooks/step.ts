import type { ICell, INotebookContent } from '@jupyterlab/nbformat';
import { fail } from '../../protocol/failure';
import { MAX_PLANNED } from '../../protocol/notebookRun';

/** What JupyterLab notes in a cell about one execution: times, and whether its outputs may be shown. */
const OF_ONE_EXECUTION = new Set(['execution', 'trusted']);

/**
 * The cells from the top to one of them, by its index, without anything that was executed. All else stays as it is, ids of cells too: what
 * differed from time to time could not be made again bit by bit.
 */
export function cutStep({ cells, metadata, ...notebook }: INotebookContent, last: number): INotebookContent {
  return { ...notebook, metadata: without(metadata, name => name === 'widgets'), cells: cells.slice(0, last + 1).map(cleared) };
}

function cleared(cell: ICell): ICell {
  const metadata = without(cell.metadata, name => OF_ONE_EXECUTION.has(name));
  return cell.cell_type === 'code' ? { ...cell, metadata, outputs: [], execution_count: null } : { ...cell, metadata };
}

function without<T extends object>(metadata: T, isOut: (name: string) => boolean): T {
  return Object.fromEntries(Object.entries(metadata).filter(([name]) => !isOut(name))) as T;
}

/** As much of a notebook as says what its execution would be, as JSON; fails with `bad-notebook` where that is more than is looked at. */
export function planText({ cells, metadata, nbformat }: INotebookContent): string {
  const code = cells.filter(isCode).map(({ source, metadata: { tags } }) => ({ cell_type: 'code', source, metadata: { tags } }));
  const { kernelspec, language_info } = metadata;
  const text = JSON.stringify({ nbformat, metadata: { kernelspec, language_info }, cells: code });
  return text.length > MAX_PLANNED ? fail('bad-notebook', 'The source of these cells is too long.') : text;
}

export function isCode({ cell_type: type }: ICell): boolean {
  return type === 'code';
}

/** Whether a fresh kernel executes a cell, as nbclient has it; what is counted as a cell is what is executed. */
export function isExecuted(cell: ICell): boolean {
  const { tags } = cell.metadata as { tags?: unknown };
  return isCode(cell) && textOf(cell.source).trim() !== '' && !(Array.isArray(tags) && tags.includes('skip-execution'));
}

/** Texts in notebooks stand as strings or as lists of lines. */
export function textOf(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join('') : typeof value === 'string' ? value : '';
}

/** A name for a step of a notebook that nothing else in its folder has: `analysis.step.ipynb`, `analysis.step-2.ipynb`, … */
export function stepName(notebook: string, taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const name = numbered(notebook, number);
    if (!taken.includes(name)) {
      return name;
    }
  }
}

/** Of the names in a folder those that steps of a notebook were given by themselves, the last one first. */
export function earlierSteps(notebook: string, names: readonly string[]): string[] {
  return names
    .flatMap(name => {
      const number = Number(/\.step(?:-(\d{1,6}))?\.ipynb$/u.exec(name)?.[1] ?? 1);
      return name === numbered(notebook, number) ? [{ name, number }] : [];
    })
    .sort((one, other) => other.number - one.number)
    .map(({ name }) => name);
}

function numbered(notebook: string, number: number): string {
  return `${notebook.replace(/\.ipynb$/u, '')}.step${number === 1 ? '' : `-${number}`}.ipynb`;
}
