import type { ParsedJobInput } from '../../../../protocol/contract';
import { fail } from '../../../../protocol/failure';
import { displayName } from '../../../bytes';
import { unfinishedIn } from '../../../git/unfinished';
import type { ITask } from '../../../handlers';
import type { IJobContext } from '../context';
import { Ledger } from '../withoutDatalad/ledger';
import { git } from '../withoutDatalad/tools';
import { fillPointers, seeminglyModified } from './fillPointers';
import { carefulGit, type IPlace, openPlace } from './place';

/** No editor may open: the messages stay as they are. */
const NO_EDITOR = { GIT_EDITOR: 'true', GIT_SEQUENCE_EDITOR: 'true' };

/** Ends what git is in the middle of: DataLad can end none of these. */
export async function conclude(context: IJobContext, input: ParsedJobInput<'conclude'>, task: ITask): Promise<void> {
  const { what, how } = input;
  const place = await openPlace(context, input.dataset, task);
  const found = unfinishedIn(place.workTree.gitDir)?.what ?? null;
  if (found !== what) {
    fail('changed-since', found === null ? 'It was ended already.' : `Git is in the middle of a ${found}.`, {
      hint: 'Look at it again.'
    });
  }
  try {
    await (how === 'abort' ? abort(place, what) : finish(place, what));
  } finally {
    await fillPointers({ ...place, signal: new AbortController().signal });
  }
  new Ledger(context.boundary, task).done({ action: how, path: place.workTree.folder, type: 'dataset' });
}

async function finish(place: IPlace, what: ParsedJobInput<'conclude'>['what']): Promise<void> {
  if (await place.workTree.hasConflicts()) {
    fail('conflicts', 'Some files are in conflict still.', { hint: 'Choose for each of them which side is right.' });
  }
  if (what === 'bisect') {
    fail('bad-request', 'How a bisect goes on is yours to say, in a terminal.', { hint: 'Or give it up.' });
  }
  const args = what === 'merge' ? ['commit', '--no-edit', '--quiet'] : [what, '--continue'];
  // Git goes on only where it finds nothing modified.
  await fillPointers(place);
  try {
    await git(place, args, { env: NO_EDITOR });
  } catch (error) {
    if (await place.workTree.hasConflicts()) {
      fail('conflicts', 'The next commit is in conflict, too.', { hint: 'Choose once more which side is right, then go on.' });
    }
    throw error;
  }
}

/** Git keeps what is not staged of a merge that is given up; a rebase would throw it away. */
async function abort(place: IPlace, what: ParsedJobInput<'conclude'>['what']): Promise<void> {
  if (what === 'rebase') {
    await requireNothingBeside(place);
  }
  await carefulGit(place, what === 'bisect' ? ['bisect', 'reset'] : [what, '--abort']);
}

/** Fails with `unsaved-changes` where tracked files that are in no conflict hold what is in no commit: git did not make that. */
async function requireNothingBeside(place: IPlace): Promise<void> {
  const { edited } = await seeminglyModified(place);
  const [first] = edited;
  if (first !== undefined) {
    fail('unsaved-changes', 'There are changes that git did not make.', {
      hint: 'Put them aside first: giving up the rebase would throw them away.',
      detail: edited.map(displayName).join('\n'),
      parameters: { files: edited.length, path: displayName(first) }
    });
  }
}
