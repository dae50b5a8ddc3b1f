import { decodePath, encodePath } from '../bytes';

const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** A name as git writes it between quotes: C's escapes; those of bytes are put together where they are UTF-8. */
export function unquoted(text: string): string {
  const bytes: number[] = [];
  for (const [, octal, char, plain] of text.matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/gsu)) {
    const part = octal === undefined ? encodePath(plain ?? ESCAPES[char ?? ''] ?? char ?? '') : [parseInt(octal, 8) & 0xff];
    bytes.push(...part);
  }
  return decodePath(Buffer.from(bytes));
}
