import { fail } from '../../../protocol/failure';
import { displayName } from '../../bytes';

interface IFailedExecution {
  /** Relative to the dataset. */
  readonly notebook: string;
  /** The cell that failed; absent where it was not a cell. */
  readonly cell: number | undefined;
  /** Whether something that it changed is there now. */
  readonly left: boolean;
}

/** Says why an execution failed, by what nbclient, papermill and the kernel print. */
export function failExecution(printed: string, { notebook, cell, left }: IFailedExecution): never {
  const parameters = { path: displayName(notebook), ...(cell === undefined ? {} : { cell }) };
  if (/No space left on device|Disk quota exceeded/u.test(withoutSource(printed))) {
    fail('no-space', 'There is not enough free space.', {
      hint: 'Free some, then run the notebook again.',
      detail: printed,
      parameters: { ...parameters, ...(left ? { left: 'yes' } : {}) }
    });
  }
  const missing = /NoSuchKernel: No such kernel named (.+)$/mu.exec(printed)?.[1];
  if (missing !== undefined) {
    fail('no-kernel', `There is no kernel named ${missing} on this machine.`, {
      detail: printed,
      parameters: { ...parameters, kernel: missing }
    });
  }
  if (/DeadKernelError|Kernel died/u.test(printed)) {
    fail('kernel-died', 'The kernel ended while the notebook was executed.', { detail: printed, parameters });
  }
  const tool = /(?:^|\s)(papermill|jupyter): (?:command )?not found/u.exec(printed)?.[1];
  if (tool !== undefined) {
    fail('tool-missing', `${tool} was not found.`, { detail: printed, parameters: { tool } });
  }
  fail('cell-failed', cell === undefined ? 'The notebook could not be executed to its end.' : `Cell ${cell} failed.`, {
    hint: 'Nothing was saved.',
    detail: printed,
    parameters
  });
}

/** nbclient prints the cell that failed between two lines, and tracebacks quote lines of it with their numbers. */
function withoutSource(printed: string): string {
  return printed.replace(/^-{18}\n[^]*?\n-{18}$/mu, '').replace(/^ *(?:-+> *)?\d+ .*$/gmu, '');
}
