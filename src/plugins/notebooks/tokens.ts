import { Token } from '@lumino/coreutils';
import type { ContentsPath } from '../../protocol/paths';

/** What is done when notebooks are opened, each for itself. */
export interface IOpenHabits {
  /** Resolves when what was said in earlier sessions is known. */
  readonly ready: Promise<void>;
  /** Whether files that it names and that are not here are got whenever it is opened. */
  gets(path: ContentsPath): boolean;
  setGets(path: ContentsPath, on: boolean): void;
}

export const IOpenHabits = new Token<IOpenHabits>(
  'jupyterlab-datalad:IOpenHabits',
  'What is done when notebooks of datasets are opened; nothing of it stands in the notebooks.'
);
