import { normalize } from 'node:path';
import type { Result } from '../../protocol/result';
import type { PathBoundary } from '../paths';
import { damaged } from '../git/damage';
import { failureOf } from './failures';
import type { WorkerRecord } from './messages';

/** Fields that other names or the schema already carry, or that say nothing outside DataLad. */
const DROPPED = new Set(['annexkey', 'exception', 'error_message', 'message', 'untouched']);

/** DataLad takes a line of `git ls-tree -l` about a blob that cannot be read for the name of a file, and says that it was deleted. */
const UNREADABLE = /^(.*?)\d{6} blob [0-9a-f]{40,64} +BAD\t(.*)$/su;

/** Whatever may stand in a message as its argument, as Python would print it in a sentence. */
function asWords(value: unknown): string {
  if (Array.isArray(value)) {
    return isFormatted(value) ? renderMessage(value) : value.map(asWords).join(', ');
  }
  if (value === null || value === undefined) {
    return '';
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function isFormatted(value: readonly unknown[]): boolean {
  return typeof value[0] === 'string' && (value[0].match(/%[sdr]/gu) ?? []).length === value.length - 1 && value.length > 1;
}

/** A message of DataLad as text: a string, or a printf format with its arguments, which may be lists or messages themselves. */
export function renderMessage(message: unknown): string {
  if (!Array.isArray(message)) {
    return asWords(message);
  }
  const [format, ...args] = message as unknown[];
  if (typeof format !== 'string') {
    return asWords(message);
  }
  let next = 0;
  // Only the conversions that occur in DataLad's messages; one without an argument stays as it is.
  const text = format.replace(/%([sdr%])/gu, (whole, kind: string) => {
    if (kind === '%') {
      return '%';
    }
    return next < args.length ? asWords(args[next++]) : whole;
  });
  return text;
}

/** Everything a record says about what went wrong: its message, what git-annex printed, the exception. */
function textOf(record: WorkerRecord): string {
  const { exception, error_message: errors } = record;
  const thrown = typeof exception === 'object' && exception !== null && 'text' in exception ? exception.text : exception;
  const parts = [renderMessage(record['message']), asWords(errors), asWords(thrown)].map(part => part.trim());
  return [...new Set(parts.filter(part => part !== ''))].join('\n');
}

/** Records name places as somebody typed them: with `..` in between, say. */
function contentsPathOf(path: string, boundary: PathBoundary): string {
  const place = normalize(path);
  return boundary.contains(place) && !place.includes('\0') ? boundary.toContents(place) : path;
}

/**
 * The protocol's form of a record: the path below the contents root where it lies there, the message as text, `annexkey` as `key`,
 * and what a failed one means. Other fields are DataLad's own.
 */
export function toResult(record: WorkerRecord, boundary: PathBoundary): Result {
  const unreadable = UNREADABLE.exec(record.path);
  if (unreadable !== null) {
    const path = (unreadable[1] ?? '') + (unreadable[2] ?? '');
    const failure = damaged('objects', `The saved version of ${path} is damaged.`);
    return { ...toResult({ ...record, path, status: 'error', message: failure.message }, boundary), failure };
  }
  const { action, status, path } = record;
  const rest = Object.fromEntries(Object.entries(record).filter(([name]) => !DROPPED.has(name)));
  const key = record['annexkey'] ?? record['key'];
  const type = record['type'];
  const message = renderMessage(record['message']);
  const failed = status === 'error' || status === 'impossible';
  return {
    ...rest,
    action,
    status,
    path: contentsPathOf(path, boundary),
    type: typeof type === 'string' ? type : null,
    ...(message === '' ? {} : { message }),
    key: typeof key === 'string' ? key : null,
    ...(failed ? { failure: failureOf(textOf(record)) } : {})
  };
}
