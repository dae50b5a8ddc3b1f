import type { RunProblem } from '../../../protocol/runPlan';

/** What a placeholder stands for. A list is written with blanks between. */
export type Value = string | readonly string[];

/** Why a text cannot be filled in. */
export type Trouble = Pick<RunProblem, 'kind' | 'text'>;
export type Filled = { readonly text: string } | { readonly trouble: Trouble };

interface IField {
  readonly name: string;
  /** In brackets behind the name. */
  readonly index: number | null;
  readonly format: string;
}
type Piece = string | IField;

/** More than any index or width that somebody writes, and few enough to be harmless. */
const DIGITS = 4;
const NAME = new RegExp(`^([^.[\\]]*)(?:\\[(\\d{1,${DIGITS}})\\])?$`, 'su');
/** Of Python's formats those for text: fill and alignment, width, and how much of it. */
const FORMAT = new RegExp(`^(?:(.)?([<>^]))?(0)?(\\d{1,${DIGITS}})?(?:\\.(\\d{1,${DIGITS}}))?s?$`, 'su');

/**
 * Fills in the placeholders of a text as Python's `format` does, but for what could reach further into Python: attributes, conversions and
 * formats within formats are `not-understood`. `lists`: whether a list may stand alone, as DataLad has it in a command only.
 */
export function fill(text: string, values: ReadonlyMap<string, Value>, { lists }: { lists: boolean }): Filled {
  const pieces = parse(text);
  if (!Array.isArray(pieces)) {
    return { trouble: pieces };
  }
  let filled = '';
  for (const piece of pieces) {
    const part = typeof piece === 'string' ? { text: piece } : valueOf(piece, values, lists);
    if ('trouble' in part) {
      return part;
    }
    filled += part.text;
  }
  return { text: filled };
}

function parse(text: string): Piece[] | Trouble {
  const pieces: Piece[] = [];
  for (let at = 0; at < text.length;) {
    const [plain = ''] = /^[^{}]*/u.exec(text.slice(at)) ?? [];
    pieces.push(plain);
    at += plain.length;
    const brace = text[at];
    if (brace === undefined) {
      break;
    }
    if (text[at + 1] === brace) {
      pieces.push(brace);
      at += 2;
      continue;
    }
    const end = brace === '{' ? endOf(text, at + 1) : -1;
    if (end < 0) {
      return { kind: 'brace', text: brace };
    }
    const field = parseField(text.slice(at + 1, end));
    if ('kind' in field) {
      return field;
    }
    pieces.push(field);
    at = end + 1;
  }
  return pieces;
}

/** Where the field ends that begins at a place; -1: nowhere. */
function endOf(text: string, start: number): number {
  let at = start;
  // An index may hold anything, also braces.
  while (at < text.length && !'{}:!'.includes(text[at] ?? '')) {
    const close = text[at] === '[' ? text.indexOf(']', at) : at;
    at = (close < 0 ? text.length : close) + 1;
  }
  for (let open = 1; at < text.length; at++) {
    open += text[at] === '{' ? 1 : text[at] === '}' ? -1 : 0;
    if (open === 0) {
      return at;
    }
  }
  return -1;
}

function parseField(field: string): IField | Trouble {
  const colon = field.indexOf(':');
  const [head, format] = colon < 0 ? [field, ''] : [field.slice(0, colon), field.slice(colon + 1)];
  const [, name, index] = NAME.exec(head) ?? [];
  if (name === undefined || /[!{}]/u.test(field)) {
    return { kind: 'not-understood', text: field };
  }
  return { name, index: index === undefined ? null : Number(index), format };
}

function valueOf(field: IField, values: ReadonlyMap<string, Value>, lists: boolean): Filled {
  const { name, index } = field;
  const text = index === null ? name : `${name}[${index}]`;
  const value = values.get(name);
  if (value === undefined) {
    return { trouble: { kind: 'unknown', text: name } };
  }
  if (index !== null && typeof value !== 'string') {
    const item = value[index];
    return item === undefined ? { trouble: { kind: 'beyond', text } } : formatted([item], field);
  }
  // Python would take one character of a text, and write a list with its own brackets and quotes.
  if (index !== null || (typeof value !== 'string' && !lists)) {
    return { trouble: { kind: 'not-understood', text } };
  }
  return formatted(typeof value === 'string' ? [value] : value, field);
}

function formatted(items: readonly string[], { name, format }: IField): Filled {
  const [match, fillWith = '', side = '<', zero = '', width = '0', most] = FORMAT.exec(format) ?? [];
  if (match === undefined) {
    return { trouble: { kind: 'not-understood', text: `${name}:${format}` } };
  }
  const filler = fillWith || (zero ? '0' : ' ');
  const texts = items.map(item => {
    const chars = [...item].slice(0, most === undefined ? undefined : Number(most));
    const missing = Math.max(0, Number(width) - chars.length);
    const before = side === '<' ? 0 : side === '>' ? missing : Math.floor(missing / 2);
    return filler.repeat(before) + chars.join('') + filler.repeat(missing - before);
  });
  return { text: texts.join(' ') };
}

/** A word as Python quotes it for a shell, which is how DataLad puts files into a command. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`;
}
