import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { TranslationBundle } from '@jupyterlab/translation';
import { useState } from 'react';
import { Picture } from '../compare/imageCompare';
import { asImage, cellType, textOf } from '../compare/notebookCompare';
import type { INotebook, INotebookCell } from '../compare/notebookDiff';
import { plainText } from '../history/runView';
import { Printed } from '../printed';
import { TextView } from './textView';

export interface INotebookViewProps {
  notebook: INotebook;
  languages: IEditorLanguageRegistry | null;
  wrap: boolean;
  trans: TranslationBundle;
}

/** Cells that are drawn at once: each has an editor of its own. */
const STEP = 40;
/** Characters of output that are drawn of one cell. */
const MOST_OUTPUT = 20_000;

/** A notebook cell by cell: nothing of it is run or taken for HTML. */
export function NotebookView(props: INotebookViewProps): JSX.Element {
  const { notebook, trans } = props;
  const { cells } = notebook;
  const [shown, setShown] = useState(STEP);
  return (
    <div className="jp-Datalad-compareScroll jp-Datalad-notebook">
      <p className="jp-Datalad-compareNote">{trans._n('%1 cell', '%1 cells', cells.length)}</p>
      {cells.slice(0, shown).map((cell, at) => (
        <Cell key={at} {...props} cell={cell} number={at + 1} />
      ))}
      {cells.length > shown && (
        <button type="button" className="jp-Datalad-button" onClick={() => setShown(shown + STEP)}>
          {trans.__('Show more cells')}
        </button>
      )}
    </div>
  );
}

function Cell(props: INotebookViewProps & { cell: INotebookCell; number: number }): JSX.Element {
  const { notebook, cell, number, languages, wrap, trans } = props;
  const title = trans.__('%1 %2', cellType(cell, trans), number);
  const output = textOf(cell.outputs);
  const pictures = cell.outputs.flatMap(part => asImage(part) ?? []);
  const name = cell.type === 'code' ? (notebook.language ?? 'python') : 'ipythongfm';
  return (
    <section className="jp-Datalad-cell" aria-label={title}>
      <h3>{title}</h3>
      <TextView
        text={cell.source}
        label={trans.__('Source')}
        language={{ name }}
        languages={languages}
        wrap={wrap}
        trans={trans}
      />
      {(output !== '' || pictures.length > 0) && (
        <div className="jp-Datalad-outputs">
          <h4>{trans.__('Output')}</h4>
          {output !== '' && (
            <Printed
              className="jp-Datalad-commitBody"
              label={trans.__('Output')}
              text={plainText(output.slice(0, MOST_OUTPUT))}
            />
          )}
          {output.length > MOST_OUTPUT && <p className="jp-Datalad-dim">{trans.__('The rest is not shown.')}</p>}
          {pictures.map((image, at) => (
            <Picture key={at} image={image} label={trans.__('Output')} trans={trans} />
          ))}
        </div>
      )}
    </section>
  );
}
