import * as v from 'valibot';
import type { ContentsPath } from '../../protocol/paths';
import { CommitId } from '../../protocol/revision';
import type { IOutcome } from '../../tokens';
import type { ICommandContext } from './context';

/** Shows the last commit that a job tells of in the history. */
export function showCommit({ datalad }: ICommandContext, dataset: ContentsPath, { results }: IOutcome): void {
  const made = v.safeParse(CommitId, results.filter(({ action }) => action === 'commit').at(-1)?.key);
  if (made.success) {
    datalad.history.open({ dataset, commit: made.output });
  }
}
