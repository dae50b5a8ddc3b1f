import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { TranslationBundle } from '@jupyterlab/translation';
import { useState } from 'react';
import type { Difference, Differences, Hunks } from '../../protocol/compare';
import type { IComparedFile, IComparisonState } from '../../models/comparisonModel';
import { ChooseSides, type IAskedSides, type ISideSource } from './chooseSides';
import { CompareHeader } from './compareHeader';
import { CompareTools, type ICompareOptions, START_OPTIONS } from './compareTools';
import { DifferenceList } from './differenceList';
import { FileCompare } from './fileCompare';
import { sideName } from './sideWords';
import type { IChangeSteps } from './textCompare';
import { type ViewKind, viewsOf } from './viewOf';
import { WhenRead } from './whenRead';

export interface ICompareViewProps {
  state: IComparisonState;
  /** The sides as they were asked for. */
  asked: IAskedSides;
  /** What is compared: a file, a folder or a dataset, for people. */
  name: string;
  languages: IEditorLanguageRegistry | null;
  trans: TranslationBundle;
  now: number;
  hunks(ignoreSpace: boolean): Promise<Hunks>;
  /** Gets content by its key, whatever version it is. */
  onGet(key: string): void;
  onOpen(file: Difference): void;
  onWhole(): void;
  onAsText(asText: boolean): void;
  onDiscardParts(): void;
  onRefresh(): void;
  /** What the sides can be, and whether the form for that is open. */
  choosing: ISideSource & { readonly open: boolean; onOpen(open: boolean): void };
  onSides(sides: IAskedSides): void;
}

/** Two sides of a file, or the list of files in which two sides differ. */
export function CompareView(props: ICompareViewProps): JSX.Element {
  const { state, trans, onRefresh } = props;
  return (
    <WhenRead waiting={trans.__('Comparing…')} {...{ state, trans, onRefresh }}>
      {differences => <Sides {...props} differences={differences} />}
    </WhenRead>
  );
}

function Sides(props: ICompareViewProps & { differences: Differences }): JSX.Element {
  const { state, differences, asked, name, trans, now, choosing } = props;
  const { file } = state;
  const [options, setOptions] = useState<ICompareOptions>(START_OPTIONS);
  const [steps, setSteps] = useState<IChangeSteps | null>(null);
  const [chosen, setChosen] = useState<ViewKind | null>(null);
  const labels = [sideName(differences.from, asked.from, trans), sideName(differences.to, asked.to, trans)] as const;
  const views = file === null ? [] : fileViews(name, file, chosen);
  const view = views.find(kind => kind === chosen) ?? views[0];
  const choose = (kind: ViewKind): void => {
    setChosen(kind);
    props.onAsText(kind === 'text' && /\.svg$/iu.test(name));
  };
  return (
    <>
      <CompareHeader {...{ name, differences, asked, labels, file, trans, now, choosing }} />
      {choosing.open && (
        <ChooseSides
          {...{ differences, asked, trans }}
          source={choosing}
          onSides={props.onSides}
          onClose={() => choosing.onOpen(false)}
        />
      )}
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
            onDiscardParts={isUnsaved(asked) && isChangedText(file, view) ? props.onDiscardParts : null}
            trans={trans}
          />
          <FileCompare {...props} file={file} view={view} labels={labels} options={options} onSteps={setSteps} />
        </>
      )}
    </>
  );
}

/** What is in the folder now is compared with the last save. */
function isUnsaved({ from, to }: ICompareViewProps['asked']): boolean {
  return from === 'HEAD' && to === 'worktree';
}

/** Only of a text in Git there are parts that can be taken back. */
function isChangedText({ difference }: IComparedFile, view: ViewKind): boolean {
  const isInGit = difference?.before?.kind === 'git' && difference.after?.kind === 'git';
  return difference?.status === 'modified' && isInGit && view !== 'image' && view !== 'facts';
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
