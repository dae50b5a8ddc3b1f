import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { TranslationBundle } from '@jupyterlab/translation';
import { useState } from 'react';
import type { AskedSide, Difference, Hunks } from '../../protocol/compare';
import type { IComparedFile, IComparisonState } from '../../models/comparisonModel';
import { FailureBlock } from '../failures/failureBlock';
import { CompareHeader } from './compareHeader';
import { CompareTools, type ICompareOptions, START_OPTIONS } from './compareTools';
import { DifferenceList } from './differenceList';
import { FileCompare } from './fileCompare';
import { sideName } from './sideWords';
import type { IChangeSteps } from './textCompare';
import { type ViewKind, viewsOf } from './viewOf';

export interface ICompareViewProps {
  state: IComparisonState;
  /** The sides as they were asked for. */
  asked: { from: AskedSide; to: AskedSide };
  /** What is compared: a file, a folder or a dataset, for people. */
  name: string;
  languages: IEditorLanguageRegistry | null;
  trans: TranslationBundle;
  now: number;
  hunks(ignoreSpace: boolean): Promise<Hunks>;
  /** Whether a get of the path brings the content of this key. */
  canGet(key: string): boolean;
  onGet(): void;
  onOpen(file: Difference): void;
  onWhole(): void;
  onAsText(asText: boolean): void;
  onRefresh(): void;
}

/** Two sides of a file, or the list of files in which two sides differ. */
export function CompareView(props: ICompareViewProps): JSX.Element {
  const { state, asked, name, trans, now, onRefresh } = props;
  const [options, setOptions] = useState<ICompareOptions>(START_OPTIONS);
  const [steps, setSteps] = useState<IChangeSteps | null>(null);
  const [chosen, setChosen] = useState<ViewKind | null>(null);
  const { phase, differences, file, failure } = state;
  if (phase === 'failed' && failure !== null) {
    return (
      <div className="jp-Datalad-compareScroll" role="alert">
        <FailureBlock failure={failure} trans={trans} onAction={onRefresh} />
      </div>
    );
  }
  if (differences === null) {
    return <p className="jp-Datalad-compareNote">{trans.__('Comparing…')}</p>;
  }
  const labels = [sideName(differences.from, asked.from, trans), sideName(differences.to, asked.to, trans)] as const;
  const views = file === null ? [] : fileViews(name, file, chosen);
  const view = views.find(kind => kind === chosen) ?? views[0];
  const choose = (kind: ViewKind): void => {
    setChosen(kind);
    props.onAsText(kind === 'text' && /\.svg$/iu.test(name));
  };
  return (
    <>
      <CompareHeader name={name} differences={differences} asked={asked} labels={labels} file={file} trans={trans} now={now} />
      {file === null || view === undefined ? (
        <DifferenceList differences={differences} trans={trans} onOpen={props.onOpen} />
      ) : (
        <>
          <CompareTools
            views={views}
            view={view}
            onView={choose}
            options={options}
            onOptions={change => setOptions(old => ({ ...old, ...change }))}
            steps={view === 'text' ? steps : null}
            trans={trans}
          />
          <FileCompare {...props} file={file} view={view} labels={labels} options={options} onSteps={setSteps} />
        </>
      )}
    </>
  );
}

/** The ways to show a file; an SVG that was asked for as text can be seen as a picture again. */
export function fileViews(
  name: string,
  { before, after }: Pick<IComparedFile, 'before' | 'after'>,
  chosen: ViewKind | null
): ViewKind[] {
  const views = viewsOf(name, before, after);
  return /\.svg$/iu.test(name) && views[0] === 'text' && chosen === 'text' ? ['image', 'text'] : views;
}
