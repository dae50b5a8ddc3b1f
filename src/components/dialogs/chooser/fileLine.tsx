import type { TranslationBundle } from '@jupyterlab/translation';
import { caretDownIcon, caretRightIcon, fileIcon, folderIcon, type LabIcon } from '@jupyterlab/ui-components';
import { type KeyboardEvent, type ReactElement, useEffect, useRef } from 'react';
import type { Row } from '../../../protocol/dataset';
import { FailureError } from '../../../protocol/failure';
import { plainName, shownName } from '../../../protocol/names';
import type { ContentsPath } from '../../../protocol/paths';
import { formatSize } from '../../../protocol/size';
import { failureWords } from '../../failures/words';
import { cloudIcon, datasetAbsentIcon, datasetIcon } from '../../icons';
import type { IRemark, TreeLine } from './fileTree';
import { canBeNamed, type FilesKind, type TickState } from './tickedFiles';

export interface IFileLineProps {
  line: TreeLine;
  kind: FilesKind;
  state: TickState;
  /** Where the command runs. */
  place: ContentsPath;
  tabIndex: 0 | -1;
  trans: TranslationBundle;
  onFold(path: ContentsPath): void;
  onTick(row: Row): void;
}

const STEP = 16;

/** A file or folder that can be ticked: a click or Space ticks, the arrow before it or Right and Left unfold. */
export function FileLine({ line, kind, state, place, tabIndex, trans, onFold, onTick }: IFileLineProps): ReactElement {
  const common = {
    role: 'treeitem',
    className: 'jp-Datalad-fileLine',
    'aria-level': line.level,
    'aria-posinset': line.position,
    'aria-setsize': line.size,
    'data-roving': '',
    tabIndex,
    style: { paddingInlineStart: (line.level - 1) * STEP }
  };
  if ('remark' in line) {
    return (
      <div {...common} aria-disabled="true">
        <span className="jp-Datalad-dim">{remarkWords(line.remark, trans)}</span>
      </div>
    );
  }
  const { row, open } = line;
  const obstacle = obstacleWords(row, place, trans);
  const fixed = obstacle !== null || state === 'with';
  const facts = [
    ...(obstacle === null ? [] : [obstacle]),
    ...(state === 'with' ? [trans.__('comes with its folder')] : []),
    ...(kind === 'inputs' && row.here !== undefined && row.here !== 'yes'
      ? [row.here === 'no' ? trans.__('not here') : trans.__('partly here')]
      : []),
    ...(row.bytes === undefined ? [] : [formatSize(row.bytes)])
  ];
  const tick = (): void => {
    if (!fixed) {
      onTick(row);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === ' ') {
      event.preventDefault();
      tick();
    }
  };
  const Icon = iconOf(row).react;
  const Caret = open === true ? caretDownIcon.react : caretRightIcon.react;
  return (
    <div
      {...common}
      aria-label={[plainName(row.name), ...facts].join(', ')}
      aria-expanded={open}
      aria-checked={state === 'some' ? 'mixed' : state !== 'no'}
      aria-disabled={fixed}
      title={[shownName(row.name), ...facts].join(', ')}
      onClick={tick}
      onKeyDown={onKeyDown}
    >
      <span
        className="jp-Datalad-fold"
        aria-hidden="true"
        onClick={event => {
          event.stopPropagation();
          if (open !== undefined) {
            onFold(row.path);
          }
        }}
      >
        {open !== undefined && <Caret tag="span" width="16px" height="16px" />}
      </span>
      <Box state={state} disabled={fixed} />
      <Icon tag="span" width="16px" height="16px" className="jp-Datalad-rowIcon" />
      <span className="jp-Datalad-rowName">{shownName(row.name)}</span>
      {kind === 'inputs' && row.here === 'no' && (
        <cloudIcon.react tag="span" width="14px" height="14px" className="jp-Datalad-chipIcon" />
      )}
      {row.bytes !== undefined && <span className="jp-Datalad-number">{formatSize(row.bytes)}</span>}
    </div>
  );
}

/** What the line itself says to those who do not see it. */
function Box({ state, disabled }: { state: TickState; disabled: boolean }): ReactElement {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current !== null) {
      box.current.indeterminate = state === 'some';
    }
  }, [state]);
  return (
    <input
      ref={box}
      type="checkbox"
      aria-hidden="true"
      tabIndex={-1}
      readOnly
      disabled={disabled}
      checked={state === 'yes' || state === 'with'}
    />
  );
}

function obstacleWords(row: Row, place: ContentsPath, trans: TranslationBundle): string | null {
  if (row.kind === 'dataset-absent') {
    return trans.__('not installed');
  }
  return canBeNamed(row, place) ? null : trans.__('no record can name it');
}

function remarkWords(remark: IRemark['remark'], trans: TranslationBundle): string {
  if (remark instanceof Error) {
    return remark instanceof FailureError ? failureWords(remark.failure, { trans, names: [] }).title : remark.message;
  }
  return {
    reading: trans.__('Reading…'),
    nothing: trans.__('Nothing here'),
    unmatched: trans.__('No such name here'),
    more: trans.__('There is more than is listed: name it in a line below')
  }[remark];
}

function iconOf({ kind }: Row): LabIcon {
  switch (kind) {
    case 'dataset':
      return datasetIcon;
    case 'dataset-absent':
      return datasetAbsentIcon;
    case 'directory':
      return folderIcon;
    default:
      return fileIcon;
  }
}
