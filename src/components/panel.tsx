import type { TranslationBundle } from '@jupyterlab/translation';
import { type ReactNode, useRef } from 'react';
import type { Listing } from '../protocol/dataset';
import { isEnded, type Job } from '../protocol/job';
import type { ICurrentState } from '../tokens';
import { DatasetSections } from './datasetSections';
import { Header } from './header';
import { JobBar } from './jobBar';
import { jobSentence, jobTitle } from './jobs';
import { Notices } from './notices/notices';
import { NoDataset } from './notices/noDataset';
import { Section } from './section';
import { Announcer } from './announcer';
import { CommandsSection } from './commands/commandsSection';
import { InterruptedList } from './commands/interruptedList';
import { ProblemList } from './commands/problemList';
import { Questions } from './commands/questions';
import { progressWords } from './progressWords';
import { moveBetweenSections } from './sectionKeys';
import { toggled, withOpen } from './sections';
import type { IMemory, IPanelActions, SectionName } from './types';
import { useUndo } from './undo/useUndo';

export interface IPanelProps {
  state: ICurrentState;
  /** Rows of the folder in view, where they are known. */
  listing: Listing | undefined;
  jobs: readonly Job[];
  /** Jobs that failed just now. */
  problems: readonly Job[];
  memory: IMemory;
  actions: IPanelActions;
  trans: TranslationBundle;
  /** A job whose details were asked for from elsewhere. */
  revealed: string | null;
  /** What the section History holds, joined to its model; drawn while that is open. */
  history: ReactNode;
  /** What is looked at closely takes the place of the sections; null: nothing. */
  inspector: ReactNode;
  onRemember(patch: Partial<IMemory>): void;
  /** A section is to be seen: what stands in their place goes. */
  onSections(): void;
}

/** The whole panel, from a snapshot of everything it shows. */
export function Panel(props: IPanelProps): JSX.Element {
  const { state, listing, jobs, problems, memory, actions, trans, revealed, inspector, onRemember, onSections } = props;
  const root = useRef<HTMLDivElement>(null);
  const undo = useUndo(state.summary?.dataset.path ?? null, jobs, { changes: state.summary?.changes, actions });
  const height = (): number => root.current?.clientHeight ?? 0;
  const live = jobs.filter(job => !isEnded(job));
  // The one that has run for longest: a short save beside a long get must not take its place for a moment.
  const first = live.findLast(job => job.state === 'running') ?? live.at(-1);
  const show = (section: SectionName): void => {
    onRemember({ open: withOpen(memory.open, section, height()) });
    const focus = (): void =>
      root.current?.querySelector<HTMLElement>(`[data-section="${section}"] [data-section-heading]`)?.focus();
    if (inspector) {
      onSections();
      requestAnimationFrame(focus);
    } else {
      focus();
    }
  };
  const onToggle = (section: SectionName): void => onRemember({ open: toggled(memory.open, section, height()) });
  if (state.phase === 'silent') {
    return <Silent trans={trans} />;
  }
  return (
    <div ref={root} className="jp-Datalad-panel" tabIndex={-1} onKeyDown={moveBetweenSections}>
      <Announcer
        text={first === undefined ? lastWords(jobs[0], trans) : `${jobTitle(first, trans)}, ${progressWords(first, trans)}`}
      />
      <Header state={state} actions={actions} trans={trans} onShow={show} />
      {first !== undefined && (
        <JobBar job={first} others={live.length - 1} trans={trans} onCancel={actions.cancel} onShow={() => show('commands')} />
      )}
      <Questions jobs={live} actions={actions} trans={trans} />
      {problems.length > 0 && (
        <ProblemList problems={problems} dataset={state.summary?.dataset.path ?? null} actions={actions} trans={trans} />
      )}
      <InterruptedList jobs={jobs.filter(({ state: how }) => how === 'interrupted')} actions={actions} trans={trans} />
      <Notices state={state} actions={actions} trans={trans} />
      {state.phase === 'none' && <NoDataset listing={listing} jobs={jobs} actions={actions} trans={trans} />}
      {inspector}
      {state.summary !== null && !inspector && (
        <DatasetSections {...props} undo={undo} summary={state.summary} onToggle={onToggle} />
      )}
      {!inspector && (state.summary !== null || jobs.length > 0) && (
        <Section
          name="commands"
          title={trans.__('Commands')}
          detail={jobs.length > 0 ? String(jobs.length) : undefined}
          open={memory.open.includes('commands')}
          onToggle={onToggle}
        >
          <CommandsSection
            jobs={jobs}
            undoable={undo.plan?.job ?? null}
            revealed={revealed}
            inBar={first?.id ?? null}
            actions={actions}
            trans={trans}
          />
        </Section>
      )}
    </div>
  );
}

/** How the last job ended, for people who do not see the list. */
function lastWords(job: Job | undefined, trans: TranslationBundle): string {
  switch (job?.state) {
    case 'ok':
      return trans.__('%1: done', jobSentence(job, trans));
    case 'error':
      return trans.__('%1: failed', jobSentence(job, trans));
    case 'cancelled':
      return trans.__('%1: cancelled', jobSentence(job, trans));
    case 'interrupted':
      return trans.__('%1: interrupted', jobSentence(job, trans));
    default:
      return '';
  }
}

function Silent({ trans }: { trans: TranslationBundle }): JSX.Element {
  return (
    <div className="jp-Datalad-panel">
      <p className="jp-Datalad-silent">
        {trans.__('The files in the browser are not on the disk of this Jupyter server, so DataLad cannot work with them.')}
      </p>
    </div>
  );
}
