import type { TranslationBundle } from '@jupyterlab/translation';
import { type Difference, type Differences } from '../../protocol/compare';
import { plainName, shownName } from '../../protocol/names';
import { formatSize } from '../../protocol/size';
import { formatCount } from '../format';
import { VirtualList } from '../virtualList';
import { kindWords } from './factsTable';

export interface IDifferenceListProps {
  differences: Differences;
  trans: TranslationBundle;
  onOpen(file: Difference): void;
  /** The list is of all that was there in a commit, not of changes: each file can be brought back. */
  onRestore?(file: Difference): void;
}

const LETTERS: Record<Difference['status'], string> = {
  added: 'N',
  deleted: 'D',
  modified: 'M',
  typechange: 'T',
  renamed: 'R',
  conflict: '!'
};

/** The files that differ, each of which opens a comparison of its own. */
export function DifferenceList({ differences, trans, onOpen, onRestore }: IDifferenceListProps): JSX.Element {
  const { files, total, truncated } = differences;
  const plain = onRestore !== undefined;
  if (total === 0) {
    return <p className="jp-Datalad-compareNote">{trans.__('Nothing differs.')}</p>;
  }
  return (
    <div className="jp-Datalad-differences">
      <p className="jp-Datalad-compareNote">
        {plain
          ? trans._n('%2 file', '%2 files', total, formatCount(total))
          : trans._n('%2 file differs', '%2 files differ', total, formatCount(total))}
        {truncated && `; ${trans.__('the first %1 are listed', formatCount(files.length))}`}
      </p>
      <VirtualList
        items={files}
        label={plain ? trans.__('Files') : trans.__('Files that differ')}
        keyOf={({ path }) => path}
        row={(file, tabIndex) =>
          onRestore === undefined ? (
            <Row {...{ file, tabIndex, trans, onOpen, plain }} />
          ) : (
            <RowThen {...{ file, tabIndex, trans, onOpen, onRestore, plain }} />
          )
        }
      />
    </div>
  );
}

interface IRowProps {
  file: Difference;
  tabIndex: 0 | -1;
  trans: TranslationBundle;
  plain: boolean;
  onOpen(file: Difference): void;
}

/** A file of a commit; a subdataset has a history of its own, and is not brought back from here. */
function RowThen({ onRestore, ...row }: IRowProps & { onRestore(file: Difference): void }): JSX.Element {
  const { file, tabIndex, trans } = row;
  return (
    <div className="jp-Datalad-fileThen">
      <Row {...row} />
      {file.after?.kind !== 'dataset' && (
        <button
          type="button"
          className="jp-Datalad-plain jp-Datalad-textButton"
          tabIndex={tabIndex}
          aria-label={trans.__('Restore %1…', plainName(file.name))}
          onClick={() => onRestore(file)}
        >
          {trans.__('Restore…')}
        </button>
      )}
    </div>
  );
}

function Row({ file, tabIndex, trans, onOpen, plain }: IRowProps): JSX.Element {
  const { name, oldName, before, after, status } = file;
  const facts = after ?? before;
  const words = [
    ...(plain ? [] : [statusWords(status, trans)]),
    ...(oldName === undefined ? [] : [trans.__('was %1', plainName(oldName))]),
    ...(facts === undefined ? [] : [kindWords(facts.kind, trans)]),
    sizeChange(file)
  ].filter(part => part !== '');
  return (
    <button
      type="button"
      className="jp-Datalad-plain jp-Datalad-change jp-Datalad-difference"
      data-roving=""
      {...(plain ? {} : { 'data-change': status === 'added' ? 'new' : status })}
      tabIndex={tabIndex}
      title={shownName(name)}
      aria-label={plainName(name)}
      aria-description={words.join(', ')}
      onClick={() => onOpen(file)}
    >
      <span className="jp-Datalad-name" aria-hidden="true">
        {oldName !== undefined && <span className="jp-Datalad-folder">{shownName(oldName)} → </span>}
        <span className="jp-Datalad-tail">{shownName(name)}</span>
      </span>
      {facts !== undefined && <span className="jp-Datalad-tag">{kindWords(facts.kind, trans)}</span>}
      <span className="jp-Datalad-number">{sizeChange(file)}</span>
      {!plain && (
        <span className="jp-Datalad-letter" aria-hidden="true">
          {LETTERS[status]}
        </span>
      )}
    </button>
  );
}

export function statusWords(status: Difference['status'], trans: TranslationBundle): string {
  const words: Record<Difference['status'], string> = {
    added: trans.__('added'),
    deleted: trans.__('deleted'),
    modified: trans.__('modified'),
    typechange: trans.__('type changed'),
    renamed: trans.__('renamed'),
    conflict: trans.__('conflict')
  };
  return words[status];
}

function sizeChange({ before, after }: Difference): string {
  const sizes = [before?.bytes, after?.bytes].filter(bytes => bytes !== undefined).map(formatSize);
  return sizes[0] === sizes[1] ? (sizes[0] ?? '') : sizes.join(' → ');
}
