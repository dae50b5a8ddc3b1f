import type { TranslationBundle } from '@jupyterlab/translation';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Branches, ListedBranch, ListedTag } from '../../protocol/branches';
import type { ContentsPath } from '../../protocol/paths';
import { plainName, shownName } from '../../protocol/names';
import type { CommitId } from '../../protocol/revision';
import { CommandIDs } from '../../tokens';
import type { IPanelActions } from '../types';
import { BranchRow, branchWords } from './branchRow';
import { ConflictBlock } from './conflictBlock';
import { TagRow } from './tagRow';

export interface IBranchesPageProps {
  /** Null until they are read. */
  branches: Branches | null;
  dataset: ContentsPath;
  actions: Pick<IPanelActions, 'execute'>;
  trans: TranslationBundle;
  now: number;
  onSelect(commit: CommitId): void;
  onBack(): void;
}

/** What was deleted a moment ago, and the command that makes it again. */
interface IDeleted {
  readonly name: string;
  readonly command: string;
  readonly args: Record<string, string | boolean>;
}

/** Branches and tags of a dataset, what git is in the middle of, and what can be done about all of these. */
export function BranchesPage(props: IBranchesPageProps): JSX.Element {
  const { branches, trans, onBack } = props;
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onBack();
    }
  };
  return (
    <div className="jp-Datalad-branches" role="group" aria-label={trans.__('Branches and tags')} onKeyDown={onKeyDown}>
      <button ref={back} type="button" className="jp-Datalad-button" onClick={onBack}>
        {trans.__('‹ All commits')}
      </button>
      {branches === null ? (
        <p className="jp-Datalad-text jp-Datalad-dim" role="status">
          {trans.__('Reading…')}
        </p>
      ) : (
        <Lists {...props} branches={branches} />
      )}
    </div>
  );
}

function Lists(props: IBranchesPageProps & { branches: Branches }): JSX.Element {
  const { branches: found, dataset, actions, trans, now, onSelect } = props;
  const { branches, tags, conflicts, unfinished, broken, truncated } = found;
  const [deleted, setDeleted] = useState<IDeleted | null>(null);
  const run = (command: string, args: Record<string, string | boolean> = {}): Promise<boolean> => {
    setDeleted(null);
    return actions.execute(command, { dataset, ...args });
  };
  const remove = async (command: string, args: Record<string, string>, again: IDeleted): Promise<void> => {
    if (await run(command, args)) {
      setDeleted(again);
    }
  };
  const removeBranch = ({ ref, commit }: ListedBranch): void => {
    const args = { branch: ref, commit, stay: true };
    void remove(CommandIDs.deleteBranch, { branch: ref }, { name: ref, command: CommandIDs.createBranch, args });
  };
  const removeTag = ({ name, object }: ListedTag): void => {
    void remove(
      CommandIDs.deleteTag,
      { tag: name },
      { name, command: CommandIDs.createTag, args: { tag: name, commit: object } }
    );
  };
  const here = branches.filter(({ place }) => place === 'here');
  const names = new Set(here.map(({ name }) => name));
  const current = here.find(branch => branch.current === true);
  // On an adjusted branch the one it was made of is checked out, too.
  const held = new Set([current?.ref, current?.name]);
  const elsewhere = branches.filter(({ place }) => place === 'sibling');
  const blocked = unfinished !== null || conflicts.length > 0;
  const row = (branch: ListedBranch): JSX.Element => (
    <BranchRow
      key={`${branch.place} ${branch.ref}`}
      branch={branch}
      held={held.has(branch.ref)}
      known={branch.place === 'sibling' && names.has(branch.ref.slice(branch.ref.indexOf('/') + 1))}
      blocked={blocked}
      now={now}
      trans={trans}
      onSelect={onSelect}
      onSwitch={({ ref, place }) => {
        const [sibling, name] = [ref.slice(0, ref.indexOf('/')), ref.slice(ref.indexOf('/') + 1)];
        void run(CommandIDs.switchBranch, place === 'sibling' ? { branch: name, sibling } : { branch: ref });
      }}
      onMerge={({ ref }) => void run(CommandIDs.mergeBranch, { branch: ref })}
      onRename={({ ref }) => void run(CommandIDs.renameBranch, { branch: ref })}
      onDelete={removeBranch}
    />
  );
  return (
    <>
      <Standing
        found={found}
        current={current}
        trans={trans}
        onSwitch={branch => void run(CommandIDs.switchBranch, { branch })}
      />
      <ConflictBlock {...{ unfinished, conflicts, dataset, actions, trans }} />
      <p className="jp-Datalad-branchButtons">
        <button type="button" className="jp-Datalad-button" disabled={blocked} onClick={() => void run(CommandIDs.createBranch)}>
          {trans.__('New branch…')}
        </button>
        <button type="button" className="jp-Datalad-button" onClick={() => void run(CommandIDs.createTag)}>
          {trans.__('New tag…')}
        </button>
      </p>
      {deleted !== null && (
        <p className="jp-Datalad-undoLine" role="status">
          <span>{trans.__('Deleted %1.', shownName(deleted.name))}</span>
          <button
            type="button"
            className="jp-Datalad-button"
            aria-label={trans.__('Make %1 again', plainName(deleted.name))}
            onClick={() => void run(deleted.command, deleted.args)}
          >
            {trans.__('Undo')}
          </button>
        </p>
      )}
      <RefList title={trans.__('Branches')}>{here.map(row)}</RefList>
      {elsewhere.length > 0 && <RefList title={trans.__('At siblings, as of the last fetch')}>{elsewhere.map(row)}</RefList>}
      <RefList title={trans.__('Tags')} empty={trans.__('None yet: a tag gives a commit a name, such as a version.')}>
        {tags.map(tag => (
          <TagRow key={tag.name} tag={tag} now={now} trans={trans} onSelect={onSelect} onDelete={removeTag} />
        ))}
      </RefList>
      {truncated && (
        <p className="jp-Datalad-text jp-Datalad-dim">{trans.__('There are more; those with the newest commits are listed.')}</p>
      )}
      {broken.length > 0 && (
        <p className="jp-Datalad-text">
          {trans.__('These names lead to no commit that can be read, and are left out: %1', broken.map(shownName).join(', '))}
        </p>
      )}
    </>
  );
}

interface IStandingProps {
  found: Branches;
  current: ListedBranch | undefined;
  trans: TranslationBundle;
  onSwitch(ref: string): void;
}

/** Where one is; without a branch also how to get back to one. */
function Standing({ found, current, trans, onSwitch }: IStandingProps): JSX.Element {
  const { head, loose, unfinished } = found;
  if (current !== undefined) {
    return (
      <p className="jp-Datalad-text">
        {trans.__('On')} <b>{branchWords(current)}</b>
        {current.adjustment !== undefined && (
          <>
            {'. '}
            {trans.__(
              'Git-annex made it of %1, to show files in another way; what you save goes there, too.',
              shownName(current.name)
            )}
          </>
        )}
      </p>
    );
  }
  if (head === null || found.current !== null) {
    return <p className="jp-Datalad-text">{trans.__('On %1: nothing has been saved yet.', shownName(found.current ?? ''))}</p>;
  }
  const mains = found.branches.filter(({ place, adjustment }) => place === 'here' && adjustment === undefined);
  const main = mains.find(({ ref }) => ref === 'main') ?? mains.find(({ ref }) => ref === 'master') ?? mains[0];
  return (
    <div className="jp-Datalad-detached">
      <p className="jp-Datalad-text">
        {trans.__('No branch is checked out: you look at the commit %1. What you save here is on no branch.', head.slice(0, 8))}{' '}
        {loose > 0 &&
          trans._n(
            '%1 commit is on no branch: create one to keep it.',
            '%1 commits are on no branch: create one to keep them.',
            loose
          )}
      </p>
      {main !== undefined && unfinished === null && (
        <p className="jp-Datalad-branchButtons">
          <button type="button" className="jp-Datalad-button" onClick={() => onSwitch(main.ref)}>
            {trans.__('Back to %1', shownName(main.name))}
          </button>
        </p>
      )}
    </div>
  );
}

function RefList({ title, empty, children }: { title: string; empty?: string; children: JSX.Element[] }): JSX.Element {
  return (
    <>
      <h4 className="jp-Datalad-refTitle">{title}</h4>
      {children.length === 0 ? (
        <p className="jp-Datalad-text jp-Datalad-dim">{empty}</p>
      ) : (
        <ul className="jp-Datalad-refList" aria-label={title}>
          {children}
        </ul>
      )}
    </>
  );
}
