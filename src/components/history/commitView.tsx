import type { TranslationBundle } from '@jupyterlab/translation';
import { copyIcon } from '@jupyterlab/ui-components';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { CommitDetails, CommitFile } from '../../protocol/history';
import type { ContentsPath } from '../../protocol/paths';
import type { CommitId, Side } from '../../protocol/revision';
import { RUN_BEGINS } from '../../protocol/run';
import { CommandIDs } from '../../tokens';
import { failureWords } from '../failures/words';
import { formatCount } from '../format';
import { IconButton } from '../iconButton';
import type { IPanelActions } from '../types';
import { visible } from '../trust/visible';
import { VirtualList } from '../virtualList';
import { Printed } from '../printed';
import { formatAge, formatMoment } from './age';
import { FILE_HEIGHT, FileRow } from './fileRow';
import type { IHistoryActions } from './historySection';
import { NameChip } from './commitRow';
import { RunButtons } from './runButtons';
import { plainText, RunView } from './runView';

export interface ICommitViewProps {
  commit: CommitId;
  /** Null until it has been read. */
  details: CommitDetails | null;
  dataset: ContentsPath;
  /** The file or folder it is the history of; null: of the whole dataset. */
  path: ContentsPath | null;
  /** In the history of one file: what that was called then. */
  file: ContentsPath | null;
  history: Pick<IHistoryActions, 'setPath' | 'select'>;
  actions: Pick<IPanelActions, 'execute' | 'has' | 'copy' | 'openCommitMenu'>;
  trans: TranslationBundle;
  now: number;
  onBack(): void;
}

/** One commit: all of its message, who made it when, what came before it, and the files it changed. */
export function CommitView(props: ICommitViewProps): JSX.Element {
  const { commit, details, trans, onBack } = props;
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onBack();
    }
  };
  return (
    <div
      className="jp-Datalad-commitView"
      role="group"
      aria-label={trans.__('Commit %1', commit.slice(0, 10))}
      onKeyDown={onKeyDown}
    >
      <button ref={back} type="button" className="jp-Datalad-button" onClick={onBack}>
        {trans.__('‹ All commits')}
      </button>
      {details === null || details.commit.id !== commit ? (
        <p className="jp-Datalad-text jp-Datalad-dim" role="status">
          {trans.__('Reading…')}
        </p>
      ) : (
        <Details {...props} details={details} />
      )}
    </div>
  );
}

/** What somebody wrote, and the record that stands behind it. */
function withoutRecord(message: string): [words: string, record: string] {
  const at = message.lastIndexOf(RUN_BEGINS);
  return at < 0 ? [message, ''] : [message.slice(0, at), message.slice(at)];
}

function Details(props: ICommitViewProps & { details: CommitDetails }): JSX.Element {
  const { details, dataset, actions, trans, now } = props;
  const { commit, message, ran } = details;
  const [words, record] = ran === undefined ? [message, ''] : withoutRecord(message);
  const [subject = '', ...rest] = plainText(words).trim().split('\n');
  const body = rest.join('\n').trim();
  const { author, time } = commit;
  return (
    <>
      <h4 className="jp-Datalad-commitSubject">{subject === '' ? trans.__('(no message)') : subject}</h4>
      {body !== '' && <Printed className="jp-Datalad-commitBody" label={trans.__('Message')} text={body} />}
      <p className="jp-Datalad-text">
        {visible(author.name)} <span className="jp-Datalad-dim">{visible(`<${author.email}>`)}</span>
        <br />
        <span className="jp-Datalad-dim" title={formatMoment(time, trans)}>
          {formatMoment(time, trans)}, {formatAge(time, now, trans)}
        </span>
      </p>
      {commit.names.length > 0 && (
        <p className="jp-Datalad-text jp-Datalad-chips">
          {commit.names.map(name => (
            <NameChip key={`${name.kind} ${name.name}`} name={name} trans={trans} />
          ))}
        </p>
      )}
      <div className="jp-Datalad-commitId">
        <code title={commit.id}>{commit.id}</code>
        <IconButton icon={copyIcon} label={trans.__('Copy the id')} onClick={() => actions.copy(commit.id)} />
      </div>
      <p className="jp-Datalad-branchButtons">
        <button
          type="button"
          className="jp-Datalad-button"
          onClick={() => void actions.execute(CommandIDs.createBranch, { dataset, commit: commit.id })}
        >
          {trans.__('Branch from here…')}
        </button>
        <button
          type="button"
          className="jp-Datalad-button"
          onClick={() => void actions.execute(CommandIDs.createTag, { dataset, commit: commit.id })}
        >
          {trans.__('Tag…')}
        </button>
        {ran !== undefined && <RunButtons execute={actions.execute} {...{ dataset, commit: commit.id, trans }} />}
        {actions.has(CommandIDs.openVersion) && <OpenThen {...props} />}
        {actions.has(CommandIDs.diff) && <CompareWith {...props} />}
      </p>
      {ran !== undefined && (
        <RunView
          record={ran}
          raw={record}
          trans={trans}
          onGet={file =>
            void actions.execute(CommandIDs.get, { dataset, paths: [file] }).then(() => props.history.select(commit.id))
          }
        />
      )}
      <Parents {...props} />
      <Files {...props} />
    </>
  );
}

/** Opens the file, or what the folder or dataset held. */
function OpenThen(props: ICommitViewProps & { details: CommitDetails }): JSX.Element {
  const { details, dataset, path, file, actions, trans } = props;
  const open = (): void =>
    file === null
      ? void actions.execute(CommandIDs.openVersion, {
          dataset,
          path: path ?? dataset,
          commit: details.commit.id,
          folder: true
        })
      : openVersion(props, details.files.find(changed => changed.path === file) ?? { path: file });
  return (
    <button type="button" className="jp-Datalad-button" onClick={open}>
      {file === null ? trans.__('All files then') : trans.__('Open as it was then')}
    </button>
  );
}

/** Compares all that the dataset held then, or the file or folder that the history is of. */
function CompareWith({ details, dataset, path, actions, trans }: ICommitViewProps & { details: CommitDetails }): JSX.Element {
  const { commit, parent } = details;
  const place = { dataset, ...(path === null || path === dataset ? {} : { path }) };
  return (
    <button
      type="button"
      className="jp-Datalad-button"
      aria-haspopup="menu"
      onClick={({ currentTarget }) => actions.openCommitMenu(place, { commit: commit.id, parent }, currentTarget)}
    >
      {trans.__('Compare with…')}
    </button>
  );
}

/** A file that the commit deleted is as it was before it. */
function openVersion(
  { details, dataset, actions }: Pick<ICommitViewProps, 'dataset' | 'actions'> & { details: CommitDetails },
  { path, status }: { path: ContentsPath; status?: CommitFile['status'] }
): void {
  const commit = status === 'deleted' ? details.parent : details.commit.id;
  void actions.execute(CommandIDs.openVersion, { dataset, path, commit });
}

/** What came before: links; of a merge also what the files are compared with. */
function Parents({ details, history, trans }: ICommitViewProps & { details: CommitDetails }): JSX.Element {
  const { commit, parent } = details;
  if (commit.parents.length === 0) {
    return (
      <p className="jp-Datalad-text jp-Datalad-dim">
        {commit.shallow === true ? trans.__('What was before is not in this clone.') : trans.__('The first commit.')}
      </p>
    );
  }
  return (
    <>
      <p className="jp-Datalad-text">
        {trans._n('After', 'Merges', commit.parents.length)}{' '}
        {commit.parents.map(id => (
          <button
            key={id}
            type="button"
            className="jp-Datalad-plain jp-Datalad-idLink"
            title={id}
            onClick={() => history.select(id)}
          >
            {id.slice(0, 8)}
          </button>
        ))}
      </p>
      {commit.parents.length > 1 && (
        <label className="jp-Datalad-compareWith">
          {trans.__('Changes against')}
          <select
            value={parent ?? ''}
            onChange={event =>
              history.select(
                commit.id,
                commit.parents.find(id => id === event.currentTarget.value)
              )
            }
          >
            {commit.parents.map(id => (
              <option key={id} value={id}>
                {id.slice(0, 8)}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}

function Files(props: ICommitViewProps & { details: CommitDetails }): JSX.Element {
  const { details, dataset, history, actions, trans } = props;
  const { commit, parent, files, count, failure } = details;
  if (failure !== undefined) {
    const { title, text } = failureWords(failure, { trans, names: [] });
    return <p className="jp-Datalad-text">{trans.__('Its files cannot be told. %1', `${title} ${text}`)}</p>;
  }
  const compare = ({ path }: CommitFile): void => {
    const [from, to]: Side[] = [parent ?? 'nothing', commit.id];
    void actions.execute(CommandIDs.diff, { dataset, path, from, to });
  };
  const restore = ({ path, status }: CommitFile): void => {
    // What it deleted is as it was before it.
    const then = status === 'deleted' ? parent : commit.id;
    void actions.execute(CommandIDs.restore, { dataset, paths: [path], commit: then });
  };
  return (
    <>
      <p className="jp-Datalad-text">
        {count === 0 ? trans.__('No file was changed.') : trans._n('%2 file', '%2 files', count, formatCount(count))}
      </p>
      {files.length > 0 && (
        <VirtualList
          items={files}
          label={trans.__('Files of the commit')}
          keyOf={({ path }) => path}
          rowHeight={FILE_HEIGHT}
          row={(file, tabIndex) => (
            <FileRow
              file={file}
              dataset={dataset}
              tabIndex={tabIndex}
              trans={trans}
              {...(actions.has(CommandIDs.openVersion) ? { onOpen: opened => openVersion(props, opened) } : {})}
              {...(actions.has(CommandIDs.diff) ? { onCompare: compare } : {})}
              onHistory={({ path }) => history.setPath(path)}
              onRestore={restore}
            />
          )}
        />
      )}
      {files.length < count && (
        <p className="jp-Datalad-text jp-Datalad-dim">{trans.__('Only the first %1 are listed.', formatCount(files.length))}</p>
      )}
    </>
  );
}
