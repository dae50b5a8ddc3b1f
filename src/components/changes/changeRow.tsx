import type { TranslationBundle } from '@jupyterlab/translation';
import { ellipsesIcon } from '@jupyterlab/ui-components';
import { memo, type MouseEvent } from 'react';
import type { Change, ChangedFile } from '../../protocol/dataset';
import type { Destination } from '../../protocol/destination';
import { formatSize } from '../../protocol/size';
import { isIsolated, plainName, shownName } from '../../protocol/names';
import { FoldButton } from './foldButton';
import { destinationTag, destinationWords, kept } from './destinationWords';

export interface IChangeRowProps {
  file: ChangedFile;
  /** Where a save would put it; undefined while not known. */
  destination: Destination | undefined;
  /** The next save keeps it in Git. */
  toGit: boolean;
  ticked: boolean;
  /** Whether what is changed inside it is shown; undefined of what has no inside. */
  open: boolean | undefined;
  tabIndex: 0 | -1;
  trans: TranslationBundle;
  onFold(file: ChangedFile): void;
  onTick(file: ChangedFile, ticked: boolean): void;
  /** Shows what can be done with it. */
  onMenu(file: ChangedFile, anchor: HTMLElement): void;
}

const LETTERS: Record<Change, string> = {
  new: 'N',
  added: 'N',
  modified: 'M',
  deleted: 'D',
  typechange: 'T',
  conflict: '!'
};

/** One change with its tick. Memoised, so that a row under the pointer stays the same element while others come and go. */
export const ChangeRow = memo(function ChangeRow(props: IChangeRowProps): JSX.Element {
  const { file, destination, toGit, ticked, open, tabIndex, trans, onFold, onTick, onMenu } = props;
  const name = shownName(file.name);
  const onContextMenu = (event: MouseEvent<HTMLElement>): void => {
    event.preventDefault();
    event.stopPropagation();
    onMenu(file, event.currentTarget);
  };
  return (
    <div className="jp-Datalad-changeLine" onContextMenu={onContextMenu}>
      {open !== undefined && (
        <FoldButton file={file} name={plainName(file.name)} open={open} tabIndex={tabIndex} trans={trans} onFold={onFold} />
      )}
      <label className="jp-Datalad-change" title={name} data-change={file.change}>
        <input
          type="checkbox"
          data-roving=""
          tabIndex={tabIndex}
          checked={ticked}
          aria-label={plainName(file.name)}
          aria-description={changeFacts({ file, destination, toGit, trans })}
          onChange={event => onTick(file, event.currentTarget.checked)}
        />
        <ChangeName name={name} />
        <ChangeFacts file={file} destination={destination} toGit={toGit} trans={trans} />
      </label>
      <button
        type="button"
        className="jp-Datalad-rowMenu"
        tabIndex={tabIndex}
        aria-haspopup="menu"
        aria-label={trans.__('Actions for %1', plainName(file.name))}
        title={trans.__('Actions')}
        onClick={event => onMenu(file, event.currentTarget)}
      >
        <ellipsesIcon.react tag="span" width="14px" height="14px" />
      </button>
    </div>
  );
});

/** Longer names are cut in their middle: so much of their end always shows, which tells files apart. */
const LONG = 20;
const TAIL = 10;

/** The folder gives way first, then the middle of the name. */
export function ChangeName({ name }: { name: string }): JSX.Element {
  const cut = name.lastIndexOf('/') + 1;
  const end = name.length - cut > LONG ? Math.max(cut, startOfTail(name)) : cut;
  return (
    <span className="jp-Datalad-name" aria-hidden="true">
      {cut > 0 && <span className="jp-Datalad-folder">{name.slice(0, cut)}</span>}
      {end > cut && <span className="jp-Datalad-lead">{name.slice(cut, end)}</span>}
      <span className="jp-Datalad-tail">{name.slice(end)}</span>
    </span>
  );
}

/** What is written from right to left is not parted: of such a name its extension alone. */
function startOfTail(name: string): number {
  return isIsolated(name.slice(name.lastIndexOf('/') + 1)) ? name.lastIndexOf('.') : wholeCharacter(name, name.length - TAIL);
}

/** A place in a text that does not part the halves of one character. */
function wholeCharacter(text: string, at: number): number {
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at;
}

function tagOf({ kind }: ChangedFile, trans: TranslationBundle): string {
  switch (kind) {
    case 'git':
      return trans.__('Git');
    case 'annex':
    case 'annex-unlocked':
      return trans.__('annex');
    case 'dataset':
    case 'dataset-absent':
      return trans.__('dataset');
    default:
      return '';
  }
}

export function changeWords(change: Change, trans: TranslationBundle): string {
  const words: Record<Change, string> = {
    new: trans.__('new'),
    added: trans.__('added'),
    modified: trans.__('modified'),
    deleted: trans.__('deleted'),
    typechange: trans.__('type changed'),
    conflict: trans.__('conflict')
  };
  return words[change];
}

type IFactsProps = Pick<IChangeRowProps, 'file' | 'destination' | 'toGit' | 'trans'>;

/** Where a change goes, how large it is, and what sort of change it is, at the end of its line; who listens hears {@link changeFacts}. */
export function ChangeFacts({ file, destination, toGit, trans }: IFactsProps): JSX.Element {
  const where = destination === undefined ? '' : destinationWords(destination, toGit, trans);
  const tag = destination === undefined ? tagOf(file, trans) : destinationTag(kept(destination, toGit), trans);
  const bytes = file.bytes ?? destination?.bytes;
  return (
    <>
      {tag !== '' && (
        <span className="jp-Datalad-tag" aria-hidden="true" title={where || undefined} data-to={destination?.to}>
          {tag}
        </span>
      )}
      {bytes !== undefined && (
        <span className="jp-Datalad-number" aria-hidden="true">
          {formatSize(bytes)}
        </span>
      )}
      <span className="jp-Datalad-letter" aria-hidden="true">
        {LETTERS[file.change]}
      </span>
    </>
  );
}

/** The same in words. */
export function changeFacts({ file, destination, toGit, trans }: IFactsProps): string {
  const where = destination === undefined ? '' : destinationWords(destination, toGit, trans);
  const bytes = file.bytes ?? destination?.bytes;
  const parts = [changeWords(file.change, trans), where || tagOf(file, trans), bytes === undefined ? '' : formatSize(bytes)];
  return parts.filter(part => part !== '').join(', ');
}
