import { stateFolder } from '../../stateFolder';

/** Where notebooks are executed: a folder for each execution, gone with it. */
export function executionsFolder(env: NodeJS.ProcessEnv): string {
  return stateFolder('executions', env);
}

/** Where notebooks come that were executed and could be written neither to their place nor beside it; the user alone removes them. */
export function keptFolder(env: NodeJS.ProcessEnv): string {
  return stateFolder('executed', env);
}
