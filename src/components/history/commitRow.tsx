import type { TranslationBundle } from '@jupyterlab/translation';
import { runIcon } from '@jupyterlab/ui-components';
import { memo } from 'react';
import type { Commit, CommitName } from '../../protocol/history';
import { plainName } from '../../protocol/names';
import type { CommitId } from '../../protocol/revision';
import { branchIcon, datasetIcon, mergeIcon, tagIcon } from '../icons';
import { visible } from '../trust/visible';
import { formatAge, formatMoment } from './age';
import type { IGraphRow } from './graph';
import { GraphCell } from './graphCell';

export const COMMIT_HEIGHT = 40;

export interface ICommitRowProps {
  commit: Commit;
  /** Absent in a list that leaves commits out: lines between the others would not be true. */
  graph: IGraphRow | undefined;
  graphWidth: number;
  subdataset: boolean;
  now: number;
  tabIndex: 0 | -1;
  trans: TranslationBundle;
  onSelect(commit: CommitId): void;
}

/** One commit of the list: what it is called, then names, kind, author and age. */
export const CommitRow = memo(function CommitRow(props: ICommitRowProps): JSX.Element {
  const { commit, graph, graphWidth, subdataset, now, tabIndex, trans, onSelect } = props;
  const subject = subjectOf(commit, trans);
  const age = formatAge(commit.time, now, trans);
  const author = visible(commit.author.name);
  const kinds = kindsOf(commit, subdataset, trans);
  const words = [subject, ...kinds.map(({ word }) => word), ...commit.names.map(name => nameWords(name, trans)), author, age];
  return (
    <button
      type="button"
      className="jp-Datalad-plain jp-Datalad-commit"
      data-roving=""
      tabIndex={tabIndex}
      aria-label={words.filter(word => word !== '').join(', ')}
      title={`${subject}\n${author}, ${formatMoment(commit.time, trans)}`}
      onClick={() => onSelect(commit.id)}
    >
      {graph !== undefined && <GraphCell row={graph} width={graphWidth} height={COMMIT_HEIGHT} />}
      <span className="jp-Datalad-commitWords">
        <span className="jp-Datalad-subject">{subject}</span>
        <span className="jp-Datalad-commitLine">
          {commit.names.map(name => (
            <NameChip key={`${name.kind} ${name.name}`} name={name} trans={trans} />
          ))}
          {kinds.map(({ word, icon: Icon }) => (
            <span key={word} className="jp-Datalad-kind">
              <Icon.react tag="span" width="12px" height="12px" />
              {word}
            </span>
          ))}
          <span className="jp-Datalad-author">{author}</span>
          <span className="jp-Datalad-age">{age}</span>
        </span>
      </span>
    </button>
  );
});

/** The first line without what DataLad writes before it: an icon and a word say that. */
export function subjectOf({ subject, run }: Pick<Commit, 'subject' | 'run'>, trans: TranslationBundle): string {
  const words = run === true ? subject.replace(/^\[DATALAD RUNCMD\] /u, '') : subject;
  return words === '' ? trans.__('(no message)') : visible(words);
}

function kindsOf(
  { run, parents }: Commit,
  subdataset: boolean,
  trans: TranslationBundle
): { word: string; icon: typeof mergeIcon }[] {
  return [
    ...(run === true ? [{ word: trans.__('run'), icon: runIcon }] : []),
    ...(parents.length > 1 ? [{ word: trans.__('merge'), icon: mergeIcon }] : []),
    ...(subdataset ? [{ word: trans.__('subdataset'), icon: datasetIcon }] : [])
  ];
}

function nameWords({ kind, name, head }: CommitName, trans: TranslationBundle): string {
  const plain = plainName(name);
  switch (kind) {
    case 'tag':
      return trans.__('tag %1', plain);
    case 'remote':
      return trans.__('%1 at a sibling', plain);
    default:
      return head === true ? trans.__('branch %1, checked out', plain) : trans.__('branch %1', plain);
  }
}

/** A tag, or a branch. */
export function NameChip({ name, trans }: { name: CommitName; trans: TranslationBundle }): JSX.Element {
  const Icon = name.kind === 'tag' ? tagIcon : branchIcon;
  return (
    <span className="jp-Datalad-nameChip" data-kind={name.kind} data-head={name.head} title={nameWords(name, trans)}>
      <Icon.react tag="span" width="12px" height="12px" />
      <span>{plainName(name.name)}</span>
    </span>
  );
}
