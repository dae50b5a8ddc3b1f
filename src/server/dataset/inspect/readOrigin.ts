import { entryAt } from '../compare/entryAt';
import { FailureError } from '../../../protocol/failure';
import type { CommitId } from '../../../protocol/revision';
import { basisOf } from '../history/basis';
import { logArguments, MOST_PRINTED } from '../history/logArguments';
import { type ILogEntry, parseLog } from '../history/parseLog';
import type { Repository } from '../repository';

/** What stands in each message that records a run; who quotes it in another message will hardly do so ten times in a row. */
const BY_RUN = ['--fixed-strings', '--grep=[DATALAD RUNCMD] '];
const LOOKED_AT = 10;

export interface IOrigin {
  readonly last: ILogEntry | null;
  readonly run: { entry: ILogEntry; unchanged: boolean } | null;
}

interface IWhere {
  /** Relative to the dataset. */
  readonly path: string;
  /** Where history begins. */
  readonly top: CommitId;
  readonly signal: AbortSignal;
}

/** The newest commit that changed a path, and the newest of those that record a run; each by one start of git that stops there. */
export async function readOrigin(repository: Repository, path: string, signal: AbortSignal): Promise<IOrigin> {
  const { commit: top } = await basisOf(repository);
  if (top === null) {
    return { last: null, run: null };
  }
  const where = { path, top, signal };
  // Since DataLad 1.6 the record of a command that commits is in a merge, which git leaves out where one of its sides has the file.
  const [all, plain, merged] = await Promise.all([
    newest(repository, where, { limit: 1 }),
    newest(repository, where, { limit: LOOKED_AT, more: BY_RUN }),
    newest(repository, where, { limit: LOOKED_AT, more: [...BY_RUN, '--first-parent'] })
  ]);
  const runs = [plain, merged].flatMap(entries => entries.find(({ run }) => run === true) ?? []);
  const [entry] = runs.sort((one, other) => (other.committed ?? 0) - (one.committed ?? 0));
  return {
    last: all[0] ?? null,
    run: entry === undefined ? null : { entry, unchanged: await isUnchanged(repository, entry.id, where) }
  };
}

async function newest(
  { git }: Repository,
  { path, top, signal }: IWhere,
  { limit, more = [] }: { limit: number; more?: readonly string[] }
): Promise<ILogEntry[]> {
  const read = async (brief: boolean): Promise<ILogEntry[]> => {
    const { args, input } = logArguments({ cursor: { tips: [top], skip: 0 }, limit, path, brief });
    const [command = '', ...rest] = args;
    const options = { signal, input, noIndex: true, maxOutput: MOST_PRINTED, cutOutput: true };
    const { output, failure, cut = false } = await git.readPart([command, ...more, ...rest], options);
    return cut && !brief ? await read(true) : parseLog(output, { partial: cut || failure !== undefined, brief });
  };
  return await read(false);
}

/** Whether the last save has the same as a commit. */
async function isUnchanged(repository: Repository, commit: CommitId, { path, top, signal }: IWhere): Promise<boolean> {
  try {
    const [then, now] = await Promise.all([commit, top].map(tree => entryAt(repository, tree, { path, signal })));
    return then?.oid !== undefined && then.oid === now?.oid;
  } catch (error) {
    if (error instanceof FailureError && error.failure.kind !== 'cancelled') {
      // A tree that is missing or damaged.
      return false;
    }
    throw error;
  }
}
