import { replaceUnseen } from '../names';

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
