import { align } from './align';

/** Something that can be shown of an output. */
export type OutputPart =
  | { readonly type: 'text'; readonly text: string }
  /** Base64, or the text of an SVG: only ever shown by an `<img>`. */
  | { readonly type: 'image'; readonly mime: string; readonly data: string };

export interface INotebookCell {
  readonly id?: string;
  readonly type: string;
  readonly source: string;
  readonly outputs: readonly OutputPart[];
  /** Metadata and the number of its execution, as lines of name and value. */
  readonly facts: Readonly<Record<string, string>>;
}

export interface INotebook {
  readonly cells: readonly INotebookCell[];
  readonly facts: Readonly<Record<string, string>>;
  readonly language?: string;
}

/** A name whose value differs. */
export interface IFactChange {
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
}

export interface ICellChange {
  readonly before?: INotebookCell;
  readonly after?: INotebookCell;
  readonly source: boolean;
  readonly outputs: boolean;
  readonly facts: readonly IFactChange[];
}

type Json = Record<string, unknown>;

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Texts stand as strings or as lists of lines. */
function textOf(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join('') : typeof value === 'string' ? value : '';
}

/** Reads a notebook of format 4; null where it is none. */
export function parseNotebook(text: string): INotebook | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isJson(json) || json['nbformat'] !== 4 || !Array.isArray(json['cells']) || !json['cells'].every(isJson)) {
    return null;
  }
  const { metadata } = json;
  const info = isJson(metadata) && isJson(metadata['language_info']) ? metadata['language_info']['name'] : undefined;
  return {
    cells: json['cells'].map(cellOf),
    facts: { ...flat(metadata), nbformat: `4.${String(json['nbformat_minor'] ?? 0)}` },
    ...(typeof info === 'string' ? { language: info } : {})
  };
}

function cellOf(cell: Json): INotebookCell {
  const count = cell['execution_count'];
  return {
    ...(typeof cell['id'] === 'string' ? { id: cell['id'] } : {}),
    type: String(cell['cell_type']),
    source: textOf(cell['source']),
    outputs: (Array.isArray(cell['outputs']) ? cell['outputs'] : []).filter(isJson).map(outputOf),
    facts: { ...flat(cell['metadata']), ...(typeof count === 'number' ? { execution_count: String(count) } : {}) }
  };
}

const IMAGES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/svg+xml'];
/** What colours the text of errors. */
// eslint-disable-next-line no-control-regex
const ANSI = /\x1b\[[0-9;]*[A-Za-z]/g;

function outputOf(output: Json): OutputPart {
  const data = isJson(output['data']) ? output['data'] : {};
  const mime = IMAGES.find(type => data[type] !== undefined);
  if (mime !== undefined) {
    return { type: 'image', mime, data: textOf(data[mime]).replace(mime === 'image/svg+xml' ? /^$/ : /\s/g, '') };
  }
  const plain = data['text/plain'] ?? output['text'] ?? output['traceback'] ?? Object.values(data)[0];
  const text = Array.isArray(output['traceback']) ? output['traceback'].map(String).join('\n') : textOf(plain);
  return {
    type: 'text',
    text: (text === '' && plain !== undefined && !Array.isArray(plain) ? JSON.stringify(plain) : text).replace(ANSI, '')
  };
}

/** Nested values by the names on the way to them. */
function flat(value: unknown, name = ''): Record<string, string> {
  if (!isJson(value) || Object.keys(value).length === 0) {
    return name === '' ? {} : { [name]: JSON.stringify(value) };
  }
  return Object.assign({}, ...Object.entries(value).map(([key, below]) => flat(below, name === '' ? key : `${name}.${key}`)));
}

export function diffFacts(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): IFactChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .filter(name => before[name] !== after[name])
    .map(name => ({
      name,
      ...(before[name] === undefined ? {} : { before: before[name] }),
      ...(after[name] === undefined ? {} : { after: after[name] })
    }));
}

/** The cells of two notebooks beside each other: by id, without one by source; what is left between those by likeness. */
export function diffCells(before: readonly INotebookCell[], after: readonly INotebookCell[]): ICellChange[] {
  const common = sharedIds(before, after);
  const key = (cell: INotebookCell): string =>
    cell.id !== undefined && common.has(cell.id) ? `#${cell.id}` : `${cell.type}\n${cell.source}`;
  const pairs = align(before.map(key), after.map(key));
  const changes: ICellChange[] = [];
  let gone: INotebookCell[] = [];
  const flush = (): void => {
    changes.push(...gone.map(cell => compare(cell, undefined)));
    gone = [];
  };
  for (const { a, b } of pairs) {
    const [old, now] = [a === undefined ? undefined : before[a], b === undefined ? undefined : after[b]];
    if (now === undefined) {
      gone.push(...(old === undefined ? [] : [old]));
    } else if (old === undefined) {
      const like = gone.findIndex(cell => areAlike(cell, now, common));
      changes.push(...gone.slice(0, Math.max(0, like)).map(cell => compare(cell, undefined)), compare(gone[like], now));
      gone = like < 0 ? gone : gone.slice(like + 1);
    } else {
      flush();
      changes.push(compare(old, now));
    }
  }
  flush();
  return changes;
}

function sharedIds(before: readonly INotebookCell[], after: readonly INotebookCell[]): ReadonlySet<string> {
  const ids = new Set(before.flatMap(({ id }) => id ?? []));
  return new Set(after.flatMap(({ id }) => (id !== undefined && ids.has(id) ? [id] : [])));
}

/** Two cells of one type with half of their lines in common; those whose ids are found elsewhere are others. */
function areAlike(one: INotebookCell, other: INotebookCell, shared: ReadonlySet<string>): boolean {
  if (one.type !== other.type || [one, other].some(({ id }) => id !== undefined && shared.has(id))) {
    return false;
  }
  const lines = new Set(one.source.split('\n'));
  const others = other.source.split('\n');
  return others.filter(line => lines.has(line)).length * 2 >= Math.max(lines.size, others.length);
}

function compare(before: INotebookCell | undefined, after: INotebookCell | undefined): ICellChange {
  return {
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    source: before?.source !== after?.source,
    outputs: JSON.stringify(before?.outputs ?? []) !== JSON.stringify(after?.outputs ?? []),
    facts: diffFacts(before?.facts ?? {}, after?.facts ?? {})
  };
}

/** Whether nothing of a cell differs. */
export function isSame({ before, after, source, outputs, facts }: ICellChange): boolean {
  return before !== undefined && after !== undefined && !source && !outputs && facts.length === 0;
}
