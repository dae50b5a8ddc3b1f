import { dirname, join } from 'node:path';
import { encodePath } from '../../bytes';

/** Bytes of a name; those of eCryptfs are shorter, where a file then cannot be written. */
const LONGEST = 255;

/** The n-th name for what was executed beside a notebook, which is cut where it would be too long. */
export function nameBeside(notebook: string, number: number): string {
  const ending = `.executed${number === 1 ? '' : `-${number}`}.ipynb`;
  const stem = notebook.slice(notebook.lastIndexOf('/') + 1).replace(/\.ipynb$/u, '');
  const name = `${cut(stem, LONGEST - ending.length)}${ending}`;
  return join(dirname(notebook), name);
}

/** The beginning of a name that takes no more bytes, of whole characters. */
function cut(name: string, most: number): string {
  let [kept, bytes] = ['', 0];
  for (const char of name) {
    bytes += encodePath(char).length;
    if (bytes > most) {
      break;
    }
    kept += char;
  }
  return kept;
}
