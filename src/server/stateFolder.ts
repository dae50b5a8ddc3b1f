import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Where something is kept from one server to the next: in the user's own state folder, never in a dataset. */
export function stateFolder(name: string, env: NodeJS.ProcessEnv): string {
  const given = env['XDG_STATE_HOME'];
  // The specification says to ignore relative ones.
  const state = given !== undefined && isAbsolute(given) ? given : join(env['HOME'] ?? homedir(), '.local', 'state');
  return join(state, 'jupyterlab-datalad', name);
}
