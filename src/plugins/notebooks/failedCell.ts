import type { Cell, ICellModel, ICodeCellModel } from '@jupyterlab/cells';
import type { IOutput } from '@jupyterlab/nbformat';
import type { ICellError } from './missingFiles';

export function isCode(model: ICellModel): model is ICodeCellModel {
  return model.type === 'code';
}

/** The error that a cell shows; null where it shows none. */
export function errorOf(cell: Pick<Cell, 'model'>): ICellError | null {
  const error = outputsOf(cell).findLast(({ output_type }) => output_type === 'error');
  if (error === undefined) {
    return null;
  }
  const { ename, evalue, traceback } = error;
  return {
    ename: textOf(ename),
    evalue: textOf(evalue),
    traceback: Array.isArray(traceback) ? traceback.map(String) : [],
    stderr: stderrOf(cell)
  };
}

/** What a cell printed as errors. */
export function stderrOf(cell: Pick<Cell, 'model'>): string {
  return outputsOf(cell)
    .map(({ output_type, name, text }) => (output_type === 'stream' && name === 'stderr' ? textOf(text) : ''))
    .join('');
}

function outputsOf({ model }: Pick<Cell, 'model'>): IOutput[] {
  return isCode(model) ? model.outputs.toJSON() : [];
}

/** Texts in notebooks stand as strings or as lists of lines. */
function textOf(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join('') : typeof value === 'string' ? value : '';
}
