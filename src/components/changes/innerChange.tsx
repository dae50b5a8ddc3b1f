import type { TranslationBundle } from '@jupyterlab/translation';
import { ellipsesIcon } from '@jupyterlab/ui-components';
import type { MouseEvent } from 'react';
import type { ChangedFile } from '../../protocol/dataset';
import { type ContentsPath, contentsPath } from '../../protocol/paths';
import { plainName, shownName } from '../../protocol/names';
import { ChangeFacts, changeFacts, ChangeName, type IChangeRowProps } from './changeRow';
import { FoldButton } from './foldButton';
import type { ChangeItem } from './useInside';

interface ILineProps {
  within: readonly ChangedFile[];
  tabIndex: 0 | -1;
  trans: TranslationBundle;
}

export interface IInnerChangeProps extends ILineProps, Pick<IChangeRowProps, 'file' | 'destination' | 'toGit'> {
  /** Whether it is unfolded itself; undefined of what cannot be. */
  open: boolean | undefined;
  onFold(file: ChangedFile): void;
  onMenu(file: ChangedFile, dataset: ContentsPath, anchor: HTMLElement): void;
}

/** A change inside a subdataset: it is looked at here, and saved with the subdataset. */
export function InnerChange(props: IInnerChangeProps): JSX.Element {
  const { file, within, destination, toGit, open, tabIndex, trans, onFold, onMenu } = props;
  const dataset = innermost(within);
  const name = [...within, file].map(one => plainName(one.name)).join('/');
  const onContextMenu = (event: MouseEvent<HTMLElement>): void => {
    event.preventDefault();
    event.stopPropagation();
    onMenu(file, dataset, event.currentTarget);
  };
  return (
    <div className="jp-Datalad-changeLine jp-Datalad-inner" style={indent(within)} onContextMenu={onContextMenu}>
      {open !== undefined && <FoldButton file={file} name={name} open={open} tabIndex={tabIndex} trans={trans} onFold={onFold} />}
      <span className="jp-Datalad-change" title={shownName(file.name)} data-change={file.change}>
        <ChangeName name={shownName(file.name)} />
        <span className="jp-Datalad-hiddenText">{`${name}, ${changeFacts({ file, destination, toGit, trans })}`}</span>
        <ChangeFacts file={file} destination={destination} toGit={toGit} trans={trans} />
      </span>
      <button
        type="button"
        className="jp-Datalad-rowMenu"
        data-roving=""
        tabIndex={tabIndex}
        aria-haspopup="menu"
        aria-label={trans.__('Actions for %1', name)}
        title={trans.__('Actions')}
        onClick={event => onMenu(file, dataset, event.currentTarget)}
      >
        <ellipsesIcon.react tag="span" width="14px" height="14px" />
      </button>
    </div>
  );
}

export interface IInnerNoteProps extends Omit<ILineProps, 'tabIndex'> {
  inside: Extract<ChangeItem, { type: 'note' }>['inside'];
  /** The next save takes the changes along. */
  saved: boolean;
}

/** Whether the changes inside are saved, or why none is listed. */
export function InnerNote({ within, inside, saved, trans }: IInnerNoteProps): JSX.Element {
  const words = noteWords(inside, saved, trans);
  return (
    <p className="jp-Datalad-inner jp-Datalad-dim jp-Datalad-innerNote" style={indent(within)} title={words}>
      {words}
    </p>
  );
}

function noteWords(inside: IInnerNoteProps['inside'], saved: boolean, trans: TranslationBundle): string {
  if (inside === null) {
    return trans.__('Reading…');
  }
  if (inside === 'unread') {
    return trans.__('What is changed inside cannot be read.');
  }
  if (inside.length === 0) {
    return trans.__('Nothing is unsaved inside any more.');
  }
  return saved ? trans.__('Saved, too:') : trans.__('Stays behind:');
}

/** The subdataset that a change is in, by all of those around it. */
export function innermost(within: readonly ChangedFile[]): ContentsPath {
  return within.at(-1)?.path ?? contentsPath('');
}

function indent(within: readonly ChangedFile[]): { paddingInlineStart: number } {
  return { paddingInlineStart: within.length * 16 };
}
