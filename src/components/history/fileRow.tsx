import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommitFile, Version } from '../../protocol/history';
import { plainName } from '../../protocol/names';
import type { ContentsPath } from '../../protocol/paths';
import { formatSize } from '../../protocol/size';
import { relativeName } from '../names';

export const FILE_HEIGHT = 46;

export interface IFileRowProps {
  file: CommitFile;
  dataset: ContentsPath;
  tabIndex: 0 | -1;
  trans: TranslationBundle;
  /** Absent where nothing can show a file as it was. */
  onOpen?(file: CommitFile): void;
  /** Absent where nothing can show a comparison. */
  onCompare?(file: CommitFile): void;
  onHistory(file: CommitFile): void;
  onRestore(file: CommitFile): void;
}

const LETTERS: Record<CommitFile['status'], string> = { added: 'A', deleted: 'D', modified: 'M', typechange: 'T', renamed: 'R' };
/** The colours of changes in the list of those. */
const CHANGES = {
  added: 'added',
  deleted: 'deleted',
  modified: 'modified',
  typechange: 'typechange',
  renamed: 'modified'
} as const;

/** A file that a commit changed, with what can be done about that. */
export function FileRow(props: IFileRowProps): JSX.Element {
  const { file, dataset, tabIndex, trans, onOpen, onCompare, onHistory, onRestore } = props;
  const name = relativeName(file.path, dataset);
  const plain = plainName(name);
  const old = file.oldPath === undefined ? undefined : relativeName(file.oldPath, dataset);
  const words = statusWords(file, old, trans);
  const isDataset = (file.after ?? file.before)?.kind === 'dataset';
  const button = (label: string, described: string, onClick: (file: CommitFile) => void, first = false): JSX.Element => (
    <button
      type="button"
      className="jp-Datalad-plain jp-Datalad-textButton"
      tabIndex={tabIndex}
      aria-label={described}
      onClick={() => onClick(file)}
      {...(first ? { 'data-roving': '' } : {})}
    >
      {label}
    </button>
  );
  return (
    <div className="jp-Datalad-commitFile" data-change={CHANGES[file.status]}>
      <div
        className="jp-Datalad-change"
        title={old === undefined ? name : trans.__('%1, before: %2', name, old)}
        data-change={CHANGES[file.status]}
      >
        <span className="jp-Datalad-letter" aria-hidden="true">
          {LETTERS[file.status]}
        </span>
        <span className="jp-Datalad-rowName">
          <span className="jp-Datalad-unseen">{words}: </span>
          {name}
        </span>
        <span className="jp-Datalad-number">{amountWords(file, trans)}</span>
      </div>
      <div className="jp-Datalad-fileActions">
        {onOpen !== undefined && !isDataset && button(trans.__('Open'), openWords(file, plain, trans), onOpen)}
        {onCompare !== undefined && button(trans.__('Compare'), trans.__('Compare %1', plain), onCompare)}
        {button(trans.__('History'), trans.__('History of %1', plain), onHistory, true)}
        {!isDataset && button(trans.__('Restore'), restoreWords(file, plain, trans), onRestore)}
      </div>
    </div>
  );
}

function openWords({ status }: CommitFile, name: string, trans: TranslationBundle): string {
  return status === 'deleted' ? trans.__('Open %1 as it was before', name) : trans.__('Open %1 as it was then', name);
}

function restoreWords({ status }: CommitFile, name: string, trans: TranslationBundle): string {
  return status === 'deleted' ? trans.__('Restore %1 as it was before', name) : trans.__('Restore %1 as it was then', name);
}

function statusWords({ status }: CommitFile, old: string | undefined, trans: TranslationBundle): string {
  switch (status) {
    case 'added':
      return trans.__('added');
    case 'deleted':
      return trans.__('deleted');
    case 'renamed':
      return trans.__('renamed from %1', old ?? '');
    case 'typechange':
      return trans.__('type changed');
    default:
      return trans.__('modified');
  }
}

/** Where the content lies and how much it is; both sizes where it grew or shrank. */
function amountWords({ before, after }: CommitFile, trans: TranslationBundle): string {
  const now = after ?? before;
  const size = sizeOf(now);
  const was = before !== null && after !== null ? sizeOf(before) : undefined;
  const sizes = size === undefined ? '' : was === undefined || was === size ? size : trans.__('%1 → %2', was, size);
  return [kindWord(now, trans), sizes].filter(word => word !== '').join(' ');
}

function sizeOf(version: Version | null): string | undefined {
  return version?.bytes === undefined ? undefined : formatSize(version.bytes);
}

function kindWord(version: Version | null, trans: TranslationBundle): string {
  switch (version?.kind) {
    case 'annex':
      return trans.__('annex');
    case 'dataset':
      return trans.__('dataset');
    case 'link':
      return trans.__('link');
    default:
      return '';
  }
}
