import type { FormatFlaw } from '../../../protocol/urlTable';

/** A piece of a format: text as it stands, or the column that its value comes from. */
export type Piece = string | { readonly column: string | number; readonly lower: boolean };

/** What a column holds in one row; undefined where the row has none of this name or number. */
export type Cell = (column: string | number) => string | undefined;

const FIELD = /^\{([^{}!:]*)(![^{}:]*)?(:[^{}]*)?\}/u;
/** In Python a dot leads to an attribute of what is in the column, and a bracket into it: no text has anything there. */
const INTO = /[.[\]]/u;
/** What Python takes for a number, so that no column can have it for a name. */
const NUMBER = /^\s*[-+]?[\p{Nd}_]+\s*$/u;

/**
 * Reads a format of DataLad's `addurls`, which are formats of Python's `str.format`: `{column}`, `{0}`, `{column!l}` for lower case, braces
 * that are meant as such twice. What leads from a column to something else is refused, as are widths and the like.
 */
export function parseFormat(format: string): Piece[] | Omit<FormatFlaw, 'format'> {
  const pieces: Piece[] = [];
  let rest = format;
  while (rest !== '') {
    const [literal = ''] = /^(?:[^{}]|\{\{|\}\})*/u.exec(rest) ?? [];
    if (literal !== '') {
      pieces.push(literal.replace(/([{}])\1/gu, '$1'));
      rest = rest.slice(literal.length);
      continue;
    }
    const field = FIELD.exec(rest);
    if (field === null) {
      return { why: 'syntax', name: '' };
    }
    const [whole, name = '', conversion = '', spec] = field;
    if (INTO.test(name) || !['', '!l', '!s'].includes(conversion) || spec !== undefined || name === '') {
      return { why: 'unsupported', name: whole };
    }
    const isIndex = /^\d{1,6}$/u.test(name);
    if (NUMBER.test(name) && !isIndex) {
      return { why: 'unknown', name };
    }
    pieces.push({ column: isIndex ? Number(name) : name, lower: conversion === '!l' });
    rest = rest.slice(whole.length);
  }
  return pieces;
}

/** The columns that a format names. */
export function columnsIn(pieces: readonly Piece[]): (string | number)[] {
  return pieces.flatMap(piece => (typeof piece === 'string' ? [] : [piece.column]));
}

/** What a format stands for in one row; null where the row lacks a column. */
export function fill(pieces: readonly Piece[], cell: Cell): string | null {
  let text = '';
  for (const piece of pieces) {
    const value = typeof piece === 'string' ? piece : cell(piece.column);
    if (value === undefined) {
      return null;
    }
    text += typeof piece !== 'string' && piece.lower ? value.toLowerCase() : value;
  }
  return text;
}
