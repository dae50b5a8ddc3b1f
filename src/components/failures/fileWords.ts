import type { TranslationBundle } from '@jupyterlab/translation';
import { shownName } from '../../protocol/names';
import { CommandIDs } from '../../tokens';
import { aboutFiles, detail, type IContext, type IFailureWords, retry, type Wordings } from './wording';

/** What keeps a move, a copy or a removal from being done; undefined of other work. */
function inTheWay(trans: TranslationBundle, context: IContext): IFailureWords | undefined {
  const name = shownName(detail(context, 'path') ?? '');
  switch (detail(context, 'why')) {
    case 'taken':
      return { title: trans.__('%1 exists already.', name), text: trans.__('Nothing was changed. Choose another name.') };
    case 'working-folder':
      return {
        title: trans.__('DataLad does not remove the folder that it works in.'),
        text: trans.__('Nothing was removed. Go to the folder around it, then try again.')
      };
    case 'unregistered':
      return {
        title: trans.__('%1 is a dataset that is not registered.', name),
        text: trans.__('It would be deleted without a check. Remove that one first, or move it away.')
      };
    case 'archive':
      return {
        title: trans.__('%1 is where a file of the archive would come to lie.', name),
        text: trans.__('Nothing was changed. Unpack the archive into a folder of its own, or move away what is there.')
      };
    default:
      return undefined;
  }
}

/** Why lines of a file cannot be told; `why` says what it is. */
function noLines(trans: TranslationBundle, context: IContext): IFailureWords {
  switch (detail(context, 'why')) {
    case 'annex':
      return {
        title: trans.__('Its content is in the annex, which keeps no lines.'),
        text: trans.__('See the history of the file instead.')
      };
    case 'large':
      return {
        title: trans.__('This text is too large to tell who changed each line.'),
        text: trans.__('See the history of the file instead, or use the line for a terminal, which may take long.')
      };
    case 'unsaved':
      return {
        title: trans.__('This file was never saved, so all of its lines are yours.'),
        text: '',
        action: { label: trans.__('Save…'), command: CommandIDs.save }
      };
    default:
      return {
        title: trans.__('This is no text, so it has no lines.'),
        text: trans.__('See the history of the file instead.')
      };
  }
}

/** Failures that are about files, each with what to do about it. */
export const fileWords: Wordings = {
  'last-copy': aboutFiles(trans => ({
    none: trans.__('The content stays here.'),
    one: name => trans.__('%1 stays here.', name),
    many: count => trans._n('%1 file stays here.', '%1 files stay here.', count),
    text: trans.__(
      'This is the only copy DataLad knows of, or the other copies could not be checked. Push it to a sibling first, then it can be dropped.'
    )
  })),
  'modified-content': aboutFiles(trans => ({
    none: trans.__('Modified content stays here.'),
    one: name => trans.__('%1 is modified and stays here.', name),
    many: count => trans._n('%1 file is modified and stays here.', '%1 files are modified and stay here.', count),
    text: trans.__('What you changed exists nowhere else. Save it first, then it can be dropped.'),
    action: { label: trans.__('Save, then try again…'), command: CommandIDs.save }
  })),
  'not-annexed': aboutFiles((trans, context) => ({
    none: trans.__('The files are not in the annex.'),
    one: name => trans.__('%1 is not in the annex.', name),
    many: count => trans._n('%1 file is not in the annex.', '%1 files are not in the annex.', count),
    ...(detail(context, 'why') === 'unsaved'
      ? {
          text: trans.__('It is not saved yet, so this is all there is of it.'),
          action: { label: trans.__('Save…'), command: CommandIDs.save }
        }
      : {
          text: trans.__('Its content lies in Git itself or is not tracked: it is always here, there is nothing to get or drop.')
        })
  })),
  'no-lines': noLines,
  'unsaved-changes': (trans, context) => ({
    title: aboutSome(context, {
      none: trans.__('There are changes that are not saved.'),
      one: name => trans.__('%1 has changes that are not saved.', name),
      many: count => trans._n('%1 file has changes that are not saved.', '%1 files have changes that are not saved.', count)
    }),
    text:
      detail(context, 'why') === 'run'
        ? trans.__('What the command changes could not be told from them: save them first, or record only the outputs.')
        : detail(context, 'why') === 'unpack'
          ? trans.__('Save them first, or discard them: an archive is unpacked into a save that holds nothing else.')
          : trans.__('They would be lost, so nothing was changed. Save them first: saved versions stay in the history.'),
    action: { label: trans.__('Save…'), command: CommandIDs.save }
  }),
  'in-the-way': (trans, context) =>
    inTheWay(trans, context) ?? {
      title: aboutSome(context, {
        none: trans.__('Something else is in the way.'),
        one: name => trans.__('Something else is at the place of %1.', name),
        many: count =>
          trans._n('Something else is at the place of %1 file.', 'Something else is at the place of %1 files.', count)
      }),
      text: trans.__('A folder is where a file was, or the other way round. Nothing was changed: move it away, then try again.'),
      action: retry(trans)
    },
  'not-here': (trans, context) => ({
    title: aboutSome(context, {
      none: trans.__('The content is not here: get it.'),
      one: name => trans.__('The content of %1 is not here: get it.', name),
      many: count =>
        trans._n('The content of %1 file is not here: get it.', 'The content of %1 files is not here: get it.', count)
    }),
    text: trans.__('It was dropped since, or never got. The places that have it are asked when you get it.'),
    action: { label: trans.__('Get'), command: CommandIDs.get }
  }),
  'content-unavailable': aboutFiles(trans => ({
    none: trans.__('The content could not be got from anywhere.'),
    one: name => trans.__('%1 could not be got from anywhere.', name),
    many: count => trans._n('%1 file could not be got from anywhere.', '%1 files could not be got from anywhere.', count),
    text: trans.__(
      'The places known to have it could not be reached, or no place is known. Ask who keeps the data, or try later.'
    ),
    action: retry(trans)
  })),
  corrupt: aboutFiles(trans => ({
    none: trans.__('What arrived was damaged.'),
    one: name => trans.__('What arrived of %1 was damaged.', name),
    many: count => trans._n('What arrived of %1 file was damaged.', 'What arrived of %1 files was damaged.', count),
    text: trans.__('Its checksum does not match, so it was not kept. Try again, or get it from another sibling.'),
    action: retry(trans)
  })),
  'not-found': aboutFiles(trans => ({
    none: trans.__('It is no longer there.'),
    one: name => trans.__('%1 is no longer there.', name),
    many: count => trans._n('%1 file is no longer there.', '%1 files are no longer there.', count),
    text: trans.__('It was moved, renamed or deleted. Refresh to see what is there now.'),
    action: { label: trans.__('Refresh'), command: CommandIDs.refresh }
  })),
  'left-out': aboutFiles(trans => ({
    none: trans.__('It is left out of the folder.'),
    one: name => trans.__('%1 is left out of the folder.', name),
    many: count => trans._n('%1 file is left out of the folder.', '%1 files are left out of the folder.', count),
    text: trans.__(
      'A sparse checkout keeps it out. Bring it in with “git sparse-checkout add” in a terminal, then it can be got.'
    )
  })),
  'permission-denied': aboutFiles(trans => ({
    none: trans.__('You may not write here.'),
    one: name => trans.__('You may not write %1.', name),
    many: count => trans._n('You may not write %1 file.', 'You may not write %1 files.', count),
    text: trans.__('The files or their folder belong to somebody else, or are protected.')
  })),
  'unsafe-name': aboutFiles(trans => ({
    none: trans.__('A name here is not safe to work with.'),
    one: name => trans.__('The name %1 is not safe to work with.', name),
    many: count =>
      trans._n('The name of %1 file is not safe to work with.', 'The names of %1 files are not safe to work with.', count),
    text: trans.__(
      'It holds a line break or bytes that are no text: the tools could take another file for it. Rename it in a terminal, with "git mv", then try again.'
    )
  })),
  'long-name': aboutFiles(trans => ({
    none: trans.__('A name is too long for git-annex.'),
    one: name => trans.__('The name %1 is too long for git-annex.', name),
    many: count =>
      trans._n('The name of %1 file is too long for git-annex.', 'The names of %1 files are too long for git-annex.', count),
    text: trans.__('Give it a shorter name, then try again.')
  })),
  'transfer-busy': aboutFiles(trans => ({
    none: trans.__('Another program gets the content already.'),
    one: name => trans.__('Another program gets %1 already.', name),
    many: count => trans._n('Another program gets %1 file already.', 'Another program gets %1 files already.', count),
    text: trans.__('It runs in a terminal, perhaps. Wait for it to end.'),
    action: retry(trans)
  }))
};

/** A sentence about the files that records name, or that a failure counts itself: one is called by its name. */
function aboutSome(
  context: IContext,
  { none, one, many }: { none: string; one(name: string): string; many(count: number): string }
): string {
  const told = context.names.length > 0;
  const files = told ? context.names.length : Number(detail(context, 'files') ?? 0);
  const name = told ? context.names[0] : detail(context, 'path');
  return name === undefined ? none : files > 1 ? many(files) : one(shownName(name));
}
