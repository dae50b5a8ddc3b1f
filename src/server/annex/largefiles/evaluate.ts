import type { Expression } from './expression';
import type { Glob } from './glob';

/** What is known of a file when it is matched. */
export interface IFileFacts {
  /** From the top of the repository. */
  readonly path: string;
  readonly bytes: number;
  /** As libmagic names it, such as `us-ascii` or `binary`; null: not looked at, or not known. */
  readonly encoding: string | null;
}

/** Whether a file matches; null where that is not known. */
export function matches(expression: Expression, file: IFileFacts): boolean | null {
  switch (expression.type) {
    case 'and':
      return and(matches(expression.left, file), () => matches(expression.right, file));
    case 'or':
      return not(and(not(matches(expression.left, file)), () => not(matches(expression.right, file))));
    case 'not':
      return not(matches(expression.of, file));
    case 'anything':
      return true;
    case 'nothing':
      return false;
    case 'include':
      return fits(expression.glob, file.path);
    case 'exclude':
      return not(fits(expression.glob, file.path));
    case 'largerthan':
      return file.bytes > expression.bytes;
    case 'smallerthan':
      return file.bytes < expression.bytes;
    case 'mimeencoding':
      return file.encoding === null ? certain(expression.glob) : fits(expression.glob, file.encoding);
    case 'mimetype':
      // Only libmagic's own database knows types.
      return certain(expression.glob);
  }
}

function not(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}

/** False as soon as one side is, whatever the other. */
function and(left: boolean | null, right: () => boolean | null): boolean | null {
  if (left === false) {
    return false;
  }
  const other = right();
  return other === false ? false : left === null ? null : other;
}

/** A name with a line break is for git-annex's regular expressions more than one line. */
function fits({ regexp, pattern }: Glob, text: string): boolean | null {
  return text.includes('\n') ? (pattern === '*' ? true : null) : regexp.test(text);
}

/** What fits, whatever it is matched with. */
function certain({ pattern }: Glob): boolean | null {
  return pattern === '*' ? true : null;
}
