import { type SimpleGit, simpleGit } from 'simple-git';
import { browseCommand } from './profile';

/** What `openClient` makes. */
export type GitClient = SimpleGit;

const TIMEOUT = 60_000;

/**
 * A simple-git client for short commands about refs and commits, under the same browse profile as {@link GitReader}; what lists paths
 * goes through that, since simple-git hands out text and not every name is UTF-8.
 *
 * Its guard refuses the very settings that make git harmless, so they are allowed here by name; the arguments are this server's own.
 */
export function openClient(root: string, env: Record<string, string>): SimpleGit {
  const command = browseCommand([], { root, env });
  const client = simpleGit({
    baseDir: root,
    maxConcurrentProcesses: 4,
    timeout: { block: TIMEOUT },
    allowEnvironment: Object.keys(command.env).filter(name => name.startsWith('GIT_')),
    unsafe: {
      allowUnsafeConfigEnvCount: true,
      // The user's own GIT_CONFIG_GLOBAL.
      allowUnsafeConfigPaths: true,
      allowUnsafeFsMonitor: true,
      allowUnsafeHooksPath: true,
      allowUnsafeSshCommand: true,
      allowUnsafeAskPass: true,
      allowUnsafePager: true,
      allowUnsafeCredentialHelper: true,
      allowUnsafeDiffExternal: true,
      allowUnsafeProtocolOverride: true
    }
  });
  return client.env(command.env);
}
