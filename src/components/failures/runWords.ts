import type { TranslationBundle } from '@jupyterlab/translation';
import { shownName } from '../../protocol/names';
import { CommandIDs } from '../../tokens';
import { commandFailed, emptyHanded } from './commandWords';
import { detail, type IContext, own, type Wordings } from './wording';

/** The notebook that a failure is about. */
function notebookName(trans: TranslationBundle, context: IContext): string {
  return detail(context, 'path') ?? trans.__('The notebook');
}

/** What keeps commands and notebooks from being run, recorded and repeated. */
export const runWords: Wordings = {
  'bad-notebook': (trans, context) => ({
    title: trans.__('%1 cannot be executed.', notebookName(trans, context)),
    text: own(context)
  }),
  'no-kernel': (trans, context) => {
    const kernel = detail(context, 'kernel');
    return kernel === undefined
      ? {
          title: trans.__('%1 names no kernel.', notebookName(trans, context)),
          text: trans.__('Open it, choose its kernel on the right of its toolbar, and save it.')
        }
      : {
          title: trans.__('There is no kernel named %1 on this machine.', kernel),
          text: trans.__('Install it, or open the notebook, choose another kernel, and save it.')
        };
  },
  'kernel-died': (trans, context) => ({
    title: trans.__('The kernel ended while %1 was executed.', notebookName(trans, context)),
    text: trans.__('It may have run out of memory, or the notebook ended it. Nothing was saved.')
  }),
  'cell-failed': (trans, context) => {
    const [cell, path] = [detail(context, 'cell'), notebookName(trans, context)];
    return {
      title:
        cell === undefined ? trans.__('%1 was not executed to its end.', path) : trans.__('Cell %1 of %2 failed.', cell, path),
      text: trans.__('Nothing was saved.')
    };
  },
  'edited-meanwhile': (trans, context) => ({
    title: trans.__('%1 was changed while it was executed.', notebookName(trans, context)),
    text: trans.__(
      'The change is kept, and nothing was recorded. What was executed lies beside it: %1.',
      shownName(detail(context, 'aside') ?? '')
    )
  }),
  'kept-elsewhere': (trans, context) => ({
    title: trans.__('%1 was executed, but could not be written into the dataset.', notebookName(trans, context)),
    text: trans.__(
      'Nothing was recorded. What was executed is kept, until you delete it, outside of the dataset: %1. To record it, mend why it could not be written, and run the notebook again.',
      shownName(detail(context, 'place') ?? '')
    )
  }),
  'command-failed': commandFailed,
  'bad-placeholder': trans => ({
    title: trans.__('A placeholder is not known.'),
    text: trans.__(
      'In braces stands a name that neither DataLad nor the settings of this dataset know. A brace that is meant as such is typed twice: “{{”.'
    )
  }),
  'leads-out': (trans, context) => ({
    title: trans.__('A pattern leads out of the dataset, through a link.'),
    text: trans.__(
      'Nothing was run. Write %1 so that it does not meet the link, or name the files.',
      shownName(detail(context, 'name') ?? '')
    )
  }),
  'empty-handed': emptyHanded,
  'subdatasets-absent': (trans, context) => ({
    title: trans.__('The command needs a subdataset that is not installed: %1.', shownName(detail(context, 'path') ?? '')),
    text: trans.__('Where it comes from is looked at before it is got, as with any other get.'),
    action: { label: trans.__('Install it'), command: CommandIDs.get }
  }),
  'not-repeatable': (trans, context) => ({
    title: trans.__('This run is not repeated.'),
    text: own(context)
  }),
  'no-container': (trans, context) => {
    const [name, known] = [shownName(detail(context, 'name') ?? ''), shownName(detail(context, 'known') ?? '')];
    return {
      title: name === '' ? trans.__('There is no such container.') : trans.__('There is no container “%1”.', name),
      text:
        known === ''
          ? trans.__('Nothing was run. Look which there are, or add one.')
          : trans.__('Nothing was run. There are: %1.', known),
      action: { label: trans.__('Show the containers'), command: CommandIDs.containers }
    };
  },
  'no-container-service': trans => ({
    title: trans.__('The service of Docker cannot be used here.'),
    text: trans.__(
      'It does not run, or you may not use it. Ask who runs this Jupyter, or make the image elsewhere and register its file.'
    )
  })
};
