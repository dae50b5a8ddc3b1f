import * as v from 'valibot';
import { Failure } from './failure';

/** DataLad's result status: the first two are success. */
export const ResultStatus = v.picklist(['ok', 'notneeded', 'impossible', 'error']);
export type ResultStatus = v.InferOutput<typeof ResultStatus>;

/**
 * One result record of DataLad. `path` is a contents path (absolute paths outside the root stay as they are), `message` is rendered.
 * Further fields are DataLad's own.
 */
export const Result = v.looseObject({
  action: v.string(),
  status: ResultStatus,
  path: v.string(),
  type: v.optional(v.nullable(v.string())),
  message: v.optional(v.string()),
  /** The annex key of a file that was got, dropped or added. */
  key: v.optional(v.nullable(v.string())),
  /** What a failed record means and what to do. */
  failure: v.optional(Failure)
});
export type Result = v.InferOutput<typeof Result>;

/** Whether the record of a folder only repeats that something in it failed, of which records of their own tell. */
export function onlyRepeats({ status, message = '' }: Result): boolean {
  return status === 'impossible' || status === 'error' ? /^could not \w+ some content/u.test(message) : false;
}

/** Whether a record reports success. */
export function isSuccess(result: Result): boolean {
  return result.status === 'ok' || result.status === 'notneeded';
}
