import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConfigEntry } from './configFile';

/** A command that leaves its name in a file, and otherwise fails: nothing is changed by it. */
export function leaveMark(name: string, mark: string): string {
  return `/bin/sh -c 'echo ${name} >> ${mark}; exit 1' x`;
}

const COMMANDS = [
  'core.fsmonitor',
  'core.sshCommand',
  'core.editor',
  'core.pager',
  'core.askPass',
  'core.gitProxy',
  'core.alternateRefsCommand',
  'credential.helper',
  'credential.https://example.org.helper',
  'gpg.program',
  'gpg.ssh.program',
  'gpg.ssh.defaultKeyCommand',
  'sequence.editor',
  'interactive.diffFilter',
  'diff.external',
  'diff.x.command',
  'diff.x.textconv',
  'difftool.x.cmd',
  'merge.x.driver',
  'mergetool.x.cmd',
  'filter.x.clean',
  'filter.x.smudge',
  'filter.x.process',
  'filter.annex.clean',
  'filter.annex.smudge',
  'pager.status',
  'sendemail.toCmd',
  'trailer.x.command',
  'uploadpack.packObjectsHook',
  'remote.evil.uploadpack',
  'remote.evil.receivepack',
  'remote.evil.annex-cost-command',
  'remote.evil.annex-ignore-command',
  'remote.evil.annex-sync-command',
  'remote.evil.annex-start-command',
  'remote.evil.annex-stop-command',
  'remote.evil.annex-shell',
  'annex.freezecontent-command',
  'annex.thawcontent-command',
  'annex.secure-erase-command',
  'annex.post-update-command',
  'annex.pre-commit-command',
  'annex.pre-init-command',
  'annex.commitmessage-command',
  'annex.http-headers-command',
  'annex.youtube-dl-command',
  'annex.shared-sop-command',
  'annex.h-retrieve-hook',
  'datalad.save.proc-pre',
  'datalad.result-hook.x.call-json'
];

/** Every kind of setting by which a repository starts programs of its choice, as `git config` takes it. */
export function hostileSettings(mark: string): ConfigEntry[] {
  return [
    ...COMMANDS.map(key => [key, leaveMark(key, mark)] as const),
    ['alias.status', `!${leaveMark('alias', mark)}`],
    ['alias.zz', `!${leaveMark('alias', mark)}`],
    ['submodule.sub.update', `!${leaveMark('submodule', mark)}`],
    ['core.hooksPath', '.hooks'],
    ['core.attributesFile', '.attributes'],
    ['core.worktree', '/'],
    ['core.fsmonitor', 'true'],
    ['commit.gpgsign', 'true'],
    ['log.showSignature', 'true'],
    ['include.path', '../.settings'],
    ['includeIf.gitdir:/.path', '../.settings'],
    ['protocol.ext.allow', 'always'],
    ['protocol.allow', 'always'],
    ['remote.evil.url', `ext::sh -c echo% ext% >>${mark}`],
    ['remote.evil.pushurl', '-oProxyCommand=x'],
    ['remote.evil.vcs', 'x'],
    ['remote.evil.proxy', 'http://example.org'],
    ['remote.evil.annex-externaltype', 'x/payload'],
    ['remote.evil.annex-hooktype', 'h'],
    ['remote.evil.annex-rsyncurl', '-e x'],
    ['remote.evil.annex-rsync-options', '-e x'],
    ['remote.evil.annex-ssh-options', '-oProxyCommand=x'],
    ['url.ext::x.insteadOf', 'https://'],
    ['url.ext::x.pushInsteadOf', 'https://'],
    ['annex.youtube-dl-options', '--exec x'],
    ['annex.security.allowed-url-schemes', 'file'],
    ['http.proxy', 'http://example.org'],
    ['branch.main.remote', 'ext::x'],
    ['branch.main.rebase', 'interactive'],
    ['extensions.somethingNew', 'true'],
    ['core.somethingNew', 'x']
  ];
}

/** Hooks of git and of git-annex, and one of a version to come. */
export const HOOK_NAMES = [
  ...[
    'applypatch-msg',
    'pre-applypatch',
    'post-applypatch',
    'pre-commit',
    'pre-merge-commit',
    'prepare-commit-msg',
    'commit-msg'
  ],
  ...['post-commit', 'pre-rebase', 'post-checkout', 'post-merge', 'pre-push', 'pre-receive', 'update', 'proc-receive'],
  ...['post-receive', 'post-update', 'reference-transaction', 'push-to-checkout', 'pre-auto-gc', 'post-rewrite'],
  ...['post-index-change', 'fsmonitor-watchman', 'pre-commit-annex', 'post-update-annex', 'pre-init-annex'],
  ...[
    'freezecontent-annex',
    'thawcontent-annex',
    'secure-erase-annex',
    'commitmessage-annex',
    'http-headers-annex',
    'hook-to-come'
  ]
];

/** Writes hooks that leave their names in a file. */
export async function writeHooks(repository: string, mark: string, names: readonly string[] = HOOK_NAMES): Promise<void> {
  await mkdir(join(repository, 'hooks'), { recursive: true });
  for (const name of names) {
    const path = join(repository, 'hooks', name);
    await writeFile(path, `#!/bin/sh\necho hook.${name} >> ${mark}\n`);
    await chmod(path, 0o755);
  }
}
