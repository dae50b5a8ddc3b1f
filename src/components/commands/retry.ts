import { JSONExt, type PartialJSONObject, type ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { Job } from '../../protocol/job';
import { CommandIDs } from '../../tokens';

/** Operations whose input is what their command takes. Not dropLastCopies: it must be asked for anew. */
const COMMANDS: Record<string, string> = {
  get: CommandIDs.get,
  getKeys: CommandIDs.get,
  drop: CommandIDs.drop,
  save: CommandIDs.save,
  run: CommandIDs.run,
  rerun: CommandIDs.rerun,
  runNotebook: CommandIDs.runNotebook,
  verifyRuns: CommandIDs.rerun,
  clone: CommandIDs.clone,
  create: CommandIDs.create,
  downloadUrl: CommandIDs.downloadUrl,
  createExample: CommandIDs.createExample,
  unlock: CommandIDs.unlock,
  lock: CommandIDs.lock,
  discard: CommandIDs.discard,
  restore: CommandIDs.restore
};

/** What the server shows instead of a secret, before the host or in the query of an address. */
const HIDDEN = /\*\*\*/u;

/**
 * The command that does the same again, with explicit arguments; undefined for what cannot be repeated, such as a clone from an
 * address whose secret nobody remembers.
 */
export function retryCommand(job: Job): { command: string; args: ReadonlyPartialJSONObject } | undefined {
  const command = COMMANDS[job.operation];
  const { input } = job;
  if (job.operation === 'discard' && isObject(input) && input['parts'] !== undefined) {
    // Which parts there are is another question by now.
    const { parts: _parts, ...rest } = input;
    return { command: CommandIDs.discard, args: JSONExt.deepCopy({ ...rest, choose: true }) };
  }
  if (job.operation === 'undoSave' && isObject(input)) {
    // How it is undone is another question by now.
    const { by: _by, ...rest } = input;
    return { command: CommandIDs.undo, args: JSONExt.deepCopy(rest) };
  }
  if (job.operation === 'verifyRuns' && isObject(input)) {
    return { command: CommandIDs.rerun, args: JSONExt.deepCopy({ ...input, verify: true }) };
  }
  if (job.operation === 'addUrls' && isObject(input)) {
    // What came the last time is there.
    return { command: CommandIDs.addUrls, args: JSONExt.deepCopy({ ...input, ifExists: 'skip' }) };
  }
  return command !== undefined &&
    isObject(input) &&
    ![input['source'], input['url']].some(address => HIDDEN.test(String(address)))
    ? { command, args: JSONExt.deepCopy(input) }
    : undefined;
}

/** Whether the same work can be done again by a click. */
export function isResumable(job: Job): boolean {
  return retryCommand(job) !== undefined;
}

/** What moves content and notes where it is; killed in the middle, the notes may be wrong. */
const REPAIRED: readonly string[] = ['get', 'drop', 'dropLastCopies'];

/** Whether a check of the touched files makes sense: what never began has touched none. */
export function isRepairable(job: Job): boolean {
  return REPAIRED.includes(job.operation) && job.started !== undefined && repairArguments(job) !== undefined;
}

/** The files a job touched, as the check takes them. */
export function repairArguments({ dataset, input }: Job): ReadonlyPartialJSONObject | undefined {
  return dataset !== null && isObject(input) && Array.isArray(input['paths'])
    ? { dataset, paths: JSONExt.deepCopy(input['paths']), recursive: input['recursive'] === true }
    : undefined;
}

// Inputs come from the server as JSON, so an object is a JSON object.
function isObject(value: unknown): value is PartialJSONObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
