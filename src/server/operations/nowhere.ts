import { fail } from '../../protocol/failure';
import type { CallHandlers } from '../handlers';
import type { IOperations } from './operations';

/** JupyterLab's files come from a store that is no folder of this machine: the frontend was told by `health` and stays silent. */
async function none(): Promise<never> {
  return fail('not-found', 'The files that JupyterLab shows are not files of this machine.');
}

/** The operations where there is nothing to work on: every one but the common ones fails. */
export function operationsNowhere(common: Pick<CallHandlers, 'health' | 'job'>): IOperations {
  return {
    calls: {
      ...common,
      rows: none,
      row: none,
      dataset: none,
      totals: none,
      hidden: none,
      history: none,
      commit: none,
      historyMarks: none,
      locks: none,
      destinations: none,
      messages: none,
      rules: none,
      rulePreview: none,
      procedures: none,
      runnable: none,
      procedureScript: none,
      planGet: none,
      planDrop: none,
      trust: none,
      planDiscard: none,
      discarded: none,
      planUndo: none,
      differences: none,
      content: none,
      hunks: none,
      holdings: none,
      setup: none,
      copies: none,
      inspect: none,
      origin: none,
      identity: none
    },
    jobs: {
      get: none,
      drop: none,
      dropLastCopies: none,
      save: none,
      clone: none,
      create: none,
      createExample: none,
      addRules: none,
      editRules: none,
      runProcedure: none,
      unlock: none,
      lock: none,
      discard: none,
      undoDiscard: none,
      removeDiscard: none,
      undoSave: none,
      restore: none,
      remove: none,
      removeRefused: none,
      deleteFiles: none,
      move: none,
      copyFile: none,
      trust: none,
      untrust: none,
      fsck: none,
      verify: none,
      removeLock: none,
      removeLeftover: none,
      wtf: none,
      setExtension: none,
      setIdentity: none
    },
    treeOf: async path => path,
    admit: async () => undefined,
    begun: () => undefined,
    ended: () => undefined,
    journal: { queued: async () => undefined, begins: async () => undefined, remove: async () => undefined },
    recover: async () => undefined,
    listening: () => undefined,
    dispose: async () => undefined
  };
}
