import * as v from 'valibot';

const BYTES = /^bytes:([A-Za-z0-9_-]+)$/;

/** With the u flag it matches no proper pair. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** The base64url of a path that travels as bytes; undefined for all other paths. */
export function bytesOf(path: string): string | undefined {
  return BYTES.exec(path)?.[1];
}

/**
 * Whether a string is a contents path: names joined by `/`, relative to the server's contents root, no empty name, no `.`, no `..`,
 * no NUL, no half of a surrogate pair; the root itself is the empty string. A path whose bytes are no UTF-8 travels whole as
 * `bytes:<base64url of its bytes>`.
 */
export function isContentsPath(path: string): path is ContentsPath {
  if (path === '' || BYTES.test(path)) {
    return true;
  }
  return (
    !LONE_SURROGATE.test(path) &&
    !path.includes('\0') &&
    path.split('/').every(name => name !== '' && name !== '.' && name !== '..')
  );
}

/** A path as JupyterLab's contents API names it, without a drive; see {@link isContentsPath}. */
export const ContentsPath = v.pipe(
  v.string(),
  v.check(isContentsPath, 'not a path below the contents root'),
  v.brand('ContentsPath')
);
export type ContentsPath = v.InferOutput<typeof ContentsPath>;

/** At most this many paths travel in one request; a folder stands for everything below it. */
export const MAX_PATHS = 10_000;

export const ContentsPaths = v.pipe(v.array(ContentsPath), v.minLength(1), v.maxLength(MAX_PATHS));

/** Reads a string from outside as a contents path: drops slashes at the ends; throws a ValiError for `..` and the like. */
export function contentsPath(text: string): ContentsPath {
  return v.parse(ContentsPath, text.replace(/^\/+|\/+$/g, ''));
}

/** The folder around a path; the root's is the root. Not for `bytes:` paths, whose folder the server alone can tell. */
export function folderOf(path: ContentsPath): ContentsPath {
  return contentsPath(path.slice(0, Math.max(0, path.lastIndexOf('/'))));
}

/** The folders around a path up to one of them, the innermost first; of a `bytes:` path that one alone. None are around itself. */
export function foldersAround(path: ContentsPath, outermost: ContentsPath): ContentsPath[] {
  if (path === outermost || path === '') {
    return [];
  }
  const folder = path.startsWith('bytes:') ? outermost : folderOf(path);
  return [folder, ...foldersAround(folder, outermost)];
}

/** The last name of a path; empty for the root. */
export function nameOf(path: ContentsPath): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether `path` is `folder` or lies anywhere below it. */
export function isWithin(path: ContentsPath, folder: ContentsPath): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** Whether a text is one name in a folder. */
export function isName(text: string): boolean {
  return isContentsPath(text) && text !== '' && !text.includes('/') && bytesOf(text) === undefined;
}
