import type { TranslationBundle } from '@jupyterlab/translation';
import { CommandIDs } from '../../tokens';
import { aboutFiles, detail, type IFailureWords, type Wordings } from './wording';

type PartWords = Pick<IFailureWords, 'title' | 'text'>;

/** The parts of a repository that can be damaged: what to say of each, and what mends it without touching a file or its content. */
function damagedParts(trans: TranslationBundle): Readonly<Record<string, PartWords>> & { readonly objects: PartWords } {
  return {
    head: {
      title: trans.__('The dataset has lost its branch.'),
      text: trans.__(
        'The file .git/HEAD is damaged. Your files are not. Write “ref: refs/heads/” and the name of the branch into it.'
      )
    },
    index: {
      title: trans.__('Git’s list of files is damaged.'),
      text: trans.__(
        'Your files are not. Move the file .git/index away and run “git reset” in a terminal: it makes the list anew and touches no file.'
      )
    },
    config: {
      title: trans.__('The settings of this dataset cannot be read.'),
      text: trans.__('The file .git/config is damaged. Mend it in a terminal; what Git said names the line.')
    },
    refs: {
      title: trans.__('A branch of this dataset is damaged.'),
      text: trans.__('Your files are not. “git fsck” in a terminal says which one; its last commits stand below .git/logs.')
    },
    annex: {
      title: trans.__('What git-annex notes about this dataset is damaged.'),
      text: trans.__(
        'Content is not. Delete the folder .git/annex/keysdb, if that is what is named below: git-annex makes it anew.'
      )
    },
    gitmodules: {
      title: trans.__('The list of subdatasets is broken.'),
      text: trans.__('Mend the file .gitmodules, or bring back the last good one with “git restore .gitmodules” in a terminal.')
    },
    'dataset-config': {
      title: trans.__('The settings of this dataset cannot be read.'),
      text: trans.__(
        'Mend the file .datalad/config, or bring back the last good one with “git restore .datalad/config” in a terminal.'
      )
    },
    objects: {
      title: trans.__('A part of the history is damaged or missing.'),
      text: trans.__(
        'What is in the folder is not. In a terminal, clone a sibling to another place with “git clone --bare --no-local”, and copy the files of its objects/pack to those in .git/objects/pack: git then takes what is sound.'
      )
    }
  };
}

/** Damage, here and on the way. */
export const damageWords: Wordings = {
  'damaged-repository': (trans, context) => {
    const parts = damagedParts(trans);
    const { title, text } = parts[detail(context, 'part') ?? ''] ?? parts.objects;
    return { title, text, action: { label: trans.__('Look again'), command: CommandIDs.refresh } };
  },
  'damaged-content': aboutFiles((trans, context) => {
    const moved = detail(context, 'moved') !== undefined;
    const verified = detail(context, 'verified') !== undefined;
    return {
      none: trans.__('Content here is damaged.'),
      one: name => trans.__('What is here of %1 is damaged.', name),
      many: count => trans._n('What is here of %1 file is damaged.', 'What is here of %1 files is damaged.', count),
      text: moved
        ? trans.__(
            'It was moved to .git/annex/bad and does not count as here any more. Get it again from a place that has a sound copy.'
          )
        : verified
          ? trans.__('It differs from its checksum. Nothing was moved or deleted; a copy elsewhere may be sound.')
          : trans.__('A check takes damaged content away, so that it can be got again from a sibling.'),
      ...(moved
        ? { action: { label: trans.__('Get again'), command: CommandIDs.get } }
        : verified
          ? {}
          : { action: { label: trans.__('Check'), command: CommandIDs.fsck } })
    };
  }),
  'untrusted-certificate': trans => ({
    title: trans.__('The other side cannot prove who it is.'),
    text: trans.__(
      'Its certificate is not one that this machine trusts. Check the address; if it is right, ask who runs it or this Jupyter for the certificate.'
    )
  })
};
