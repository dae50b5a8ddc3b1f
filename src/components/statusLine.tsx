import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactNode } from 'react';
import type { Branch, Sibling, Summary, SummaryPart, Totals } from '../protocol/dataset';
import type { ICurrentState } from '../tokens';
import { shownName } from '../protocol/names';
import { amountSize, formatCount } from './format';
import { cloudIcon } from './icons';
import type { SectionName } from './types';

export interface IStatusLineProps {
  state: ICurrentState;
  trans: TranslationBundle;
  onShow(section: SectionName): void;
}

/** One line of chips; those with a section of their own lead to it. */
export function StatusLine({ state, trans, onShow }: IStatusLineProps): JSX.Element {
  const { phase, summary, totals } = state;
  if (summary === null) {
    return <p className="jp-Datalad-statusLine">{phase === 'none' && trans.__('This folder is an ordinary folder.')}</p>;
  }
  return (
    <ul className="jp-Datalad-statusLine" aria-label={trans.__('State of the dataset')}>
      <Unsaved summary={summary} trans={trans} onShow={onShow} />
      {/* A dataset whose list of files cannot be read is counted without end. */}
      {!(isUnread(summary, 'changes') && totals?.counting !== false) && <NotHere totals={totals} trans={trans} onShow={onShow} />}
      {summary.dataset.trust === 'untrusted' && <li>{trans.__('not trusted')}</li>}
    </ul>
  );
}

/** `main (unlocked)`; a detached head says so. */
export function branchWords({ name, adjustment, commit }: Branch, trans: TranslationBundle): string {
  const detached = commit === undefined ? trans.__('no branch') : trans.__('detached at %1', commit);
  const base = name === null ? detached : shownName(name);
  return adjustment === undefined ? base : `${base} (${adjustment})`;
}

/** Whether a part could not be read: that it is empty then says nothing. */
export function isUnread({ unread = [] }: Pick<Summary, 'unread'>, part: SummaryPart): boolean {
  return unread.some(each => each.part === part);
}

/** `3`, or `1000+` where more changes exist than were listed. */
export function changeCount({ changes, truncated }: Pick<Summary, 'changes' | 'truncated'>): string {
  return `${formatCount(changes.length)}${truncated ? '+' : ''}`;
}

type ChipProps = Pick<IStatusLineProps, 'trans' | 'onShow'>;

function Unsaved({ summary, trans, onShow }: ChipProps & { summary: Summary }): JSX.Element {
  if (isUnread(summary, 'changes')) {
    return <li>{trans.__('changes not read')}</li>;
  }
  if (summary.changes.length === 0) {
    return <li>{trans.__('saved')}</li>;
  }
  return (
    <Chip section="changes" onShow={onShow}>
      <b>{changeCount(summary)}</b> {trans.__('unsaved')}
    </Chip>
  );
}

function NotHere({ totals, trans, onShow }: ChipProps & { totals: Totals | null }): JSX.Element | null {
  if (totals === null || (totals.notHere.files === 0 && !totals.counting)) {
    return null;
  }
  return (
    <Chip section="data" onShow={onShow}>
      <cloudIcon.react tag="span" width="14px" height="14px" className="jp-Datalad-chipIcon" />
      {totals.notHere.files === 0 ? (
        trans.__('counting…')
      ) : (
        <>
          <b>{formatCount(totals.notHere.files)}</b> {trans.__('not here, %1', amountSize(totals.notHere, trans))}
          {totals.counting && '…'}
        </>
      )}
    </Chip>
  );
}

/** Commits between this branch and the sibling it differs from most; from the last fetch, nothing was asked. */
export function Distance({ siblings, trans }: { siblings: readonly Sibling[]; trans: TranslationBundle }): JSX.Element | null {
  const [far] = siblings
    .map(({ name, ahead = 0, behind = 0 }) => ({ name, ahead, behind }))
    .sort((a, b) => b.ahead + b.behind - a.ahead - a.behind);
  if (far === undefined || far.ahead + far.behind === 0) {
    return null;
  }
  const parts = [
    far.ahead > 0 && trans._n('%1 commit to push', '%1 commits to push', far.ahead),
    far.behind > 0 && trans._n('%1 commit to update', '%1 commits to update', far.behind)
  ];
  const words = trans.__('%1: %2, as of the last fetch', far.name, parts.filter(Boolean).join(', '));
  return (
    <span className="jp-Datalad-distance" title={words}>
      <span aria-hidden="true">
        {far.ahead > 0 && `↑${far.ahead}`} {far.behind > 0 && `↓${far.behind}`}
      </span>
      <span className="jp-Datalad-hiddenText">{words}</span>
    </span>
  );
}

/** Links, not buttons: they lead to a place on this panel and change nothing. */
function Chip({
  section,
  onShow,
  children
}: {
  section: SectionName;
  onShow(name: SectionName): void;
  children: ReactNode;
}): JSX.Element {
  return (
    <li>
      <a
        href={`#${section}`}
        className="jp-Datalad-chip"
        onClick={event => {
          event.preventDefault();
          onShow(section);
        }}
      >
        {children}
      </a>
    </li>
  );
}
