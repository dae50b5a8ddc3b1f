import type { TranslationBundle } from '@jupyterlab/translation';
import { type KeyboardEvent, memo, useCallback, useState } from 'react';
import type { ChangedFile, Summary } from '../../protocol/dataset';
import type { Job } from '../../protocol/job';
import type { ContentsPath } from '../../protocol/paths';
import { CommandIDs } from '../../tokens';
import { CommandLine } from '../commandLine';
import { textsOf } from '../commandTexts';
import { branchWords, isUnread } from '../statusLine';
import type { IMemory, IPanelActions } from '../types';
import { DiscardedList } from '../undo/discardedList';
import { UndoLine } from '../undo/undoLine';
import type { IUndo } from '../undo/useUndo';
import { ChangeList } from './changeList';
import { SaveButtons } from './saveButtons';
import { SubdatasetHint } from './subdatasetHint';
import { saveArguments, saveInput, tickedChanges } from './selection';

export interface IChangesSectionProps {
  summary: Summary;
  memory: IMemory;
  /** Why nothing can be saved at this moment; null when it can. */
  blocked: string | null;
  jobs: readonly Job[];
  undo: IUndo;
  actions: Pick<IPanelActions, 'execute' | 'copy' | 'openChangeMenu' | 'removeDiscard'>;
  trans: TranslationBundle;
  onRemember(patch: Partial<IMemory>): void;
}

/** What was changed, and the box to save it. Memoised: the news of a running job need not draw a thousand rows again. */
export const ChangesSection = memo(function ChangesSection(props: IChangesSectionProps): JSX.Element {
  const { summary, memory, blocked, actions, trans, onRemember } = props;
  const [saving, setSaving] = useState(false);
  const onFlip = useCallback((flipped: ContentsPath[]) => onRemember({ flipped }), [onRemember]);
  if (summary.changes.length === 0 && isUnread(summary, 'changes')) {
    return <p className="jp-Datalad-text">{trans.__('Changes could not be read; above it says why.')}</p>;
  }
  if (summary.changes.length === 0) {
    return (
      <>
        <EverythingSaved summary={summary} trans={trans} />
        <UndoParts {...props} />
      </>
    );
  }
  const onMenu = (file: ChangedFile, anchor: HTMLElement): void => actions.openChangeMenu(file, summary.dataset.path, anchor);
  const ticked = tickedChanges(summary.changes, memory.flipped).length;
  const ready = blocked === null && !saving && ticked > 0 && memory.message.trim() !== '';
  const save = async (): Promise<void> => {
    setSaving(true);
    const saved = await actions.execute(CommandIDs.save, saveArguments(summary, memory));
    setSaving(false);
    if (saved) {
      onRemember({ message: '', options: { ...memory.options, amend: false } });
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      if (ready) {
        void save();
      }
    }
  };
  return (
    <>
      <textarea
        className="jp-Datalad-message"
        aria-label={trans.__('Message')}
        placeholder={trans.__('What did you do?')}
        rows={2}
        value={memory.message}
        onChange={event => onRemember({ message: event.currentTarget.value })}
        onKeyDown={onKeyDown}
      />
      <ChangeList changes={summary.changes} flipped={memory.flipped} trans={trans} onFlip={onFlip} onMenu={onMenu} />
      {summary.truncated && (
        <p className="jp-Datalad-text">{trans.__('More changes exist than are listed. With all ticked, all are saved.')}</p>
      )}
      <SubdatasetHint
        changes={summary.changes}
        recursive={memory.options.recursive}
        trans={trans}
        onChange={recursive => onRemember({ options: { ...memory.options, recursive } })}
      />
      <SaveButtons
        count={ticked}
        ready={ready}
        reason={saving ? trans.__('Saving…') : reasonOf(blocked, ticked, memory.message, trans)}
        options={memory.options}
        trans={trans}
        onSave={() => void save()}
        onOptions={options => onRemember({ options })}
      />
      <CommandLine
        texts={textsOf('save', saveInput(summary, { ...memory, message: memory.message.trim() || trans.__('What did you do?') }))}
        trans={trans}
        onCopy={actions.copy}
      />
      <UndoParts {...props} />
    </>
  );
});

function UndoParts({
  jobs,
  undo,
  actions,
  trans
}: Pick<IChangesSectionProps, 'jobs' | 'undo' | 'actions' | 'trans'>): JSX.Element {
  return (
    <>
      <UndoLine plan={undo.plan} jobs={jobs} actions={actions} trans={trans} />
      <DiscardedList kept={undo.kept} actions={actions} trans={trans} />
    </>
  );
}

/** Why the button is off: a disabled button without a reason is a riddle. */
function reasonOf(blocked: string | null, ticked: number, message: string, trans: TranslationBundle): string | undefined {
  if (blocked !== null) {
    return blocked;
  }
  if (ticked === 0) {
    return trans.__('Tick what to save.');
  }
  return message.trim() === '' ? trans.__('Say in the box what you did.') : undefined;
}

function EverythingSaved({ summary, trans }: Pick<IChangesSectionProps, 'summary' | 'trans'>): JSX.Element {
  const { branch } = summary;
  return (
    <p className="jp-Datalad-text">
      {trans.__('Everything saved')}
      {branch.commit !== undefined && (
        <span className="jp-Datalad-dim"> {trans.__('on %1, commit %2', branchWords(branch, trans), branch.commit)}</span>
      )}
    </p>
  );
}
