import { calls, jobs } from '../../protocol/contract';
import { fail } from '../../protocol/failure';
import type { CallHandlers, JobHandlers } from '../handlers';
import type { IOperations } from './operations';

/** JupyterLab's files come from a store that is no folder of this machine: the frontend was told by `health` and stays silent. */
async function none(): Promise<never> {
  return fail('not-found', 'The files that JupyterLab shows are not files of this machine.');
}

function noneOf<H>(declared: object): H {
  return Object.fromEntries(Object.keys(declared).map(name => [name, none])) as H;
}

/** The operations where there is nothing to work on: every one but the common ones fails. */
export function operationsNowhere(common: Pick<CallHandlers, 'health' | 'job'>): IOperations {
  return {
    calls: { ...noneOf<CallHandlers>(calls), ...common },
    jobs: noneOf<JobHandlers>(jobs),
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
