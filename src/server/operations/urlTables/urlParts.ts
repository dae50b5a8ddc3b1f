/** Extensions in which git-annex lets a name end, the last ones of at most four letters each, as DataLad's `split_ext`. */
function splitShort(name: string): [root: string, extension: string] {
  const parts = name.split('.');
  let kept = parts.length;
  while (kept > 1 && (parts[kept - 1]?.length ?? 0) < 5) {
    kept -= 1;
  }
  return parts.length === 1 ? [name, ''] : [parts.slice(0, kept).join('.'), `.${parts.slice(kept).join('.')}`];
}

/** As Python's `os.path.splitext` of a plain name: dots at its beginning begin no extension. */
function splitLast(name: string): [root: string, extension: string] {
  const dot = name.lastIndexOf('.');
  return dot > 0 && /[^.]/u.test(name.slice(0, dot)) ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
}

/** Whether a name is one of the parts of an address that DataLad offers in a format of file names. */
export function isUrlPart(name: string): boolean {
  return /^_url(?:_hostname|\d+|_basename(?:_(?:root|ext)(?:_py)?)?)$/u.test(name);
}

/** The parts of an address, named as DataLad names them; percent signs stay as they are. */
export function urlParts(url: string): ReadonlyMap<string, string> {
  const [, host = '', path = ''] = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)([^?#]*)/iu.exec(url) ?? [];
  if (host === '') {
    return new Map();
  }
  const names = new Map([['_url_hostname', host]]);
  // Python takes parameters from the last part of a path.
  const params = path.indexOf(';', path.lastIndexOf('/'));
  const trimmed = (params === -1 ? path : path.slice(0, params)).replace(/^\/+|\/+$/gu, '');
  if (trimmed === '') {
    return names;
  }
  const parts = trimmed.split('/');
  parts.forEach((part, at) => names.set(`_url${at}`, part));
  const base = parts.at(-1) ?? '';
  const [root, extension] = splitShort(base);
  const [rootPy, extensionPy] = splitLast(base);
  return names
    .set('_url_basename', base)
    .set('_url_basename_root', root)
    .set('_url_basename_ext', extension)
    .set('_url_basename_root_py', rootPy)
    .set('_url_basename_ext_py', extensionPy);
}
