import type { ContentsPath } from '../../../protocol/paths';
import type { RunRecord } from '../../../protocol/run';
import type { CommitId } from '../../../protocol/revision';
import type { Repository } from '../repository';
import { readMessage } from './parseRecord';
import { factsOf } from './runFacts';
import { readSidecars } from './sidecars';
import type { IPython } from './unpack';

const LONGEST_TEXT = 100_000;

interface IRequest extends IPython {
  readonly commit: CommitId;
  readonly message: string;
  toContents(relative: string): ContentsPath;
  readonly signal: AbortSignal;
}

/** The record of one run commit, for people, wherever it lies; undefined where the commit records none. */
export async function readRunRecord(repository: Repository, request: IRequest): Promise<RunRecord | undefined> {
  const { commit, message, toContents, signal, python, env } = request;
  const written = readMessage(message);
  if (written === null) {
    return undefined;
  }
  if (written.state === 'read') {
    return { state: 'read', facts: factsOf(written.data) };
  }
  if (written.state !== 'sidecar') {
    return { state: written.state };
  }
  const [found] = await readSidecars(repository, [{ commit, name: written.name }], { python, env, signal });
  if (found === undefined) {
    return undefined;
  }
  const file = toContents(found.path);
  return found.state === 'read'
    ? { state: 'read', facts: factsOf(found.data), file, text: found.text.slice(0, LONGEST_TEXT) }
    : { state: found.state, file };
}
