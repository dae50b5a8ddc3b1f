import { exportName, exportOptions } from './archive';
import type { Unfinished } from './branches';
import type { JobName, ParsedJobInput } from './contract';
import type { AnnexCommand, DataladCommand, GitCommand } from './help';
import { holdsForeignBytes, pathOfText, replaceUnseen, textOfPath } from './names';
import { type ContentsPath, contentsPath, isWithin } from './paths';

const ROOT = contentsPath('');

/** There is help on all of these but the plainest. */
type Line =
  | ['datalad', DataladCommand, ...string[]]
  | ['git', 'annex', AnnexCommand, ...string[]]
  | ['git', GitCommand, ...string[]]
  | ['cp' | 'rm', ...string[]];
type Builder<N extends JobName> = (input: ParsedJobInput<N>) => Line | [];

/** A path as typed in a terminal that stands in the dataset. */
function relative(path: ContentsPath, dataset: ContentsPath): string {
  const [text, root] = [textOfPath(path), textOfPath(dataset)];
  if (text === root) {
    return '.';
  }
  if (root === '' || text.startsWith(`${root}/`)) {
    return text.slice(root === '' ? 0 : root.length + 1);
  }
  const [names, above] = [text.split('/'), root.split('/')];
  const parting = above.findIndex((name, at) => names[at] !== name);
  const common = parting === -1 ? above.length : parting;
  return [...above.slice(common).map(() => '..'), ...names.slice(common)].join('/');
}

/** Where something comes to lie in a folder; with no other name the folder itself is what a command is told. */
function placed(folder: ContentsPath, name: string | undefined): ContentsPath {
  return name === undefined ? folder : contentsPath(pathOfText(`${textOfPath(folder)}/${name}`));
}

/** Paths as arguments; `--` only where one would be taken for an option. */
function files(paths: readonly ContentsPath[], dataset: ContentsPath): string[] {
  const names = paths.map(path => relative(path, dataset));
  return names.some(name => name.startsWith('-')) ? ['--', ...names] : names;
}

/** Without one git-annex takes the backend of new files. */
function backendOf(key: string | undefined): string[] {
  const [, backend] = /^([A-Z0-9_]+)-/.exec(key ?? '') ?? [];
  return backend === undefined ? [] : [`--backend=${backend}`];
}

function flags(on: Record<string, boolean | undefined>): string[] {
  return Object.keys(on).filter(flag => on[flag]);
}

const builders: { [N in JobName]: Builder<N> } = {
  get: ({ dataset, paths, recursive, noData, source }) => [
    'datalad',
    'get',
    ...flags({ '-r': recursive, '-n': noData }),
    ...(source === undefined ? [] : ['-s', source]),
    ...files(paths, dataset)
  ],
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
  runProcedure: ({ procedure }) => ['datalad', 'run-procedure', procedure],
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
  unlock: ({ dataset, paths }) => ['datalad', 'unlock', ...files(paths, dataset)],
  lock: ({ dataset, paths }) => ['git', 'annex', 'lock', ...files(paths, dataset)],
  // New files go, too, which is `git clean`: no one command does both.
  discard: ({ dataset, paths, parts }) => [
    'git',
    parts === undefined ? 'restore' : 'checkout',
    ...(parts === undefined ? ['--staged', '--worktree', '--source=HEAD'] : ['--patch', 'HEAD']),
    '--',
    ...paths.map(path => relative(path, dataset))
  ],
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
  move: ({ dataset, paths, to, name }) => ['git', 'mv', ...files([...paths, placed(to, name)], dataset)],
  copyFile: ({ dataset, paths, to, name }) =>
    paths.every(path => isWithin(path, dataset))
      ? ['cp', '-R', ...files([...paths, placed(to, name)], dataset)]
      : ['datalad', 'copy-file', '-r', '-d', '.', ...files([...paths, placed(to, name)], dataset)],
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

/** How git ends what it is in the middle of. */
function concluding(what: Unfinished, how: 'continue' | 'abort'): Line {
  if (what === 'bisect') {
    return ['git', 'bisect', 'reset'];
  }
  return what === 'merge' && how === 'continue' ? ['git', 'commit', '--no-edit'] : ['git', what, `--${how}`];
}

/**
 * The command a job stands for, as an argument list to be typed in the dataset's folder (clone and create: in the folder of the
 * dataset around, else in the contents root); empty where no single command does it. DataLad loses names with line breaks, which
 * git-annex takes; both work on the wrong file when a name is no UTF-8.
 */
export function commandOf<N extends JobName>(name: N, input: ParsedJobInput<N>): string[] {
  const argv = builders[name](input);
  if (argv.some(holdsForeignBytes)) {
    return [];
  }
  return namesLineBreak(input) ? (annexBuilders[name]?.(input) ?? []) : argv;
}

/** Whether a path that a job names has a line break. */
function namesLineBreak(input: object): boolean {
  const { path, paths = [] }: { path?: ContentsPath; paths?: readonly ContentsPath[] } = input;
  return [...paths, ...(path === undefined ? [] : [path])].some(name => textOfPath(name).includes('\n'));
}

/** The commands that git or git-annex has, too; they go into no subdataset. */
const annexBuilders: { [N in JobName]?: Builder<N> } = {
  restore: builders.restore,
  get: ({ dataset, paths, recursive, noData, source }) =>
    recursive === true || noData === true
      ? []
      : ['git', 'annex', 'get', ...(source === undefined ? [] : [`--from=${source}`]), ...files(paths, dataset)],
  drop: ({ dataset, paths, recursive, what = 'filecontent' }) =>
    recursive === true || what !== 'filecontent' ? [] : ['git', 'annex', 'drop', ...files(paths, dataset)],
  dropLastCopies: ({ dataset, paths }) => ['git', 'annex', 'drop', '--force', ...files(paths, dataset)],
  unlock: ({ dataset, paths }) => ['git', 'annex', 'unlock', ...files(paths, dataset)],
  lock: builders.lock,
  verify: builders.verify,
  discard: builders.discard,
  resolve: builders.resolve
};

/** Characters that no shell touches. */
const PLAIN = /^[\w@%+:,./-][\w@%+=:,./-]*$/;

/**
 * An argument list as a line for bash and zsh; empty for an empty list. What cannot be seen is written as `$'\n'`: a terminal would act on
 * control characters that are pasted.
 */
export function asShell(argv: readonly string[]): string {
  return argv.map(shellWord).join(' ');
}

function shellWord(word: string): string {
  if (PLAIN.test(word)) {
    return word;
  }
  const quoted = word.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  const visible = replaceUnseen(quoted, {
    unseen: char => [...new TextEncoder().encode(char)].map(asHex).join(''),
    foreign: asHex
  });
  return visible === quoted ? `'${word.replaceAll("'", `'\\''`)}'` : `$'${visible}'`;
}

function asHex(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}

/** A `False` that has to be written, unlike that of an option which was not given. */
const NO = Symbol('no');
type Value = string | boolean | typeof NO | readonly string[];

/** A function of `datalad.api` with what it is called with; options that are undefined or false were not given. */
interface IApiCall {
  readonly function: string;
  readonly positional: readonly Value[];
  readonly options: Record<string, Value | undefined>;
}

type ApiBuilder<N extends JobName> = (input: ParsedJobInput<N>) => IApiCall | null;

function names(paths: readonly ContentsPath[], dataset: ContentsPath): Value[] {
  return [paths.map(path => relative(path, dataset))];
}

const apiBuilders: { [N in JobName]: ApiBuilder<N> } = {
  get: ({ dataset, paths, recursive, noData, source }) => ({
    function: 'get',
    positional: names(paths, dataset),
    options: { dataset: '.', recursive, get_data: noData === true ? NO : undefined, source }
  }),
  drop: ({ dataset, paths, recursive, what }) => ({
    function: 'drop',
    positional: names(paths, dataset),
    options: { dataset: '.', recursive, what: what === 'filecontent' ? undefined : what }
  }),
  dropLastCopies: ({ dataset, paths }) => ({
    function: 'drop',
    positional: names(paths, dataset),
    options: { dataset: '.', reckless: 'availability' }
  }),
  save: ({ dataset, paths, message, recursive, toGit, amend, versionTag }) => ({
    function: 'save',
    positional: paths === undefined ? [] : names(paths, dataset),
    options: { dataset: '.', message, recursive, to_git: toGit, amend, version_tag: versionTag }
  }),
  clone: ({ source, path, asSubdataset }) => ({
    function: 'clone',
    positional: [source, relative(path, asSubdataset ?? ROOT)],
    options: { dataset: asSubdataset === undefined ? undefined : '.' }
  }),
  create: ({ path, procedures, description, asSubdataset, force }) => ({
    function: 'create',
    positional: [relative(path, asSubdataset ?? ROOT)],
    options: {
      dataset: asSubdataset === undefined ? undefined : '.',
      cfg_proc: procedures?.length ? procedures : undefined,
      description,
      force
    }
  }),
  createExample: () => null,
  runProcedure: ({ procedure }) => ({ function: 'run_procedure', positional: [procedure], options: { dataset: '.' } }),
  exportArchive: ({ dataset, to, name, format, missing }) => ({
    function: 'export_archive',
    positional: [relative(placed(to, exportName(name, format)), dataset)],
    options: { dataset: '.', ...exportOptions(format, missing) }
  }),
  addArchiveContent: ({ dataset, archive, ownFolder, strip, overwrite, remove }) => ({
    function: 'add_archive_content',
    positional: [relative(archive, dataset)],
    options: {
      dataset: '.',
      add_archive_leading_dir: ownFolder,
      strip_leading_dirs: strip,
      delete: remove,
      existing: overwrite === true ? 'overwrite' : undefined
    }
  }),
  unlock: ({ dataset, paths }) => ({ function: 'unlock', positional: names(paths, dataset), options: { dataset: '.' } }),
  lock: () => null,
  discard: () => null,
  undoDiscard: () => null,
  removeDiscard: () => null,
  undoSave: () => null,
  restore: () => null,
  remove: ({ dataset, paths }) => ({
    function: 'remove',
    positional: paths.includes(dataset) ? [] : names(paths, dataset),
    options: { dataset: paths.includes(dataset) ? textOfPath(dataset) : '.' }
  }),
  removeRefused: () => null,
  deleteFiles: () => null,
  move: () => null,
  copyFile: ({ dataset, paths, to, name }) =>
    paths.every(path => isWithin(path, dataset))
      ? null
      : {
          function: 'copy_file',
          positional: names([...paths, placed(to, name)], dataset),
          options: { dataset: '.', recursive: true }
        },
  fsck: () => null,
  verify: () => null,
  addRules: () => null,
  editRules: () => null,
  dropOld: () => null,
  clean: () => ({ function: 'clean', positional: [], options: { dataset: '.' } }),
  removeLock: () => null,
  removeLeftover: () => null,
  trust: () => null,
  untrust: () => null,
  configure: () => null,
  wtf: () => ({ function: 'wtf', positional: [], options: {} }),
  setExtension: () => null,
  switchBranch: () => null,
  createBranch: () => null,
  renameBranch: () => null,
  deleteBranch: () => null,
  mergeBranch: () => null,
  resolve: () => null,
  conclude: () => null,
  createTag: () => null,
  deleteTag: () => null,
  setIdentity: () => null
};

interface ISyntax {
  open(name: string): string;
  literal(value: Value): string;
}

/** A string as JSON, Python and R read it; what cannot be seen stands as its number. */
function stringLiteral(text: string): string {
  const number = (char: string): string => (char.codePointAt(0) ?? 0).toString(16);
  return replaceUnseen(JSON.stringify(text), {
    unseen: char => (char.length > 1 ? `\\U${number(char).padStart(8, '0')}` : `\\u${number(char).padStart(4, '0')}`),
    foreign: byte => String.fromCharCode(0xdc00 + byte)
  });
}

const PYTHON: ISyntax = {
  open: name => `import datalad.api as dl\ndl.${name}`,
  literal: value => {
    if (typeof value === 'string') {
      return stringLiteral(value);
    }
    return typeof value === 'object' ? `[${value.map(stringLiteral).join(', ')}]` : value === true ? 'True' : 'False';
  }
};

const R: ISyntax = {
  open: name => `dl <- reticulate::import("datalad.api")\ndl$${name}`,
  literal: value => {
    if (typeof value === 'string') {
      return stringLiteral(value);
    }
    // A list stays a list in Python, also with one item; a vector of one becomes a plain string.
    return typeof value === 'object' ? `list(${value.map(stringLiteral).join(', ')})` : value === true ? 'TRUE' : 'FALSE';
  }
};

function write<N extends JobName>(name: N, input: ParsedJobInput<N>, { open, literal }: ISyntax): string {
  const call = apiBuilders[name](input);
  // DataLad loses names with line breaks and names that are no UTF-8.
  if (call === null || namesLineBreak(input) || builders[name](input).some(holdsForeignBytes)) {
    return '';
  }
  const options = Object.entries(call.options).flatMap(([option, value]) =>
    value === undefined || value === false ? [] : [`${option}=${literal(value)}`]
  );
  return `${open(call.function)}(${[...call.positional.map(literal), ...options].join(', ')})`;
}

/** A job as a call of DataLad's Python API, to be run in the folder {@link commandOf} names; empty where no single call does it. */
export function asPython<N extends JobName>(name: N, input: ParsedJobInput<N>): string {
  return write(name, input, PYTHON);
}

/** A job as a call from R through reticulate, to be run in the folder {@link commandOf} names; empty where no single call does it. */
export function asR<N extends JobName>(name: N, input: ParsedJobInput<N>): string {
  return write(name, input, R);
}
