import type { TranslationBundle } from '@jupyterlab/translation';
import type { MouseEvent } from 'react';
import { type INotebookRecordState, type NotebookVerdict, verdictOf } from '../../models/notebookRecordModel';
import { dataladIcon } from '../icons';

export interface IRunStateProps {
  state: INotebookRecordState;
  trans: TranslationBundle;
  onOpen(anchor: HTMLElement): void;
}

/** Whether the outputs of a notebook come from a recorded run; opens what can be done about it. */
export function RunState({ state, trans, onOpen }: IRunStateProps): JSX.Element {
  const verdict = verdictOf(state);
  const count = state.wrote.length;
  return (
    <button
      type="button"
      className="jp-Datalad-runState"
      data-verdict={verdict}
      aria-label={[
        verdictWord(verdict, trans),
        ...(count > 0 ? [trans._n('%1 file unsaved', '%1 files unsaved', count)] : [])
      ].join(', ')}
      title={explanation(state, trans)}
      aria-haspopup="menu"
      onClick={(event: MouseEvent<HTMLButtonElement>) => onOpen(event.currentTarget)}
    >
      <dataladIcon.react tag="span" width="14px" height="14px" />
      <span>{verdictWord(verdict, trans)}</span>
      {count > 0 && (
        <span className="jp-Datalad-runStateCount" aria-hidden="true">
          {`● ${count}`}
        </span>
      )}
    </button>
  );
}

function verdictWord(verdict: NotebookVerdict, trans: TranslationBundle): string {
  switch (verdict) {
    case 'recorded':
      return trans.__('Recorded');
    case 'changed':
      return trans.__('Changed since');
    case 'none':
      return trans.__('Not recorded');
    case 'unknown':
      return trans.__('DataLad');
  }
}

/** What the word stands for, in whole sentences. */
export function explanation(state: INotebookRecordState, trans: TranslationBundle): string {
  const { origin, changed, dirty, executed, wrote } = state;
  const parts: string[] = [];
  switch (verdictOf(state)) {
    case 'recorded':
      parts.push(trans.__('All that this notebook shows was made by a recorded run: %1', origin?.run?.commit.subject ?? ''));
      break;
    case 'changed':
      parts.push(trans.__('This notebook was made by a recorded run, but is not any more what that made.'));
      break;
    case 'none':
      parts.push(trans.__('No recorded run made what this notebook shows.'));
      break;
    case 'unknown':
      parts.push(trans.__('It is not known whether a recorded run made what this notebook shows.'));
  }
  if (executed > 0) {
    parts.push(trans._n('%1 cell was run since.', '%1 cells were run since.', executed));
  } else if (dirty || changed) {
    parts.push(trans.__('It has changes that are not saved.'));
  }
  if (wrote.length > 0) {
    const names = wrote.slice(0, 5).map(({ name }) => name);
    const more = wrote.length - names.length;
    const listed = more > 0 ? trans.__('%1 and %2 more', names.join(', '), more) : names.join(', ');
    parts.push(trans.__('Changed in the dataset since cells were run, and not saved: %1', listed));
  }
  return parts.join(' ');
}
