import type { TranslationBundle } from '@jupyterlab/translation';
import { checkIcon } from '@jupyterlab/ui-components';
import type { ListedBranch } from '../../protocol/branches';
import { plainName, shownName } from '../../protocol/names';
import type { CommitId } from '../../protocol/revision';
import { formatAge } from '../history/age';
import { branchIcon } from '../icons';
import { visible } from '../trust/visible';

export interface IBranchRowProps {
  branch: ListedBranch;
  /** It is checked out, or what is checked out was made of it. */
  held: boolean;
  /** A branch of a sibling that is here, too. */
  known: boolean;
  /** Nothing can be switched to or merged now. */
  blocked: boolean;
  now: number;
  trans: TranslationBundle;
  onSelect(commit: CommitId): void;
  onSwitch(branch: ListedBranch): void;
  onMerge(branch: ListedBranch): void;
  onRename(branch: ListedBranch): void;
  onDelete(branch: ListedBranch): void;
}

/** `main (unlocked)` */
export function branchWords({ name, adjustment }: Pick<ListedBranch, 'name' | 'adjustment'>): string {
  return adjustment === undefined ? shownName(name) : `${shownName(name)} (${adjustment})`;
}

/** A branch: its name, how far it is from what it is pushed to, its last commit, and what can be done with it. */
export function BranchRow(props: IBranchRowProps): JSX.Element {
  const { branch, held, known, blocked, now, trans, onSelect } = props;
  const { place, current, adjustment, commit, subject, time } = branch;
  const words = branchWords(branch);
  const plain = adjustment === undefined ? plainName(branch.name) : `${plainName(branch.name)} (${adjustment})`;
  const button = (label: string, described: string, onClick: (branch: ListedBranch) => void): JSX.Element => (
    <button
      type="button"
      className="jp-Datalad-plain jp-Datalad-textButton"
      aria-label={described}
      disabled={blocked}
      onClick={() => onClick(branch)}
    >
      {label}
    </button>
  );
  const Icon = current === true ? checkIcon : branchIcon;
  const own = place === 'here' && adjustment === undefined;
  return (
    <li className="jp-Datalad-ref" data-current={current}>
      <span className="jp-Datalad-refLine">
        <Icon.react tag="span" width="14px" height="14px" className="jp-Datalad-refIcon" />
        <span className="jp-Datalad-refName" title={plain}>
          {words}
        </span>
        {current === true && <span className="jp-Datalad-dim">{trans.__('checked out')}</span>}
        <Distance branch={branch} trans={trans} />
      </span>
      <Tip {...{ commit, subject, time, now, trans, onSelect }} />
      <span className="jp-Datalad-refActions">
        {current !== true && !known && button(trans.__('Switch'), trans.__('Switch to %1', plain), props.onSwitch)}
        {current !== true && button(trans.__('Merge'), trans.__('Merge %1', plain), props.onMerge)}
        {own && !(held && current !== true) && button(trans.__('Rename'), trans.__('Rename %1', plain), props.onRename)}
        {own && !held && button(trans.__('Delete'), trans.__('Delete %1', plain), props.onDelete)}
      </span>
    </li>
  );
}

/** Commits here and there; nothing where both are the same. */
function Distance({ branch: { upstream }, trans }: Pick<IBranchRowProps, 'branch' | 'trans'>): JSX.Element | null {
  if (upstream === undefined) {
    return null;
  }
  const { ahead, behind } = upstream;
  const name = shownName(upstream.name);
  if (ahead === undefined || behind === undefined) {
    return <span className="jp-Datalad-dim">{trans.__('%1 is gone', name)}</span>;
  }
  if (ahead + behind === 0) {
    return null;
  }
  const words = [
    ...(ahead > 0 ? [trans._n('%1 commit that %2 lacks', '%1 commits that %2 lacks', ahead, name)] : []),
    ...(behind > 0 ? [trans._n('%1 commit of %2 that is not here', '%1 commits of %2 that are not here', behind, name)] : [])
  ].join(', ');
  return (
    <span className="jp-Datalad-distance" title={words}>
      <span aria-hidden="true">
        {ahead > 0 && `↑${ahead}`} {behind > 0 && `↓${behind}`}
      </span>
      <span className="jp-Datalad-hiddenText">{words}</span>
    </span>
  );
}

interface ITipProps {
  commit: CommitId;
  subject: string;
  time: number | null;
  now: number;
  trans: TranslationBundle;
  onSelect(commit: CommitId): void;
}

/** The commit that a branch or tag stands at, which leads to it. */
export function Tip({ commit, subject, time, now, trans, onSelect }: ITipProps): JSX.Element {
  const words = subject === '' ? trans.__('(no message)') : visible(subject);
  const age = formatAge(time, now, trans);
  return (
    <button
      type="button"
      className="jp-Datalad-plain jp-Datalad-refTip"
      title={words}
      aria-label={trans.__('Commit %1, %2, %3', commit.slice(0, 8), words, age)}
      onClick={() => onSelect(commit)}
    >
      <span>{words}</span>
      <span className="jp-Datalad-age">{age}</span>
    </button>
  );
}
