import type { ICellError } from './missingFiles';

/** What a cell lacks to use DataLad from code: our module in the kernel's environment, or its magics in this kernel. */
export type Lack = 'module' | 'magics';

/** The cell that helps, by what is lacking. The module needs none of what it is shipped with: its kernel part is Python alone. */
export const CURES: Readonly<Record<Lack, string>> = {
  module: '%pip install --no-deps jupyterlab-datalad',
  magics: '%load_ext jupyterlab_datalad'
};

const NO_MODULE = /No module named '?jupyterlab_datalad\b/u;
/** IPython's own words; it prints them, and shows no error. */
const NO_MAGIC = /(?:Line magic function|Cell magic) `%{1,2}datalad(?:_run)?` not found/u;

/** By the error of a cell, and what it printed as errors. */
export function lackOf({ ename, evalue, stderr }: Pick<ICellError, 'ename' | 'evalue' | 'stderr'>): Lack | null {
  if (ename === 'ModuleNotFoundError' && NO_MODULE.test(evalue)) {
    return 'module';
  }
  return NO_MAGIC.test(`${evalue}\n${stderr}`) ? 'magics' : null;
}
