import type { TranslationBundle } from '@jupyterlab/translation';
import type { ListedTag } from '../../protocol/branches';
import { plainName, shownName } from '../../protocol/names';
import type { CommitId } from '../../protocol/revision';
import { tagIcon } from '../icons';
import { Tip } from './branchRow';

export interface ITagRowProps {
  tag: ListedTag;
  now: number;
  trans: TranslationBundle;
  onSelect(commit: CommitId): void;
  onDelete(tag: ListedTag): void;
}

/** A tag: its name, its message or its commit's, and what can be done with it. */
export function TagRow({ tag, now, trans, onSelect, onDelete }: ITagRowProps): JSX.Element {
  const { name, commit, subject, time } = tag;
  return (
    <li className="jp-Datalad-ref">
      <span className="jp-Datalad-refLine">
        <tagIcon.react tag="span" width="14px" height="14px" className="jp-Datalad-refIcon" />
        <span className="jp-Datalad-refName" title={plainName(name)}>
          {shownName(name)}
        </span>
      </span>
      <Tip {...{ commit, subject, time, now, trans, onSelect }} />
      <span className="jp-Datalad-refActions">
        <button
          type="button"
          className="jp-Datalad-plain jp-Datalad-textButton"
          aria-label={trans.__('Delete the tag %1', plainName(name))}
          onClick={() => onDelete(tag)}
        >
          {trans.__('Delete')}
        </button>
      </span>
    </li>
  );
}
