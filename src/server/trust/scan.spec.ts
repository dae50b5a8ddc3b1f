import { chmodSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRepositoryFolder } from '../git/repositoryFolder';
import { HOOK_NAMES, hostileSettings, writeHooks } from './hostile.fixtures';
import { isKnownHook } from './hooks';
import { type IScan, scan } from './scan';

const MADE_BY_DATALAD = `[core]
	repositoryformatversion = 0
	filemode = true
	bare = false
	logallrefupdates = true
[remote "origin"]
	url = ../ds
	fetch = +refs/heads/*:refs/remotes/origin/*
	annex-uuid = c83e0b7b-6976-466a-b2c2-1955557116aa
[branch "main"]
	remote = origin
	merge = refs/heads/main
[annex]
	uuid = bee2cb2b-0a8f-493e-8b9f-91e39e707f0c
	version = 10
[filter "annex"]
	smudge = git-annex smudge -- %f
	clean = git-annex smudge --clean -- %f
	process = git-annex filter-process
[submodule "sub/with space"]
	active = true
	url = ../ds/sub
`;

const HARMLESS = [
  ['remote.origin.url', 'git@example.org:group/ds.git'],
  ['remote.origin.url', 'https://example.org/ds'],
  ['remote.origin.url', 'ssh://ada@example.org/~/ds'],
  ['remote.store.url', 'datalad-annex::?type=webdav&encryption=none&exporttree=no&url=https%3A//example.org/x'],
  ['remote.datalad.annex-externaltype', 'datalad'],
  ['remote.osf.annex-externaltype', 'osf'],
  ['datalad.get.subdataset-source-candidate-200origin', 'ria+ssh://example.org/store#{id}'],
  ['core.worktree', '../../../sub'],
  ['user.email', 'ada@example.org']
] as const;

describe('the scan of a repository', () => {
  let base: string;
  let root: string;
  beforeEach(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'datalad-scan-')));
    root = join(base, 'ds');
    for (const folder of ['.git/objects', '.git/refs', '.git/hooks', 'data']) {
      mkdirSync(join(root, folder), { recursive: true });
    }
    writeFileSync(join(root, '.git/HEAD'), 'ref: refs/heads/main\n');
    writeFileSync(join(root, '.git/config'), MADE_BY_DATALAD);
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  const look = async (): Promise<IScan> => {
    const folder = await findRepositoryFolder(root);
    if (folder === null) {
      throw new Error('no repository');
    }
    return await scan({ root, folder, env: { PATH: process.env['PATH'] ?? '', HOME: join(base, 'home') } });
  };
  const found = async (): Promise<string[]> =>
    (await look()).settings.map(({ reason, where, key }) => `${reason} ${where} ${key}`);
  const configure = (...entries: (readonly [key: string, value: string])[]): void => {
    const lines = entries.map(([key, value]) => {
      const [first, last] = [key.indexOf('.'), key.lastIndexOf('.')];
      const section = first === last ? key.slice(0, first) : `${key.slice(0, first)} "${key.slice(first + 1, last)}"`;
      return `[${section}]\n\t${key.slice(last + 1)} = "${value.replaceAll('"', '\\"')}"\n`;
    });
    writeFileSync(join(root, '.git/config'), MADE_BY_DATALAD + lines.join(''));
  };

  it('finds nothing in what git, git-annex and DataLad write', async () => {
    const annex = '#!/bin/sh\n# automatically configured by git-annex\n';
    writeFileSync(join(root, '.git/hooks/pre-commit'), `${annex}git annex pre-commit .\n`, { mode: 0o755 });
    writeFileSync(join(root, '.git/hooks/post-checkout'), `${annex}git annex smudge --update\n`, { mode: 0o755 });
    writeFileSync(join(root, '.git/hooks/pre-push.sample'), '#!/bin/sh\nrm -rf /\n', { mode: 0o755 });
    writeFileSync(join(root, '.git/hooks/notes'), 'not to be executed\n', { mode: 0o644 });
    writeFileSync(join(root, 'git-annex-remote-x'), 'a file by itself is not where git-annex looks\n');
    expect(await look()).toMatchObject({ settings: [], remotes: ['../ds'] });
  });

  it.each(HARMLESS)('takes %s = %s for harmless', async (key, value) => {
    if (key === 'core.worktree') {
      mkdirSync(join(base, '.git/modules'), { recursive: true });
      renameSync(join(root, '.git'), join(base, '.git/modules/sub'));
      renameSync(root, join(base, 'sub'));
      root = join(base, 'sub');
      writeFileSync(join(root, '.git'), 'gitdir: ../.git/modules/sub\n');
      writeFileSync(join(base, '.git/modules/sub/config'), `[core]\n\tworktree = ${value}\n`);
    } else {
      configure([key, value]);
    }
    expect(await found()).toEqual([]);
  });

  it.each(hostileSettings('/mark'))('finds %s = %s', async (key, value) => {
    configure([key, value]);
    const [section, name] = [key.slice(0, key.indexOf('.')), key.slice(key.lastIndexOf('.') + 1)];
    const lower = `${section.toLowerCase()}${key.slice(key.indexOf('.'), key.lastIndexOf('.') + 1)}${name.toLowerCase()}`;
    const shown = (await look()).settings.find(setting => setting.key === lower);
    expect(shown).toEqual({ reason: expect.stringMatching(/^(?:setting|include)$/), where: '.git/config', key: lower, value });
  });

  it('finds every hook, by being executable', async () => {
    await writeHooks(join(root, '.git'), '/mark');
    expect((await found()).sort()).toEqual(HOOK_NAMES.map(name => `hook .git/hooks ${name}`).sort());
  });

  it('finds a hook of git-annex that says one thing more', async () => {
    const text = '#!/bin/sh\n# automatically configured by git-annex\ngit annex pre-commit .\n';
    expect(isKnownHook('pre-commit', text)).toBe(true);
    expect(isKnownHook('pre-push', text)).toBe(false);
    expect(isKnownHook('pre-commit', `${text}true\n`)).toBe(false);
    expect(isKnownHook('pre-commit', text.replace('pre-commit .', 'pre-commit . ; true'))).toBe(false);
    expect(isKnownHook('post-update', '#!/bin/sh\n#\n# An example\n\nexec git update-server-info\n')).toBe(true);
    expect(isKnownHook('post-update', '#!/bin/sh\n#\\\ntrue\nexec git update-server-info\n')).toBe(false);
    writeFileSync(join(base, 'elsewhere'), '#!/bin/sh\ntrue\n', { mode: 0o755 });
    symlinkSync(join(base, 'elsewhere'), join(root, '.git/hooks/pre-commit'));
    expect(await found()).toEqual(['hook .git/hooks pre-commit']);
  });

  it('follows includes, whatever their condition, and the settings of a work tree', async () => {
    configure(['include.path', '../.settings'], ['includeif.onbranch:never.path', '~/more']);
    mkdirSync(join(base, 'home'));
    writeFileSync(join(base, 'home/more'), '[include]\n\tpath = more\n[core]\n\tpager = x\n');
    writeFileSync(join(root, '.settings'), '[core]\n\teditor = x\n');
    writeFileSync(join(root, '.git/config.worktree'), '[core]\n\taskpass = x\n');
    expect(await found()).toEqual([
      'include .git/config include.path',
      'include .git/config includeif.onbranch:never.path',
      'setting .git/config.worktree core.askpass',
      'setting .settings core.editor',
      `include ${join(base, 'home/more')} include.path`,
      `setting ${join(base, 'home/more')} core.pager`
    ]);
  });

  it('finds files of settings that nobody can read', async () => {
    writeFileSync(join(root, '.git/config'), '[core\n');
    expect(await found()).toEqual(['unreadable .git/config ' + join(root, '.git/config')]);
    writeFileSync(join(root, '.git/config'), '#'.repeat(2 * 1024 * 1024));
    expect(await found()).toHaveLength(1);
    const many = Array.from({ length: 40 }, (_, index) => `[include]\n\tpath = ${index}\n`).join('');
    writeFileSync(join(root, '.git/config'), many);
    expect((await found()).filter(line => line.startsWith('unreadable'))).toHaveLength(1);
  });

  it('finds folders from which git-annex would start programs', async () => {
    for (const name of ['git-annex-remote-x', 'git-annex-backend-XQ', 'data/git-annex-remote-x']) {
      mkdirSync(join(root, name));
    }
    symlinkSync('data', join(root, 'git-annex-remote-link'));
    expect(await found()).toEqual(
      ['git-annex-backend-XQ', 'git-annex-remote-link', 'git-annex-remote-x'].map(name => `program ${name} ${name}`)
    );
  });

  it('finds files that decide which passwords DataLad sends where, and looks again when they are others', async () => {
    const file = join(root, '.datalad/providers/mine.cfg');
    mkdirSync(join(root, '.datalad/providers'), { recursive: true });
    writeFileSync(join(root, '.datalad/providers/README'), '');
    expect(await found()).toEqual([]);
    writeFileSync(file, '[provider:x]\nurl_re = https?://elsewhere.example/.*\ncredential = yours\n');
    expect(await found()).toEqual(['passwords .datalad/providers mine.cfg']);
    const { fingerprint } = await look();
    writeFileSync(file, '[provider:x]\nurl_re = https?://another.example/.*\ncredential = yours\n');
    expect((await look()).fingerprint).not.toBe(fingerprint);
    rmSync(file);
    symlinkSync('/dev/zero', file);
    expect(await found()).toHaveLength(1);
  });

  it('finds a repository that lies among the files of the dataset', async () => {
    renameSync(join(root, '.git'), join(root, 'data/evil.git'));
    writeFileSync(join(root, '.git'), 'gitdir: data/evil.git\n');
    expect((await look()).settings).toEqual([{ reason: 'place', where: '.git', key: 'data/evil.git', value: '' }]);
  });

  it('has another fingerprint when a value, a hook or an included file is another one', async () => {
    const seen = new Set<string>();
    const note = async (): Promise<void> => void seen.add((await look()).fingerprint);
    await note();
    configure(['core.pager', 'x']);
    await note();
    configure(['core.pager', 'y']);
    await note();
    writeFileSync(join(root, '.git/hooks/pre-push'), '#!/bin/sh\ntrue\n');
    chmodSync(join(root, '.git/hooks/pre-push'), 0o755);
    await note();
    writeFileSync(join(root, '.git/hooks/pre-push'), '#!/bin/sh\nfalse\n');
    await note();
    configure(['core.pager', 'y'], ['include.path', 'more']);
    writeFileSync(join(root, '.git/more'), '[core]\n\teditor = x\n');
    await note();
    writeFileSync(join(root, '.git/more'), '[core]\n\teditor = y\n');
    await note();
    expect(seen.size).toBe(7);
    const before = (await look()).fingerprint;
    configure(['core.pager', 'y'], ['include.path', 'more'], ['user.name', 'Ada']);
    expect((await look()).fingerprint).toBe(before);
  });
});
