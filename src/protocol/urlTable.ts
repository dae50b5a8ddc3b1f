import * as v from 'valibot';

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Formats that DataLad knows by the end of a name; whatever else it takes for separated by commas. */
const TABLE = /\.(?:csv|tsv|jsonl?)$/u;

/** Whether a file may be a table of addresses, by its name. */
export function isTableName(name: string): boolean {
  return TABLE.test(name);
}

/** What becomes of a row whose file is there already. */
export const IfExists = v.picklist(['error', 'skip']);
export type IfExists = v.InferOutput<typeof IfExists>;

/** Why nothing can be downloaded for a row. */
export const RowFlaw = v.picklist([
  /** It lacks a column that a format names. */
  'missing',
  /** What stands in a column is no text and no number. */
  'no-text',
  'no-address',
  'scheme',
  'lost-secret',
  /** The address would be kept in the dataset with the password in it. */
  'secret',
  /** Git-annex would take what the torrent leads to. */
  'torrent',
  'no-name',
  /** A name that DataLad or git-annex loses or that no file system takes. */
  'bad-name',
  'outside',
  /** DataLad would make a subdataset. */
  'subdataset',
  /** What says how the dataset works. */
  'own',
  /** Another row goes to the same place. */
  'twice',
  'taken',
  /** A file, a link or a subdataset is where a folder is needed. */
  'in-the-way',
  /** Git-annex adds nothing that `.gitignore` keeps out. */
  'ignored'
]);
export type RowFlaw = v.InferOutput<typeof RowFlaw>;

/** What a row of a table stands for. */
export const UrlRow = v.object({
  /** Its number; the first one below the header is 1. */
  row: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** For people: without secrets; empty where it cannot be told. */
  url: v.string(),
  /** For people: relative to the dataset; empty where it cannot be told. */
  file: v.string(),
  flaw: v.nullable(RowFlaw)
});
export type UrlRow = v.InferOutput<typeof UrlRow>;

/** What is wrong with one of the formats: how it is written, a `name` that is no column, or something that is not offered here. */
export const FormatFlaw = v.object({
  format: v.picklist(['url', 'file']),
  why: v.picklist(['syntax', 'unknown', 'unsupported']),
  name: v.string()
});
export type FormatFlaw = v.InferOutput<typeof FormatFlaw>;

/** What would be downloaded by a table. */
export const UrlTablePlan = v.object({
  columns: v.array(v.string()),
  /** Whether a format may name a column by its number: JSON has no order. */
  ordered: v.boolean(),
  /** The formats that the rows were made with: as asked for, else as the columns suggest. */
  urlFormat: v.string(),
  fileFormat: v.string(),
  flaw: v.nullable(FormatFlaw),
  /** In the table. */
  rows: Count,
  /** Without an address: they are left out. */
  empty: Count,
  /** Whose file is there, which are skipped. */
  present: Count,
  /** That would be downloaded. */
  files: Count,
  flawed: Count,
  /** The first rows with an address. */
  first: v.array(UrlRow),
  /** The first rows with a flaw. */
  flaws: v.array(UrlRow)
});
export type UrlTablePlan = v.InferOutput<typeof UrlTablePlan>;
