import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { TranslationBundle } from '@jupyterlab/translation';
import { useMemo, useState } from 'react';
import type { IComparisonState } from '../../models/comparisonModel';
import {
  type Difference,
  type Differences,
  type FoundSide,
  LONGEST_LINE,
  MOST_TEXT,
  type SideContent
} from '../../protocol/compare';
import { plainName, shownName } from '../../protocol/names';
import { formatSize } from '../../protocol/size';
import { Choice, Toggle, viewOptions } from '../compare/compareTools';
import { fileViews } from '../compare/compareView';
import { DifferenceList } from '../compare/differenceList';
import { FactsTable } from '../compare/factsTable';
import { imageOf, textOf } from '../compare/fileCompare';
import { Picture } from '../compare/imageCompare';
import { parseNotebook } from '../compare/notebookDiff';
import { sideDetail } from '../compare/sideWords';
import { separatorOf } from '../compare/tableDiff';
import type { ViewKind } from '../compare/viewOf';
import { WhenRead } from '../compare/whenRead';
import { NotebookView } from './notebookView';
import { TableView } from './tableView';
import { TextView } from './textView';

export interface IVersionViewProps {
  state: IComparisonState;
  /** The file, for people. */
  name: string;
  /** It is a folder: its files are listed. */
  folder?: boolean;
  languages: IEditorLanguageRegistry | null;
  trans: TranslationBundle;
  now: number;
  /** Gets content by its key, whatever version it is. */
  onGet(key: string): void;
  /** Opens a file of the folder. */
  onOpen(file: Difference): void;
  onWhole(): void;
  onAsText(asText: boolean): void;
  onRefresh(): void;
  /** Brings it back into the folder, or one file of those that are listed. */
  onRestore(file: Difference | null): void;
  /** Compares it with what is in the folder; null where nothing can be compared. */
  onCompare: (() => void) | null;
}

/** A file as it was in a commit, to be read: nothing of it is written anywhere. */
export function VersionView(props: IVersionViewProps): JSX.Element {
  const { state, trans, onRefresh } = props;
  return (
    <WhenRead waiting={trans.__('Reading…')} {...{ state, trans, onRefresh }}>
      {differences => <Version {...props} differences={differences} />}
    </WhenRead>
  );
}

function Version(props: IVersionViewProps & { differences: Differences }): JSX.Element {
  const { state, differences, name, folder = false, trans, onOpen, onRestore } = props;
  const { file } = state;
  const [chosen, setChosen] = useState<ViewKind | null>(null);
  const [wrap, setWrap] = useState(true);
  if (folder && differences.total > 0) {
    return (
      <>
        <Header {...props} side={differences.to} note={null} restorable />
        <DifferenceList differences={differences} trans={trans} onOpen={onOpen} onRestore={onRestore} />
      </>
    );
  }
  const content = file?.after ?? null;
  const views = content === null ? [] : fileViews(name, { before: content, after: content }, chosen);
  const view = views.find(kind => kind === chosen) ?? views[0] ?? 'facts';
  const choose = (kind: ViewKind): void => {
    setChosen(kind);
    props.onAsText(kind === 'text' && /\.svg$/iu.test(name));
  };
  return (
    <>
      <Header
        {...props}
        side={differences.to}
        note={noteOf(content, trans)}
        restorable={content !== null && content.body.type !== 'absent' && content.body.type !== 'dataset'}
      />
      {(views.length > 1 || view === 'text' || view === 'notebook') && (
        <div className="jp-Datalad-compareTools">
          {views.length > 1 && (
            <Choice label={trans.__('Shown as')} options={viewOptions(views, trans)} value={view} onChange={choose} />
          )}
          {(view === 'text' || view === 'notebook') && <Toggle label={trans.__('Wrap lines')} on={wrap} onChange={setWrap} />}
        </div>
      )}
      {content !== null && content.body.type !== 'absent' && <Shown {...props} content={content} view={view} wrap={wrap} />}
    </>
  );
}

interface IContentProps extends IVersionViewProps {
  content: SideContent;
  wrap: boolean;
}

interface IHeaderProps extends IVersionViewProps {
  side: FoundSide;
  note: string | null;
  /** There is something that can be brought back. */
  restorable: boolean;
}

function Header(props: IHeaderProps): JSX.Element {
  const { name, side, note, restorable, trans, now, onCompare, onRestore } = props;
  return (
    <div className="jp-Datalad-compareHeader">
      <h2>
        {shownName(name)}
        <span className="jp-Datalad-tag">{trans.__('read-only')}</span>
      </h2>
      <p className="jp-Datalad-compareSides">
        <span className="jp-Datalad-compareSide">
          {trans.__('As it was in')} <b>{side.commit?.short}</b>{' '}
          <span className="jp-Datalad-dim" title={sideDetail(side, 'nothing', now)}>
            {sideDetail(side, 'nothing', now)}
          </span>
        </span>
        {onCompare !== null && (
          <button type="button" className="jp-Datalad-button" onClick={onCompare}>
            {trans.__('Compare with now')}
          </button>
        )}
        {restorable && (
          <button type="button" className="jp-Datalad-button" onClick={() => onRestore(null)}>
            {trans.__('Restore…')}
          </button>
        )}
      </p>
      {note !== null && <p className="jp-Datalad-compareNotes">{note}</p>}
    </div>
  );
}

/** What is to be said before anything is shown, or in place of it. */
function noteOf(content: SideContent | null, trans: TranslationBundle): string | null {
  switch (content?.body.type ?? 'absent') {
    case 'absent':
      return trans.__('It was not there in this commit.');
    case 'not-here':
      return trans.__('The content that it had then is not in this clone.');
    case 'binary':
      return trans.__('This is no text and no picture, so that it cannot be shown.');
    case 'dataset':
      return trans.__('It was a subdataset, of which a commit knows only where it stood.');
    default:
      return content?.body.type === 'text' && content.body.damaged === true
        ? trans.__('It is no valid UTF-8: what cannot be read shows as �.')
        : null;
  }
}

/** The content in one of the ways that suit it. */
function Shown(props: IContentProps & { view: ViewKind }): JSX.Element {
  const { content, view, name, languages, wrap, trans } = props;
  const text = { text: textOf(content), label: plainName(name), language: { file: name }, languages, wrap, trans };
  switch (view) {
    case 'text':
      return <TextView {...text} />;
    case 'notebook':
      return <NotebookOrText {...props} />;
    case 'table':
      return <TableView text={textOf(content)} separator={separatorOf(name) ?? ','} trans={trans} />;
    case 'image':
      return (
        <div className="jp-Datalad-images">
          <Picture image={imageOf(content)} label={shownName(name)} trans={trans} />
        </div>
      );
    case 'hunks':
      return content.body.type === 'text' ? <LongLines {...props} /> : <Long {...props} />;
    case 'facts':
      return <Facts {...props} />;
  }
}

function NotebookOrText({ content, name, languages, wrap, trans }: IContentProps): JSX.Element {
  const text = textOf(content);
  const notebook = useMemo(() => parseNotebook(text), [text]);
  if (notebook !== null) {
    return <NotebookView notebook={notebook} languages={languages} wrap={wrap} trans={trans} />;
  }
  return (
    <>
      <p className="jp-Datalad-compareNote">{trans.__('This is no notebook that can be read, so it is shown as text.')}</p>
      <TextView text={text} label={plainName(name)} language={{ file: name }} languages={languages} wrap={wrap} trans={trans} />
    </>
  );
}

/** No editor should be given a line without an end. */
function LongLines({ content, name, wrap, trans }: IContentProps): JSX.Element {
  const text = textOf(content);
  const lines = useMemo(
    () => text.split('\n').map(line => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line)),
    [text]
  );
  return (
    <>
      <p className="jp-Datalad-compareNote">
        {trans.__('Of lines longer than %1 characters the rest is not shown.', LONGEST_LINE)}
      </p>
      <TextView text={lines.join('\n')} label={plainName(name)} language={{}} languages={null} wrap={wrap} trans={trans} />
    </>
  );
}

function Long({ content, trans, onWhole }: IContentProps): JSX.Element {
  const bytes = content.facts?.bytes ?? 0;
  return (
    <p className="jp-Datalad-compareNote">
      {bytes > MOST_TEXT
        ? trans.__('This is a text of %1, too large to be shown.', formatSize(bytes))
        : trans.__('This is a text of %1.', formatSize(bytes))}{' '}
      {bytes <= MOST_TEXT && (
        <button type="button" className="jp-Datalad-button" onClick={onWhole}>
          {trans.__('Show it')}
        </button>
      )}
    </p>
  );
}

function Facts({ content, trans, onGet }: IContentProps): JSX.Element {
  return <FactsTable sides={[{ content, label: trans.__('then') }]} {...{ onGet, trans }} />;
}
