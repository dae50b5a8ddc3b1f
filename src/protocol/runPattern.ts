import { relative } from './command/typedPaths';
import type { ContentsPath } from './paths';

/**
 * A path as DataLad's run records take it: `*`, `?` and `[` would be patterns, braces placeholders. Brackets around a character make it that
 * character, a doubled brace is a single one.
 */
export function runPattern(path: string): string {
  return path.replace(/[*?[]/gu, char => `[${char}]`).replace(/[{}]/gu, brace => brace + brace);
}

/** The path that {@link runPattern} made a pattern of; null where a pattern may match several. */
export function pathOfPattern(pattern: string): string | null {
  const plain = pattern.replace(/\[([*?[])\]/gu, (_, char: string) => `\0${char.charCodeAt(0)}\0`);
  return /[*?[]/u.test(plain)
    ? null
    : plain
        .replace(/\0(\d+)\0/gu, (_, code: string) => String.fromCharCode(Number(code)))
        .replace(/\{\{|\}\}/gu, braces => braces.charAt(0));
}

/** A file as an input or output of a command that runs in a folder: nothing in its name is taken for a pattern or a placeholder. */
export function specificationOf(path: ContentsPath, folder: ContentsPath): string {
  return runPattern(relative(path, folder));
}
