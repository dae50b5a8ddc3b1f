import { withoutSecrets } from '../address';
import { exportName, exportOptions } from '../archive';
import type { Unfinished } from '../branches';
import type { JobName, ParsedJobInput } from '../contract';
import type { AnnexCommand, DataladCommand, GitCommand } from '../help';
import { textOfPath } from '../names';
import { asRecorded, notebookCommand } from '../notebookCommand';
import { contentsPath, isWithin } from '../paths';
import type { RunsSince } from '../rerun';
import { runArguments } from '../runRequest';
import { runPattern } from '../runPattern';
import { files, noOption, placed, relative } from './typedPaths';

const ROOT = contentsPath('');

/** There is help on all of these but the plainest. */
type Line =
  | ['datalad', DataladCommand, ...string[]]
  | ['git', 'annex', AnnexCommand, ...string[]]
  | ['git', GitCommand, ...string[]]
  | ['cp' | 'rm', ...string[]];
type Builder<N extends JobName> = (input: ParsedJobInput<N>) => Line | [];

/** Without one git-annex takes the backend of new files. */
function backendOf(key: string | undefined): string[] {
  const [, backend] = /^([A-Z0-9_]+)-/.exec(key ?? '') ?? [];
  return backend === undefined ? [] : [`--backend=${backend}`];
}

/** The id of a commit is cut, not the mark behind it. */
function shortSince(since: RunsSince): string {
  return since === 'all' ? '' : `${since.slice(0, 10)}${since.endsWith('^') ? '^' : ''}`;
}

/** Words that are no options, whatever they begin with. */
function asArguments(words: readonly string[]): string[] {
  return words.some(word => word.startsWith('-')) ? ['--', ...words] : [...words];
}

function flags(on: Record<string, boolean | undefined>): string[] {
  return Object.keys(on).filter(flag => on[flag]);
}

/** The command each job stands for; empty where no single one does it. */
export const lines: { [N in JobName]: Builder<N> } = {
  get: ({ dataset, paths, recursive, noData, source }) => [
    'datalad',
    'get',
    ...flags({ '-r': recursive, '-n': noData }),
    ...(source === undefined ? [] : ['-s', source]),
    ...files(paths, dataset)
  ],
  getKeys: ({ keys: [first = '', ...others] }) => (others.length === 0 ? ['git', 'annex', 'get', '--key', first] : []),
  drop: ({ dataset, paths, recursive, what }) => [
    'datalad',
    'drop',
    ...flags({ '-r': recursive }),
    ...(what === undefined || what === 'filecontent' ? [] : ['--what', what]),
    ...files(paths, dataset)
  ],
  dropLastCopies: ({ dataset, paths }) => ['datalad', 'drop', '--reckless', 'availability', ...files(paths, dataset)],
  save: ({ dataset, paths, message, recursive, toGit, amend, versionTag }) => [
    'datalad',
    'save',
    ...flags({ '-r': recursive, '--to-git': toGit, '--amend': amend }),
    ...(versionTag === undefined ? [] : ['--version-tag', versionTag]),
    '-m',
    message,
    ...files(paths ?? [], dataset)
  ],
  clone: ({ source, path, asSubdataset }) => [
    'datalad',
    'clone',
    ...(asSubdataset === undefined ? [] : ['-d', '.']),
    source,
    ...files([path], asSubdataset ?? ROOT)
  ],
  create: ({ path, procedures = [], description, asSubdataset, force }) => [
    'datalad',
    'create',
    ...flags({ '--force': force }),
    ...(asSubdataset === undefined ? [] : ['-d', '.']),
    ...procedures.flatMap(procedure => ['-c', procedure]),
    ...(description === undefined ? [] : ['-D', description]),
    ...files([path], asSubdataset ?? ROOT)
  ],
  createExample: () => [],
  run: request => ['datalad', request.container === undefined ? 'run' : 'containers-run', ...runArguments(request)],
  saveRun: () => ['datalad', 'save', '-r', '-F', '.git/COMMIT_EDITMSG'],
  rerun: ({ commit, since }) => [
    'datalad',
    'rerun',
    ...(since === undefined ? [] : [`--since=${shortSince(since)}`]),
    ...(commit === undefined ? [] : [commit.slice(0, 10)])
  ],
  verifyRuns: ({ commit, since }) => [
    'datalad',
    'rerun',
    // In a clone, from the commit before the first of them.
    '--onto=',
    ...(since === undefined ? [] : [`--since=${shortSince(since)}`]),
    ...(commit === undefined ? [] : [commit.slice(0, 10)])
  ],
  keepReport: () => [],
  downloadUrl: ({ dataset, url, file, message, overwrite, noSave }) => [
    'datalad',
    'download-url',
    ...flags({ '--nosave': noSave, '--overwrite': overwrite }),
    ...(message === undefined ? [] : ['-m', message]),
    '-O',
    noOption(relative(file, dataset)),
    withoutSecrets(url)
  ],
  addUrls: ({ dataset, table, urlFormat, fileFormat, message, ifExists }) => [
    'datalad',
    'addurls',
    // DataLad would make metadata of all other columns.
    ...['-x', '*'],
    ...(ifExists === 'skip' ? ['--ifexists', ifExists] : []),
    ...(message === undefined ? [] : ['-m', message]),
    ...asArguments([relative(table, dataset), withoutSecrets(urlFormat), fileFormat])
  ],
  addSource: ({ dataset, file, url, sizeOnly }) => [
    'git',
    'annex',
    'addurl',
    ...flags({ '--relaxed': sizeOnly !== true }),
    `--file=${relative(file, dataset)}`,
    withoutSecrets(url)
  ],
  removeSource: ({ dataset, file, url }) => ['git', 'annex', 'rmurl', ...files([file], dataset), withoutSecrets(url)],
  runProcedure: ({ procedure }) => ['datalad', 'run-procedure', procedure],
  // All of it: what is recorded afterwards is what this line would have recorded.
  runNotebook: ({ dataset, path, inputs = [], outputs = [], parameters }) => {
    const notebook = relative(path, dataset);
    return [
      'datalad',
      'run',
      ...[runPattern(notebook), ...inputs].flatMap(input => ['-i', input]),
      ...[runPattern(notebook), ...outputs].flatMap(output => ['-o', output]),
      asRecorded(notebookCommand(notebook, parameters))
    ];
  },
  recordNotebook: () => [],
  exportArchive: ({ dataset, to, name: file, format, missing }) => [
    'datalad',
    'export-archive',
    ...Object.entries(exportOptions(format, missing)).flatMap(([name, value]) => [`--${name.replace('_', '-')}`, value]),
    ...files([placed(to, exportName(file, format))], dataset)
  ],
  addArchiveContent: ({ dataset, archive, ownFolder, strip, overwrite, remove }) => [
    'datalad',
    'add-archive-content',
    ...flags({ '--add-archive-leading-dir': ownFolder, '--strip-leading-dirs': strip, '--delete': remove }),
    ...(overwrite === true ? ['--existing', 'overwrite'] : []),
    ...files([archive], dataset)
  ],
  containersAdd: ({ name, url, image, callFormat, extraInputs = [], update }) => [
    'datalad',
    'containers-add',
    ...flags({ '--update': update }),
    ...(url === undefined ? [] : ['-u', url]),
    ...(callFormat === undefined ? [] : ['--call-fmt', callFormat]),
    ...extraInputs.flatMap(input => ['--extra-input', input]),
    ...(image === undefined ? [] : ['-i', image]),
    name
  ],
  containersRemove: ({ name, removeImage }) => [
    'datalad',
    'containers-remove',
    ...flags({ '--remove-image': removeImage }),
    name
  ],
  unlock: ({ dataset, paths }) => ['datalad', 'unlock', ...files(paths, dataset)],
  lock: ({ dataset, paths }) => ['git', 'annex', 'lock', ...files(paths, dataset)],
  // New files go, too, which is `git clean`: no one command does both.
  // Which files a run has changed, its job finds out.
  discard: ({ dataset, paths, parts, run }) =>
    run === undefined
      ? [
          'git',
          parts === undefined ? 'restore' : 'checkout',
          ...(parts === undefined ? ['--staged', '--worktree', '--source=HEAD'] : ['--patch', 'HEAD']),
          '--',
          ...paths.map(path => relative(path, dataset))
        ]
      : [],
  undoDiscard: () => [],
  removeDiscard: () => [],
  undoSave: ({ by }) => (by === 'reset' ? ['git', 'reset', '--soft', 'HEAD~1'] : ['git', 'revert', '--no-edit', 'HEAD']),
  restore: ({ dataset, paths, commit }) => [
    'git',
    'checkout',
    commit.slice(0, 10),
    '--',
    ...paths.map(path => relative(path, dataset))
  ],
  // A dataset is removed by its name, from the folder around it.
  remove: ({ dataset, paths }) =>
    paths.includes(dataset) ? ['datalad', 'remove', '-d', textOfPath(dataset)] : ['datalad', 'remove', ...files(paths, dataset)],
  removeRefused: () => [],
  deleteFiles: ({ dataset, paths }) => ['rm', ...files(paths, dataset)],
  deleteCopied: ({ dataset, paths }) => ['rm', '-r', ...files(paths, dataset)],
  move: ({ dataset, paths, to, name }) => ['git', 'mv', ...files([...paths, placed(to, name)], dataset)],
  copyFile: ({ dataset, paths, to, name }) =>
    paths.every(path => isWithin(path, dataset))
      ? ['cp', '-R', ...files([...paths, placed(to, name)], dataset)]
      : ['datalad', 'copy-file', '-r', '-d', '.', ...files([...paths, placed(to, name)], dataset)],
  copyOut: ({ dataset, paths, to, name }) => ['cp', '-RL', ...files([...paths, placed(to, name)], dataset)],
  fsck: ({ dataset, paths, content }) => [
    'git',
    'annex',
    'fsck',
    ...flags({ '--fast': content !== true }),
    ...files(paths, dataset)
  ],
  // It prints the key of what the file holds; fsck would move content that differs away.
  verify: ({ dataset, paths, key }) => ['git', 'annex', 'calckey', ...backendOf(key), ...files(paths, dataset)],
  addRules: () => [],
  editRules: () => [],
  dropOld: ({ keys: [first = '', ...others] }) => (others.length === 0 ? ['git', 'annex', 'drop', '--key', first] : []),
  clean: () => ['datalad', 'clean'],
  removeLock: () => [],
  removeLeftover: () => [],
  trust: () => [],
  untrust: () => [],
  configure: ({ scope, key, value, old }) => [
    'git',
    'config',
    ...(scope === 'branch' ? ['--file', '.datalad/config'] : ['--local']),
    ...(old === undefined ? [] : ['--fixed-value']),
    value === undefined ? '--unset-all' : old === undefined ? '--add' : '--replace-all',
    ...([value, old].some(word => word?.startsWith('-')) ? ['--'] : []),
    key,
    ...(value === undefined ? [] : [value]),
    ...(old === undefined ? [] : [old])
  ],
  wtf: () => ['datalad', 'wtf'],
  setExtension: ({ name, on }) => [
    'git',
    'config',
    '--global',
    ...(on ? ['--add'] : ['--fixed-value', '--unset-all']),
    'datalad.extensions.load',
    name
  ],
  switchBranch: ({ branch, sibling }) => [
    'git',
    'switch',
    ...(sibling === undefined ? [branch] : ['--create', branch, '--track', `${sibling}/${branch}`])
  ],
  createBranch: ({ branch, commit, stay }) => [
    'git',
    stay === true ? 'branch' : 'switch',
    ...(stay === true ? [] : ['--create']),
    branch,
    ...(commit === undefined ? [] : [commit.slice(0, 10)])
  ],
  renameBranch: ({ branch, name }) => ['git', 'branch', '--move', branch, name],
  deleteBranch: ({ branch, lose }) => ['git', 'branch', lose === true ? '-D' : '-d', branch],
  mergeBranch: ({ branch }) => ['git', 'merge', branch],
  resolve: ({ dataset, paths, take }) => [
    'git',
    take === 'now' ? 'add' : 'checkout',
    ...(take === 'now' ? [] : [take === 'mine' ? '--ours' : '--theirs']),
    '--',
    ...paths.map(path => relative(path, dataset))
  ],
  conclude: ({ what, how }) => concluding(what, how),
  createTag: ({ tag, commit, message }) => [
    'git',
    'tag',
    ...(message === undefined ? [] : ['-a', '-m', message]),
    tag,
    ...(commit === undefined ? [] : [commit.slice(0, 10)])
  ],
  deleteTag: ({ tag }) => ['git', 'tag', '--delete', tag],
  setIdentity: () => []
};

/** The commands that git or git-annex has, too; they go into no subdataset. */
export const annexLines: { [N in JobName]?: Builder<N> } = {
  restore: lines.restore,
  get: ({ dataset, paths, recursive, noData, source }) =>
    recursive === true || noData === true
      ? []
      : ['git', 'annex', 'get', ...(source === undefined ? [] : [`--from=${source}`]), ...files(paths, dataset)],
  drop: ({ dataset, paths, recursive, what = 'filecontent' }) =>
    recursive === true || what !== 'filecontent' ? [] : ['git', 'annex', 'drop', ...files(paths, dataset)],
  dropLastCopies: ({ dataset, paths }) => ['git', 'annex', 'drop', '--force', ...files(paths, dataset)],
  unlock: ({ dataset, paths }) => ['git', 'annex', 'unlock', ...files(paths, dataset)],
  lock: lines.lock,
  verify: lines.verify,
  discard: lines.discard,
  resolve: lines.resolve
};

/** How git ends what it is in the middle of. */
function concluding(what: Unfinished, how: 'continue' | 'abort'): Line {
  if (what === 'bisect') {
    return ['git', 'bisect', 'reset'];
  }
  return what === 'merge' && how === 'continue' ? ['git', 'commit', '--no-edit'] : ['git', what, `--${how}`];
}
