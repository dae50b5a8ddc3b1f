import type { Failure } from '../../../protocol/failure';
import type { WorkTree } from '../../dataset/workTree';

/** How a repository stood before a save, and what the save said it did. */
export interface ISaveTrace {
  readonly before: string | null;
  /** Staged before the save by someone else: it goes into the next commit whoever makes it. */
  readonly staged: readonly string[];
  /** Names that the save added or deleted. */
  readonly saved: ReadonlySet<string>;
  readonly message: string;
}

/** What became of a save. */
export interface ISaveOutcome {
  /** Whether there is a commit with its message. DataLad says so even when another program took the changes a moment before. */
  readonly own: boolean;
  /** What another program did at the same time: nobody can queue a terminal. Null when one commit holds what was saved and no more. */
  readonly mixing: Failure | null;
}

/** Compares the commits made since a save began with what it was to commit. */
export async function inspectSave(workTree: WorkTree, trace: ISaveTrace): Promise<ISaveOutcome> {
  const [commits, adjusted] = await Promise.all([workTree.commitsSince(trace.before), workTree.isAdjusted()]);
  if (adjusted) {
    return { own: commits.length > 0, mixing: null };
  }
  const wanted = normalise(trace.message);
  const foreign = new Set<string>();
  let own = 0;
  for (const commit of commits) {
    const [message, changed] = await Promise.all([workTree.messageOf(commit), workTree.changedBy(commit)]);
    own += wanted === '' || normalise(message) === wanted ? 1 : 0;
    changed.filter(name => !trace.saved.has(name) && !trace.staged.includes(name)).forEach(name => foreign.add(name));
  }
  const alone = commits.length === own && own <= 1 && foreign.size === 0;
  return { own: own > 0, mixing: alone ? null : describe(commits.length, own, [...foreign]) };
}

function describe(commits: number, own: number, foreign: readonly string[]): Failure {
  return {
    kind: 'mixed-commit',
    message:
      own === 0
        ? 'Another program committed at the same time, and took these changes into its own commit.'
        : commits > own
          ? 'Another program committed at the same time.'
          : 'The commit also holds changes that another program made at the same time.',
    hint: 'Nothing is lost: look at the last commits to see which one holds what.',
    ...(foreign.length === 0 ? {} : { detail: foreign.slice(0, 100).join('\n') }),
    parameters: { commits, files: foreign.length }
  };
}

/** A message as git keeps it: lines and paragraphs are trimmed. */
export function normalise(message: string): string {
  return message
    .split('\n')
    .map(line => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
}
