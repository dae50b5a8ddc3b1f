import type { TranslationBundle } from '@jupyterlab/translation';
import { formatSize } from '../../protocol/size';
import { CommandIDs } from '../../tokens';
import { lockWords } from './lockWords';
import { detail, type IContext, type IFailureWords, own, retry, type Wordings } from './wording';

function bytes(context: IContext, name: string): string | undefined {
  const value = context.failure.parameters?.[name];
  return typeof value === 'number' ? formatSize(value) : undefined;
}

/** How far a job had come when its server was stopped. */
function interruption(trans: TranslationBundle, context: IContext): IFailureWords {
  switch (detail(context, 'reached')) {
    case 'done':
      return { title: trans.__('The server was stopped, but this had been done.'), text: '' };
    case 'waiting':
      return {
        title: trans.__('This had not begun.'),
        text: trans.__('The server or the machine was stopped while it waited for its turn.')
      };
    default:
      return {
        title: trans.__('This was interrupted.'),
        text: trans.__(
          'The server or the machine was stopped while it ran. Nothing that was saved is lost; what was got is kept.'
        )
      };
  }
}

/** Files that are not in the folder though they should be, or the other way round, on a branch that hides what is not here. */
function hiddenFiles(trans: TranslationBundle, context: IContext): IFailureWords {
  const { failure } = context;
  return detail(context, 'why') === undefined
    ? {
        title: trans.__('What was dropped is hidden from the folder now.'),
        text: trans.__('This branch shows only files that are here. The others are listed under Data.')
      }
    : {
        title: trans.__('The folder does not show all files that are here.'),
        text: own({ ...context, failure: { ...failure, hint: trans.__('Move it or save it, then get the files again.') } })
      };
}

/** What git is in the middle of, and where that is ended: DataLad can conclude none of these. */
function unfinished(trans: TranslationBundle, context: IContext): IFailureWords {
  const what = detail(context, 'what') ?? 'merge';
  const action = { label: trans.__('Show…'), command: CommandIDs.switchBranch };
  switch (what) {
    case 'bisect':
      return {
        title: trans.__('A bisect is not finished.'),
        text: trans.__('The files are those of an older commit. End it under Branches, or go on in a terminal.'),
        action
      };
    case 'conflict':
      return {
        title: trans.__('Files are in conflict.'),
        text: trans.__(
          'Choose under Branches, for each of them, which version is right; or edit them and keep them as they are then.'
        ),
        action
      };
    default:
      return {
        title: trans.__('A %1 is not finished.', what),
        text: trans.__(
          'Nothing can be saved before it is: settle what is in conflict and finish it, or give it up, under Branches.'
        ),
        action
      };
  }
}

/** Files that both sides of a merge changed. */
function conflicts(trans: TranslationBundle, context: IContext): IFailureWords {
  const adjusted = detail(context, 'adjusted');
  return adjusted === undefined
    ? {
        title: trans._n(
          'Both sides changed the same file.',
          'Both sides changed the same %1 files.',
          Number(detail(context, 'files') ?? 0)
        ),
        text: trans.__('Choose under Branches, for each of them, which version is right; then finish the merge, or give it up.'),
        action: { label: trans.__('Show…'), command: CommandIDs.switchBranch }
      }
    : {
        title: trans.__('Both sides changed the same files.'),
        text: trans.__(
          'Nothing was merged: files of an adjusted branch cannot be in conflict. Switch to %1, merge there, and come back.',
          adjusted
        ),
        action: { label: trans.__('Show…'), command: CommandIDs.switchBranch }
      };
}

/** Subdatasets that git left alone when another branch was checked out. */
function subdatasets(trans: TranslationBundle, context: IContext): IFailureWords {
  const [differing, left] = [Number(detail(context, 'differing') ?? 0), Number(detail(context, 'left') ?? 0)];
  const parts = [
    ...(differing > 0
      ? [
          trans._n(
            '%2 stands at another commit than this branch names, and is listed as changed: to save it would name that commit here.',
            '%2 subdatasets stand at other commits than this branch names, and are listed as changed: to save them would name those commits here.',
            differing,
            differing === 1 ? (detail(context, 'path') ?? '') : differing
          )
        ]
      : []),
    ...(left > 0
      ? [
          trans._n(
            '%1 subdataset is not of this branch, and stays in the folder.',
            '%1 subdatasets are not of this branch, and stay in the folder.',
            left
          )
        ]
      : [])
  ];
  return { title: trans.__('Subdatasets were left as they are.'), text: parts.join(' ') };
}

/** Failures of the work as a whole. */
export const workWords: Wordings = {
  'hidden-files': hiddenFiles,
  'no-space': (trans, context) => {
    const [needed, free] = [bytes(context, 'needed'), bytes(context, 'free')];
    if (context.failure.parameters?.limit === 'file-size') {
      return {
        title: trans.__('A file may not be that large here.'),
        text: trans.__('There is a limit for the size of a file. Ask who runs this Jupyter.')
      };
    }
    if (context.failure.parameters?.left !== undefined) {
      return {
        title: trans.__('Not enough space.'),
        text: trans.__(
          'The disk or your quota is full. What was changed until then is there, as unsaved changes: free some space, then save them, or discard them and run it again.'
        ),
        action: { label: trans.__('Show what is here'), command: CommandIDs.showPanel }
      };
    }
    return {
      title: trans.__('Not enough space.'),
      text:
        needed !== undefined && free !== undefined
          ? trans.__('%1 are needed, %2 are free. Drop what you do not need, or get fewer files.', needed, free)
          : trans.__('The disk or your quota is full. Drop what you do not need, or get fewer files.'),
      action: { label: trans.__('Show what is here'), command: CommandIDs.showPanel }
    };
  },
  'no-identity': trans => ({
    title: trans.__('Who are you?'),
    text: trans.__('Each save carries a name and an e-mail address, and Git does not know yours yet.'),
    action: { label: trans.__('Set name and e-mail…'), command: CommandIDs.identity }
  }),
  'read-only': trans => ({
    title: trans.__('This dataset is read-only.'),
    text: trans.__(
      'You can look at it, but nothing can be saved, got or dropped. Clone it to a place of your own to work on it.'
    ),
    action: { label: trans.__('Clone…'), command: CommandIDs.clone }
  }),
  'other-owner': (trans, context) => ({
    title: trans.__('This dataset belongs to somebody else.'),
    text: trans.__(
      'Git does not work in datasets of other users (%1), since their settings could run programs. Clone it to a place of your own.',
      detail(context, 'owner') ?? trans.__('unknown')
    ),
    action: { label: trans.__('Clone…'), command: CommandIDs.clone }
  }),
  untrusted: (trans, context) => ({
    title:
      detail(context, 'dataset') === undefined
        ? trans.__('This dataset would start programs of its own.')
        : trans.__('Not trusted: browsing only.'),
    text:
      detail(context, 'dataset') === undefined
        ? own(context)
        : trans.__(
            'Settings in this dataset, in one below it or in a sibling on this machine could run programs. To look around is safe; nothing else is done before you have seen what would run.'
          ),
    ...(detail(context, 'dataset') === undefined ? {} : { action: { label: trans.__('Trust…'), command: CommandIDs.trust } })
  }),
  locked: lockWords,
  'merge-in-progress': unfinished,
  conflicts,
  'subdatasets-differ': subdatasets,
  'name-taken': (trans, context) => ({
    title: trans.__('There is %1 already.', detail(context, 'path') ?? trans.__('one')),
    text: trans.__('Choose another name.')
  }),
  'bad-name': (trans, context) => ({
    title: trans.__('No branch or tag can be called %1.', detail(context, 'path') ?? trans.__('that')),
    text: own(context)
  }),
  'commits-lost': (trans, context) => ({
    title: trans._n(
      'One commit is on no other branch.',
      '%1 commits are on no other branch.',
      Number(detail(context, 'commits') ?? 1)
    ),
    text: trans.__('Create a branch there, or merge or push it, so that something leads to them.')
  }),
  published: (trans, context) => ({
    title: trans.__('The last save is at %1 already.', detail(context, 'siblings') ?? ''),
    text: trans.__('To replace it here would part this history from theirs. Make a new save instead, without “Amend”.')
  }),
  'still-announced': trans => ({
    title: trans.__('Siblings still count on this clone.'),
    text: trans.__(
      'They count it among the places that have content, and would go on looking for it here. Tell them first: “git annex dead here” in a terminal, then push.'
    )
  }),
  'not-movable': trans => ({
    title: trans.__('This subdataset has to stay where it is.'),
    text: trans.__('Its repository lies in that of the dataset around it. Remove it, and clone it at the new place.')
  }),
  'holds-dataset': (trans, context) => ({ title: trans.__('There is a dataset in it.'), text: own(context) }),
  'nothing-saved': (trans, context) =>
    detail(context, 'subdatasets') === undefined
      ? {
          title: trans.__('Nothing was saved.'),
          text: trans.__('There was nothing left to save: perhaps it was saved already.'),
          action: { label: trans.__('Refresh'), command: CommandIDs.refresh }
        }
      : {
          title: trans.__('Changes inside subdatasets were not saved.'),
          text: trans.__('Save in subdatasets, too, or save in the subdataset itself.')
        },
  'no-change': trans => ({
    title: trans.__('There is no change to discard.'),
    text: trans.__('Perhaps it was saved or discarded already.'),
    action: { label: trans.__('Refresh'), command: CommandIDs.refresh }
  }),
  'changed-since': (trans, context) => ({
    title: trans.__('Something changed meanwhile.'),
    text: own(context)
  }),
  'not-undoable': (trans, context) => ({
    title: trans.__('This stays as it is.'),
    text: own(context)
  }),
  'mixed-commit': trans => ({
    title: trans.__('Another program committed at the same time.'),
    text: trans.__('Nothing is lost, but the last commits may hold changes of both. Look at the history.')
  }),
  'clone-failed': (trans, context) => ({
    title: trans.__('The dataset could not be cloned.'),
    text: context.failure.hint === undefined ? own(context) : trans.__('Check that there is a dataset at this address.'),
    action: { label: trans.__('Clone…'), command: CommandIDs.clone }
  }),
  'bad-url': (trans, context) => ({
    title: trans.__('This address cannot be used.'),
    text: own(context)
  }),
  'not-empty': (trans, context) => ({
    title: trans.__('The folder is not empty.'),
    text:
      detail(context, 'files') === undefined
        ? trans.__('Choose a new name, or an empty folder.')
        : trans.__('Choose a new name, or make a dataset of what is there: the files stay as they are, unsaved at first.')
  }),
  'subdatasets-present': trans => ({
    title: trans.__('Subdatasets are still in it.'),
    text: trans.__('A dataset goes only together with those below it. Each is checked first: what exists nowhere else stays.')
  }),
  'not-a-dataset': trans => ({
    title: trans.__('This is not a dataset.'),
    text: trans.__('Create one here, or open a folder of a dataset.'),
    action: { label: trans.__('Create a dataset…'), command: CommandIDs.create }
  }),
  'needs-credential': trans => ({
    title: trans.__('The other side wants to know who you are.'),
    text: trans.__('It asked for a user name, a password or a token, and got none.'),
    action: retry(trans)
  }),
  'worker-died': trans => ({
    title: trans.__('DataLad ended unexpectedly.'),
    text: trans.__('Perhaps it ran out of memory. What was done until then is kept; trying again goes on from there.'),
    action: retry(trans)
  }),
  'server-unreachable': trans => ({
    title: trans.__('The DataLad server does not answer.'),
    text: trans.__('It may be starting, or the connection to Jupyter is lost. Everything else keeps working.'),
    action: { label: trans.__('Try again'), command: CommandIDs.refresh }
  }),
  timeout: trans => ({
    title: trans.__('It took too long.'),
    text: trans.__('The dataset may be very large, or the disk slow.'),
    action: retry(trans)
  }),
  'tool-missing': (trans, context) => ({
    title: trans.__('%1 was not found.', detail(context, 'tool') ?? trans.__('A program')),
    text: ['7z', 'requests_ftp'].includes(detail(context, 'tool') ?? '')
      ? own(context)
      : trans.__('Ask who runs this Jupyter to install it in its environment.')
  }),
  'unsafe-archive': (trans, context) => ({
    title: trans.__('This archive is not unpacked.'),
    text: own(context)
  }),
  'tool-too-old': (trans, context) => {
    const version = detail(context, 'version');
    return {
      title: trans.__('%1 is too old.', detail(context, 'tool') ?? trans.__('A program')),
      text:
        version === undefined
          ? own(context)
          : trans.__('This dataset has version %1, which is newer than what is known here. It can be looked at.', version)
    };
  },
  'needs-upgrade': trans => ({
    title: trans.__('This dataset has an old form.'),
    text: trans.__(
      'It can be looked at. Before anything is got, dropped or saved, it has to be upgraded, which git-annex does not do here by itself: run “git annex upgrade” in a terminal.'
    )
  }),
  'outside-root': trans => ({
    title: trans.__('This lies outside the folders Jupyter shows.'),
    text: trans.__('Only what the file browser can reach can be worked on here.')
  }),
  interrupted: interruption,
  cancelled: trans => ({
    title: trans.__('Cancelled.'),
    text: trans.__('What was done until then is kept.')
  })
};
