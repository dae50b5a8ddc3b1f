import type { TranslationBundle } from '@jupyterlab/translation';
import { memo, useCallback, useEffect, useMemo, useState } from 'react';
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
import { amendBlocked } from './amendNote';
import { ChangeList } from './changeList';
import { LeftBehind } from './leftBehind';
import { LargeInGit, troubles, weighty } from './largeInGit';
import { MessageBox } from './messageBox';
import { SaveButtons } from './saveButtons';
import { SubdatasetHint } from './subdatasetHint';
import { rulesToGit } from './rules';
import { isTag, saveArguments, saveInput, tickedChanges } from './selection';
import { useDestinations } from './useDestinations';
import { useInside } from './useInside';
import { useMessages } from './useMessages';

export interface IChangesSectionProps {
  summary: Summary;
  memory: IMemory;
  /** Why nothing can be saved at this moment; null when it can. */
  blocked: string | null;
  jobs: readonly Job[];
  undo: IUndo;
  actions: Pick<
    IPanelActions,
    'execute' | 'copy' | 'destinations' | 'messages' | 'addRules' | 'openChangeMenu' | 'removeDiscard' | 'changesIn'
  >;
  trans: TranslationBundle;
  onRemember(patch: Partial<IMemory>): void;
}

const NONE: readonly ChangedFile[] = [];

/** What was changed, and the box to save it. Memoised: the news of a running job need not draw a thousand rows again. */
export const ChangesSection = memo(function ChangesSection(props: IChangesSectionProps): JSX.Element {
  const { summary, trans } = props;
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
  return <Unsaved {...props} />;
});

function Unsaved(props: IChangesSectionProps): JSX.Element {
  const { summary, memory, blocked, actions, trans, onRemember } = props;
  const { changes } = summary;
  const { options } = memory;
  const chosen = useMemo(() => tickedChanges(changes, memory.flipped), [changes, memory.flipped]);
  const inside = useInside({ changes, entered: options.recursive ? chosen : NONE, actions });
  const [saving, setSaving] = useState(false);
  const onFlip = useCallback((flipped: ContentsPath[]) => onRemember({ flipped }), [onRemember]);
  const messages = useMessages(summary, actions);
  const destinations = useDestinations(summary, actions);
  const { known, want } = destinations;
  const { path: dataset } = summary.dataset;
  useEffect(() => want(dataset, weighty(changes)), [want, dataset, changes]);
  useEffect(() => inside.saved.forEach(one => want(one.dataset, weighty(one.changes))), [want, inside.saved]);
  const warnings = useMemo(() => {
    const places = [{ dataset, name: '', changes: chosen }, ...inside.saved];
    return places.flatMap(place => troubles(place, place.changes, { known, toGit: options.toGit }));
  }, [dataset, chosen, inside.saved, known, options.toGit]);
  const lasting = useMemo(() => (options.toGit ? rulesToGit(chosen, known) : []), [chosen, known, options.toGit]);
  const ticked = chosen.length;
  const refused = blocked ?? (options.amend ? amendBlocked(messages, trans) : null) ?? tagBlocked(options.versionTag, trans);
  const ready = refused === null && !saving && ticked > 0 && memory.message.trim() !== '';
  const save = async (): Promise<void> => {
    setSaving(true);
    const saved = await actions.execute(CommandIDs.save, saveArguments(summary, memory));
    setSaving(false);
    if (saved) {
      // All of these are about one save.
      onRemember({ message: '', options: { ...options, amend: false, toGit: false, versionTag: '' } });
    }
  };
  return (
    <>
      <MessageBox
        value={memory.message}
        messages={messages}
        trans={trans}
        onChange={message => onRemember({ message })}
        onAccept={() => void (ready && save())}
      />
      <ChangeList
        dataset={summary.dataset.path}
        changes={changes}
        flipped={memory.flipped}
        destinations={destinations}
        inside={inside}
        toGit={options.toGit}
        recursive={options.recursive}
        trans={trans}
        onFlip={onFlip}
        onMenu={actions.openChangeMenu}
      />
      {summary.truncated && (
        <p className="jp-Datalad-text">{trans.__('More changes exist than are listed. With all ticked, all are saved.')}</p>
      )}
      <SubdatasetHint
        changes={summary.changes}
        recursive={memory.options.recursive}
        trans={trans}
        onChange={recursive => onRemember({ options: { ...memory.options, recursive } })}
      />
      <LargeInGit troubles={warnings} trans={trans} onRule={actions.addRules} />
      <SaveButtons
        lasting={lasting}
        onRule={rule => actions.addRules(summary.dataset.path, [rule])}
        count={ticked}
        ready={ready}
        reason={saving ? trans.__('Saving…') : reasonOf(refused, ticked, memory.message, trans)}
        options={options}
        messages={messages}
        trans={trans}
        onSave={() => void save()}
        onOptions={options => onRemember({ options })}
      />
      <CommandLine
        texts={textsOf('save', saveInput(summary, { ...memory, message: memory.message.trim() || trans.__('What did you do?') }))}
        trans={trans}
        onCopy={actions.copy}
        onHelp={command => void actions.execute(CommandIDs.help, { command })}
      />
      <UndoParts {...props} />
    </>
  );
}

function tagBlocked(tag: string, trans: TranslationBundle): string | null {
  return tag.trim() === '' || isTag(tag.trim()) ? null : trans.__('This is no name for a version tag.');
}

function UndoParts({
  summary,
  jobs,
  undo,
  actions,
  trans
}: Pick<IChangesSectionProps, 'summary' | 'jobs' | 'undo' | 'actions' | 'trans'>): JSX.Element {
  return (
    <>
      <LeftBehind changes={summary.changes} jobs={jobs} actions={actions} trans={trans} />
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
