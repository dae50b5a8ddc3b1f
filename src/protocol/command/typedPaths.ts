import { pathOfText, textOfPath } from '../names';
import { type ContentsPath, contentsPath, isContentsPath } from '../paths';

/** A path as typed in a terminal that stands in the dataset. */
export function relative(path: ContentsPath, dataset: ContentsPath): string {
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
export function placed(folder: ContentsPath, name: string | undefined): ContentsPath {
  return name === undefined ? folder : contentsPath(pathOfText(`${textOfPath(folder)}/${name}`));
}

/** A folder of a dataset as somebody typed it, relative to the dataset; null for what can be none in it. */
export function typedFolder(typed: string, dataset: ContentsPath): ContentsPath | null {
  const folder = typed.trim().replace(/^(?:\.\/)+|^\.$|\/+$/gu, '');
  if (folder === '') {
    return dataset;
  }
  return isContentsPath(folder) ? contentsPath(pathOfText(`${textOfPath(dataset)}/${folder}`.replace(/^\//u, ''))) : null;
}

/** A path as the value of an option, which may not begin like another option. */
export function noOption(path: string): string {
  return path.startsWith('-') ? `./${path}` : path;
}

/** Paths as arguments; `--` only where one would be taken for an option. */
export function files(paths: readonly ContentsPath[], dataset: ContentsPath): string[] {
  const names = paths.map(path => relative(path, dataset));
  return names.some(name => name.startsWith('-')) ? ['--', ...names] : names;
}
