import type { CallHandlers } from '../handlers';
import { SERVER_VARIABLE, serverName } from '../journal/orphans';
import { ourselves } from '../journal/owner';
import { toolEnvironment } from '../process/environment';
import { Toolbox } from './calls/health';
import { operationsNowhere } from './nowhere';
import type { IOperations, IOperationsOptions } from './operations';
import { Workspace } from './workspace';

export type { IOperations } from './operations';

declare const EXTENSION_VERSION: string | undefined;

/** Joins the operations to the contents root; without one every operation but `health` fails. */
export function createOperations(options: IOperationsOptions): IOperations {
  const { server, report } = options;
  const env = { ...toolEnvironment(process.env, server.binaries), [SERVER_VARIABLE]: serverName(ourselves()) };
  const toolbox = new Toolbox({ env, python: server.python });
  const health: CallHandlers['health'] = async () => ({
    version: typeof EXTENSION_VERSION === 'string' ? EXTENSION_VERSION : '0.0.0',
    node: process.versions.node,
    tools: await toolbox.tools(),
    available: server.root !== null
  });
  const common = { health, job: async ({ id }: { id: string }) => report(id) };
  return server.root === null ? operationsNowhere(common) : new Workspace(server.root, env, common, options);
}
