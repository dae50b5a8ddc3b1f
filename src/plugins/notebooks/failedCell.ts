import type { Cell, ICellModel, ICodeCellModel } from '@jupyterlab/cells';
import type { ICellError } from './missingFiles';

export function isCode(model: ICellModel): model is ICodeCellModel {
  return model.type === 'code';
}

/** The error that a cell shows; null where it shows none. */
export function errorOf({ model }: Pick<Cell, 'model'>): ICellError | null {
  if (!isCode(model)) {
    return null;
  }
  let error: Omit<ICellError, 'stderr'> | null = null;
  const printed: string[] = [];
  for (let at = 0; at < model.outputs.length; at++) {
    const output = model.outputs.get(at);
    if (output.type === 'error') {
      const { ename, evalue, traceback } = output.toJSON();
      error = { ename: textOf(ename), evalue: textOf(evalue), traceback: Array.isArray(traceback) ? traceback.map(String) : [] };
    } else if (output.type === 'stream') {
      const { name, text } = output.toJSON();
      printed.push(name === 'stderr' ? textOf(text) : '');
    }
  }
  return error === null ? null : { ...error, stderr: printed.join('') };
}

/** Texts in notebooks stand as strings or as lists of lines. */
function textOf(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join('') : typeof value === 'string' ? value : '';
}
