import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import { plainName, shownName } from '../../protocol/names';
import { formatSize } from '../../protocol/size';
import type { UndoPlan } from '../../protocol/undo';
import { lastName } from '../names';
import type { IUndoQuestion } from './dialogs';
import { CommandPreview, Names } from './fields';

export interface IUndoFormProps {
  question: IUndoQuestion;
  trans: TranslationBundle;
}

export function undoTitle({ kind }: Pick<UndoPlan, 'kind'>, trans: TranslationBundle): string {
  const titles: Record<UndoPlan['kind'], string> = {
    save: trans.__('Undo the Last Save?'),
    discard: trans.__('Bring Back What Was Discarded?'),
    drop: trans.__('Get Again What Was Dropped?'),
    get: trans.__('Drop What Was Got?'),
    unlock: trans.__('Lock Again What Was Unlocked?'),
    clone: trans.__('Remove the Clone?'),
    unpack: trans.__('Take Back What Was Unpacked?'),
    run: trans.__('Take Back What the Run Made?'),
    download: trans.__('Take Back What Was Downloaded?'),
    deleteBranch: trans.__('Make the Branch Again?'),
    deleteTag: trans.__('Make the Tag Again?')
  };
  return titles[kind];
}

/** Saves that are told of one by one. */
const SHOWN = 8;

/** Kinds whose names are none of paths from the contents root. */
const NAMED: readonly UndoPlan['kind'][] = ['save', 'discard', 'unpack', 'run', 'download', 'deleteBranch', 'deleteTag'];

/** What an undo will do, in words, with the files or datasets it is about. */
export function UndoForm({ question, trans }: IUndoFormProps): ReactElement {
  const { plan, commandLine } = question;
  const more = (rest: number) => trans._n('and %1 more', 'and %1 more', rest);
  const datasets = new Set(plan.saves.map(({ dataset }) => dataset));
  const isOf = NAMED.includes(plan.kind) ? shownName : lastName;
  return (
    <>
      {plan.saves.slice(0, SHOWN).map(({ dataset, subject }, at) => (
        <p key={at}>
          <strong>{shownName(subject)}</strong>{' '}
          {datasets.size > 1 && <span className="jp-Datalad-dim">{trans.__('in %1', shownName(dataset))}</span>}
        </p>
      ))}
      {plan.saves.length > SHOWN && <p className="jp-Datalad-dim">{more(plan.saves.length - SHOWN)}</p>}
      <p>{sentence(plan, trans)}</p>
      {plan.kind !== 'clone' && (
        <Names names={plan.names.map(isOf)} total={Math.max(plan.files, plan.names.length)} more={more} />
      )}
      {commandLine !== '' && <CommandPreview line={commandLine} label={trans.__('Command')} />}
    </>
  );
}

function sentence(plan: UndoPlan, trans: TranslationBundle): string {
  const { kind, files, bytes, action, saves } = plan;
  const { dataset } = action.input;
  switch (kind) {
    case 'save':
      if (action.operation === 'undoSave' && action.input.by === 'revert') {
        return saves.length > 1
          ? trans.__(
              'Siblings have this save already, and others may have built on it. So it stays in the history, and a new save takes it back in each of these datasets: the files come to be as they were before.'
            )
          : trans.__(
              'A sibling has this save already, and others may have built on it. So it stays in the history, and a new save takes it back: the files come to be as they were before.'
            );
      }
      return saves.length > 1
        ? trans.__('The files stay as they are; their changes are unsaved again, in each of these datasets.')
        : trans._n(
            'The file stays as it is; its change is unsaved again.',
            'The %1 files stay as they are; their changes are unsaved again.',
            files
          );
    case 'discard':
      return trans._n(
        'The unsaved change of %1 file comes back (%2).',
        'The unsaved changes of %1 files come back (%2).',
        files,
        formatSize(bytes)
      );
    case 'drop':
      return trans._n('%1 file is got again: %2 to come.', '%1 files are got again: %2 to come.', files, formatSize(bytes));
    case 'get':
      return trans._n(
        'Frees %2: the content of %1 file is dropped, if another place is known to have it.',
        'Frees %2: the content of %1 files is dropped, as far as another place is known to have it.',
        files,
        formatSize(bytes)
      );
    case 'unlock':
      return trans._n('%1 file is locked again.', '%1 files are locked again.', files);
    case 'unpack':
      return trans._n(
        'A new save takes the %1 change of unpacking back: files that came from the archive go from the folder, and what they replaced comes back. The save stays in the history, and the content in the annex: nothing is lost.',
        'A new save takes the %1 changes of unpacking back: files that came from the archive go from the folder, and what they replaced comes back. The save stays in the history, and the content in the annex: nothing is lost.',
        files
      );
    case 'run': {
      const runs = saves.filter(save => save.dataset === dataset).length;
      if (runs > 1) {
        return trans.__(
          'One new save takes back all that these %1 runs made: files that they made go from the folder, and those that they changed come to be as they were before the first. The runs stay in the history, and content in the annex: nothing is lost.',
          runs
        );
      }
      return trans._n(
        'A new save takes the %1 change of the run back: files that it made go from the folder, and those that it changed come to be as they were before. The run stays in the history, and content in the annex: nothing is lost.',
        'A new save takes the %1 changes of the run back: files that it made go from the folder, and those that it changed come to be as they were before. The run stays in the history, and content in the annex: nothing is lost.',
        files
      );
    }
    case 'download':
      return trans._n(
        'A new save takes the download back: the file goes from the folder, or comes to be what it was before. The save stays in the history, and the content in the annex: nothing is lost.',
        'A new save takes the download back: the %1 files go from the folder, or come to be what they were before. The save stays in the history, and their content in the annex: nothing is lost.',
        files
      );
    case 'deleteBranch':
      return trans.__('The branch is made again where it was; you stay on the one that is checked out.');
    case 'deleteTag':
      return trans.__('The tag is made again, just as it was.');
    case 'clone': {
      const [folder = dataset] = action.operation === 'remove' ? action.input.paths : [];
      return folder === dataset
        ? trans.__(
            'The folder %1 goes, with everything in it. DataLad first checks that nothing in it is the only copy, and refuses otherwise.',
            plainName(folder)
          )
        : trans.__(
            'The folder %1 goes, with everything in it, and a new save takes it out of %2. DataLad first checks that nothing in it is the only copy, and refuses otherwise.',
            plainName(folder),
            plainName(dataset === '' ? '/' : dataset)
          );
    }
  }
}
