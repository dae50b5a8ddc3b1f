import { type ContentsPath, contentsPath, isContentsPath } from '../../protocol/paths';

/** The folder git would make for a clone of this source: its last name, without `.git`. */
export function nameOfSource(source: string): string {
  const place = source
    .trim()
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '')
    .replace(/(\/\.git|\.git)$/, '');
  return place.slice(Math.max(place.lastIndexOf('/'), place.lastIndexOf(':')) + 1);
}

/** Whether text, relative to a folder, names a place for a new dataset; several names joined by `/` are fine. */
export function isPlace(text: string): boolean {
  return text !== '' && !text.startsWith('/') && isContentsPath(text.replace(/\/+$/, ''));
}

/** The contents path of a place below a folder. */
export function childPath(folder: ContentsPath, name: string): ContentsPath {
  return contentsPath(folder === '' ? name : `${folder}/${name}`);
}
