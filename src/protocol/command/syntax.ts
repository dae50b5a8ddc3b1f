import { replaceUnseen } from '../names';
import type { Value } from './api';

/** How a language calls a function. */
export interface ISyntax {
  open(name: string): string;
  literal(value: Value): string;
}

/** A string as JSON, Python and R read it; what cannot be seen stands as its number. */
function stringLiteral(text: string): string {
  const number = (char: string): string => (char.codePointAt(0) ?? 0).toString(16);
  return replaceUnseen(JSON.stringify(text), {
    unseen: char => (char.length > 1 ? `\\U${number(char).padStart(8, '0')}` : `\\u${number(char).padStart(4, '0')}`),
    foreign: byte => String.fromCharCode(0xdc00 + byte)
  });
}

export const PYTHON: ISyntax = {
  open: name => `import datalad.api as dl\ndl.${name}`,
  literal: value => {
    if (typeof value === 'string') {
      return stringLiteral(value);
    }
    return typeof value === 'object' ? `[${value.map(stringLiteral).join(', ')}]` : value === true ? 'True' : 'False';
  }
};

export const R: ISyntax = {
  open: name => `dl <- reticulate::import("datalad.api")\ndl$${name}`,
  literal: value => {
    if (typeof value === 'string') {
      return stringLiteral(value);
    }
    // A list stays a list in Python, also with one item; a vector of one becomes a plain string.
    return typeof value === 'object' ? `list(${value.map(stringLiteral).join(', ')})` : value === true ? 'TRUE' : 'FALSE';
  }
};
