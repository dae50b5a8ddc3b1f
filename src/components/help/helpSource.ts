import type { TranslationBundle } from '@jupyterlab/translation';
import { createContext } from 'react';
import type { CommandHelp, HelpSubject } from '../../protocol/help';

/** Asks the server; rejects with a `FailureError`. */
export type ReadHelp = (subject: HelpSubject) => Promise<CommandHelp>;

export interface IHelpSource {
  readonly read: ReadHelp;
  readonly trans: TranslationBundle;
}

/** Where the lines of forms get their help from: a line stands at the end of every form, none of which has to do with it. */
export const HelpSource = createContext<IHelpSource | null>(null);
