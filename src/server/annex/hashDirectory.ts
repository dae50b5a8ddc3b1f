import { hash } from 'node:crypto';
import { encodePath, isUtf8 } from '../bytes';

const ALPHABET = '0123456789zqjxkmvwgpfZQJXKMVWGPF';

/** A part of content that was cut up for a special remote: it lies where the whole would. */
const CHUNK = /^([A-Z0-9_]+(?:-[sm]\d+)*)-S\d+-C\d+--/;

function md5(key: string): string {
  const whole = CHUNK.test(key) ? key.replace(CHUNK, '$1--') : key;
  return hash('md5', isUtf8(whole) ? whole : encodePath(whole), 'hex');
}

/** `xX/yY`: where a repository with a work tree keeps a key's content below `annex/objects`. */
export function mixedHashDirectory(key: string): string {
  const hex = md5(key);
  // The first four bytes, the last of them first.
  const word = Number(`0x${hex.slice(6, 8)}${hex.slice(4, 6)}${hex.slice(2, 4)}${hex.slice(0, 2)}`);
  const char = (index: number): string => ALPHABET[(word >>> (6 * index)) & 31] ?? '';
  return `${char(1)}${char(0)}/${char(3)}${char(2)}`;
}

/** `abc/def`: where bare repositories keep content, and the git-annex branch its logs. */
export function lowerHashDirectory(key: string): string {
  const hex = md5(key);
  return `${hex.slice(0, 3)}/${hex.slice(3, 6)}`;
}

/** How a key is written as a file name, in `annex/objects`, links, pointers and logs: keys made from URLs hold slashes. */
export function keyFileName(key: string): string {
  // Hardly any key has one of them.
  return /[&%:/]/.test(key) ? key.replace(/&/g, '&a').replace(/%/g, '&s').replace(/:/g, '&c').replace(/\//g, '%') : key;
}

/** The key that a file name written by {@link keyFileName} stands for. */
export function keyOfFileName(name: string): string {
  return name.replace(/%/g, '/').replace(/&c/g, ':').replace(/&s/g, '%').replace(/&a/g, '&');
}
