import { statfs } from 'node:fs/promises';
import { fsPath } from '../../bytes';
import type { Repository } from '../repository';

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  m: 1e6,
  g: 1e9,
  t: 1e12,
  p: 1e15,
  ki: 2 ** 10,
  mi: 2 ** 20,
  gi: 2 ** 30,
  ti: 2 ** 40
};
const WORDS: Readonly<Record<string, string>> = { kilobyte: 'k', megabyte: 'm', gigabyte: 'g', terabyte: 't', petabyte: 'p' };
/** What git-annex leaves free where nothing is configured. */
const DEFAULT_RESERVE = 100e6;

/** Bytes of a size as git-annex takes it: `100 megabytes`, `1.5 GB`, `2GiB`, `500`; null when it is none. */
export function parseDataSize(text: string): number | null {
  const [, number, unit = ''] = /^\s*([0-9]+(?:\.[0-9]+)?)\s*([a-z]*)\s*$/i.exec(text) ?? [];
  const word = unit.toLowerCase().replace(/s$/, '');
  const factor = UNITS[WORDS[word] ?? word.replace(/b(?:yte)?$/, '')];
  return number === undefined || factor === undefined ? null : Math.round(Number(number) * factor);
}

/** Bytes that a get may still bring into a dataset; null where the file system does not tell. Never negative. */
export async function freeSpace(repository: Repository): Promise<number | null> {
  const reserve = parseDataSize((await repository.git.config()).get('annex.diskreserve') ?? '') ?? DEFAULT_RESERVE;
  const figures = await statfs(fsPath(repository.folder.commonDir)).catch(() => null);
  return figures === null || figures.blocks === 0 ? null : Math.max(0, figures.bavail * figures.bsize - reserve);
}
