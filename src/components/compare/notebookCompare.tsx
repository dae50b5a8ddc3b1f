import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { TranslationBundle } from '@jupyterlab/translation';
import { useMemo, useState } from 'react';
import { ImageCompare } from './imageCompare';
import { lineChanges, Lines } from './lines';
import {
  diffCells,
  diffFacts,
  type ICellChange,
  type IFactChange,
  type INotebook,
  type INotebookCell,
  isSame,
  type OutputPart
} from './notebookDiff';
import { type ITextOptions, TextCompare } from './textCompare';

export interface INotebookCompareProps {
  before: INotebook;
  after: INotebook;
  labels: readonly [string, string];
  languages: IEditorLanguageRegistry | null;
  options: ITextOptions;
  trans: TranslationBundle;
}

/** Changed cells that are drawn at once: each has an editor of its own. */
const STEP = 40;

/** Notebooks cell by cell: sources, outputs, metadata; cells without a change are counted only. */
export function NotebookCompare(props: INotebookCompareProps): JSX.Element {
  const { before, after, trans } = props;
  const [shown, setShown] = useState(STEP);
  const changes = useMemo(() => diffCells(before.cells, after.cells), [before, after]);
  const facts = useMemo(() => diffFacts(before.facts, after.facts), [before, after]);
  const groups = useMemo(() => grouped(changes), [changes]);
  const changed = changes.filter(change => !isSame(change)).length;
  const language = after.language ?? before.language ?? 'python';
  return (
    <div className="jp-Datalad-compareScroll jp-Datalad-notebook">
      <p className="jp-Datalad-compareNote">
        {trans._n('%1 cell of %2 changed', '%1 cells of %2 changed', changed, changes.length)}
      </p>
      {groups.slice(0, shown).map((group, at) =>
        'same' in group ? (
          <p key={at} className="jp-Datalad-sameCells">
            {trans._n('%1 cell as before', '%1 cells as before', group.same)}
          </p>
        ) : (
          <Cell key={at} {...props} change={group} language={language} />
        )
      )}
      {groups.length > shown && (
        <button type="button" className="jp-Datalad-button" onClick={() => setShown(shown + STEP)}>
          {trans.__('Show more cells')}
        </button>
      )}
      {facts.length > 0 && (
        <section className="jp-Datalad-cell" aria-label={trans.__('Notebook metadata')}>
          <h3>{trans.__('Notebook metadata')}</h3>
          <Facts facts={facts} trans={trans} />
        </section>
      )}
    </div>
  );
}

function grouped(changes: readonly ICellChange[]): (ICellChange | { same: number })[] {
  const groups: (ICellChange | { same: number })[] = [];
  for (const change of changes) {
    const last = groups.at(-1);
    if (!isSame(change)) {
      groups.push(change);
    } else if (last !== undefined && 'same' in last) {
      last.same += 1;
    } else {
      groups.push({ same: 1 });
    }
  }
  return groups;
}

function Cell(props: INotebookCompareProps & { change: ICellChange; language: string }): JSX.Element {
  const { change, labels, languages, options, trans, language } = props;
  const { before, after, source, outputs, facts } = change;
  const type = cellType(after ?? before, trans);
  const title =
    before === undefined
      ? trans.__('%1 added', type)
      : after === undefined
        ? trans.__('%1 removed', type)
        : trans.__('%1 changed', type);
  const name = (after ?? before)?.type === 'code' ? language : 'ipythongfm';
  return (
    <section
      className="jp-Datalad-cell"
      aria-label={title}
      data-sign={before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'}
    >
      <h3>{title}</h3>
      {source && (
        <TextCompare
          before={before?.source ?? ''}
          after={after?.source ?? ''}
          labels={[trans.__('Source, %1', labels[0]), trans.__('Source, %1', labels[1])]}
          language={{ name }}
          languages={languages}
          options={{ ...options, layout: before === undefined || after === undefined ? 'inline' : options.layout }}
          trans={trans}
        />
      )}
      {outputs && <Outputs before={before?.outputs ?? []} after={after?.outputs ?? []} labels={labels} trans={trans} />}
      {facts.length > 0 && before !== undefined && after !== undefined && <Facts facts={facts} trans={trans} />}
    </section>
  );
}

export function cellType(cell: INotebookCell | undefined, trans: TranslationBundle): string {
  return cell?.type === 'markdown' ? trans.__('Text cell') : cell?.type === 'code' ? trans.__('Code cell') : trans.__('Raw cell');
}

interface IOutputsProps {
  before: readonly OutputPart[];
  after: readonly OutputPart[];
  labels: readonly [string, string];
  trans: TranslationBundle;
}

/** Nothing of an output is run or taken for HTML: pictures are pictures, all else is text. */
function Outputs({ before, after, labels, trans }: IOutputsProps): JSX.Element {
  const texts = lineChanges(textOf(before), textOf(after));
  const [old, now] = [before, after].map(parts => parts.filter(part => part.type === 'image'));
  const pictures = Array.from(
    { length: Math.max(old?.length ?? 0, now?.length ?? 0) },
    (_, at) => [old?.[at], now?.[at]] as const
  );
  return (
    <div className="jp-Datalad-outputs">
      <h4>{trans.__('Output')}</h4>
      {texts.lines.length > 0 && <Lines lines={texts.lines} trans={trans} />}
      {texts.cut && <p className="jp-Datalad-dim">{trans.__('The rest is not shown.')}</p>}
      {pictures
        .filter(([one, other]) => one?.data !== other?.data)
        .map(([one, other], at) => (
          <ImageCompare key={at} before={asImage(one)} after={asImage(other)} labels={labels} layout="side" trans={trans} />
        ))}
    </div>
  );
}

export function textOf(parts: readonly OutputPart[]): string {
  return parts.flatMap(part => (part.type === 'text' ? [part.text.replace(/\n$/, '')] : [])).join('\n');
}

export function asImage(part: OutputPart | undefined): { mime: string; data: string } | null {
  if (part?.type !== 'image') {
    return null;
  }
  // In notebooks an SVG is text.
  const isText = part.mime === 'image/svg+xml';
  return { mime: part.mime, data: isText ? base64(part.data) : part.data };
}

function Facts({ facts, trans }: { facts: readonly IFactChange[]; trans: TranslationBundle }): JSX.Element {
  return (
    <table className="jp-Datalad-factTable" aria-label={trans.__('Metadata')}>
      <tbody>
        {facts.map(({ name, before, after }) => (
          <tr key={name}>
            <th scope="row">{name === 'execution_count' ? trans.__('Execution count') : name}</th>
            <td>
              {before !== undefined && <del>{before}</del>} {after !== undefined && <ins>{after}</ins>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), byte => String.fromCharCode(byte)).join(''));
}
