import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findRepositoryFolder } from '../../src/server/git/repositoryFolder';
import { hostileSettings, leaveMark, writeHooks } from '../../src/server/trust/hostile.fixtures';
import type { Workspace } from './workspace';

/** Settings that would keep git from reading the repository at all, or hide others. */
const NOT_ALL_AT_ONCE = [
  'core.worktree',
  'core.fsmonitor',
  'filter.x.process',
  'core.hooksPath',
  'extensions.somethingNew',
  'remote.evil.vcs',
  'protocol.allow'
];

/**
 * Gives a repository every setting and hook by which it can start programs; each writes its name into the file `mark`. Hooks are in
 * the usual place, so that git and git-annex both find them.
 */
export async function makeHostile(workspace: Workspace, root: string, mark: string): Promise<void> {
  const folder = await findRepositoryFolder(root);
  if (folder === null) {
    throw new Error(`There is no repository at ${root}.`);
  }
  const { commonDir } = folder;
  const set = async (file: string, key: string, value: string): Promise<string> =>
    await workspace.git(['config', '--file', join(commonDir, file), '--replace-all', '--', key, value], workspace.base);
  for (const [key, value] of hostileSettings(mark)) {
    if (!NOT_ALL_AT_ONCE.includes(key) && !key.startsWith('include')) {
      await set('config', key, value);
    }
  }
  for (const key of ['core.askPass', 'gpg.program']) {
    // Started without a shell.
    await writeFile(join(commonDir, key), `#!/bin/sh\necho ${key} >> ${mark}\nexit 1\n`, { mode: 0o755 });
    await set('config', key, join(commonDir, key));
  }
  await set('config', 'core.fsmonitor', leaveMark('core.fsmonitor', mark));
  await set('config', 'core.attributesFile', join(commonDir, 'info/attributes'));
  await set('config', 'include.path', join(commonDir, 'included'));
  await set('included', 'diff.included.textconv', leaveMark('included', mark));
  await set('config', 'filter.process.process', leaveMark('filter.process', mark));
  await set('config', 'extensions.worktreeConfig', 'true');
  await set('config.worktree', 'filter.worktree.clean', leaveMark('worktree', mark));
  await set('config', 'remote.evil.fetch', '+refs/heads/*:refs/remotes/evil/*');
  await mkdir(join(commonDir, 'info'), { recursive: true });
  await writeFile(
    join(commonDir, 'info/attributes'),
    '* filter=x diff=x merge=x\n*.work filter=worktree\n*.process filter=process\n'
  );
  await writeHooks(commonDir, mark);
  await appendFile(mark, '');
}
