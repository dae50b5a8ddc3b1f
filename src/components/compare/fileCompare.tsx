import { useMemo } from 'react';
import type { SideContent } from '../../protocol/compare';
import type { IComparedFile } from '../../models/comparisonModel';
import { largestSide } from './compareHeader';
import type { ICompareOptions } from './compareTools';
import type { ICompareViewProps } from './compareView';
import { FactsTable } from './factsTable';
import { HunksView } from './hunksView';
import { type IImage, ImageCompare } from './imageCompare';
import { NotebookCompare } from './notebookCompare';
import { type INotebook, parseNotebook } from './notebookDiff';
import { TableCompare } from './tableCompare';
import { separatorOf } from './tableDiff';
import { type IChangeSteps, TextCompare } from './textCompare';
import { hasEndlessLine } from './textFacts';
import type { ViewKind } from './viewOf';

export interface IFileCompareProps extends Pick<
  ICompareViewProps,
  'name' | 'languages' | 'trans' | 'hunks' | 'onGet' | 'onWhole'
> {
  file: IComparedFile;
  view: ViewKind;
  labels: readonly [string, string];
  options: ICompareOptions;
  onSteps(steps: IChangeSteps | null): void;
}

/** One file on both sides, in one of the ways that suit it. */
export function FileCompare(props: IFileCompareProps): JSX.Element {
  const { file, view, name, labels, options, languages, trans, hunks, onWhole, onSteps } = props;
  const { before, after } = file;
  const [old, now] = [textOf(before), textOf(after)];
  const text = { before: old, after: now, labels, languages, options, trans };
  switch (view) {
    case 'text':
      return <TextCompare {...text} language={{ file: name }} onSteps={onSteps} />;
    case 'notebook':
      return <NotebookOrText {...props} />;
    case 'table':
      return <TableCompare before={old} after={now} separator={separatorOf(name) ?? ','} trans={trans} />;
    case 'image':
      return (
        <ImageCompare before={imageOf(before)} after={imageOf(after)} labels={labels} layout={options.image} trans={trans} />
      );
    case 'hunks':
      return (
        <HunksView
          read={hunks}
          ignoreSpace={options.ignoreSpace}
          bytes={largestSide(before, after)}
          trans={trans}
          {...([old, now].some(hasEndlessLine) ? {} : { onWhole })}
        />
      );
    case 'facts':
      return <Facts {...props} />;
  }
}

function NotebookOrText(props: IFileCompareProps): JSX.Element {
  const { file, name, labels, options, languages, trans, onSteps } = props;
  const [before, after] = [textOf(file.before), textOf(file.after)];
  const notebooks = useMemo(() => [readNotebook(before), readNotebook(after)] as const, [before, after]);
  const [one, other] = notebooks;
  if (one !== null && other !== null) {
    return <NotebookCompare before={one} after={other} labels={labels} languages={languages} options={options} trans={trans} />;
  }
  return (
    <>
      <p className="jp-Datalad-compareNote">
        {trans.__('One side is no notebook that can be read, so both are compared as text.')}
      </p>
      <TextCompare {...{ before, after, labels, languages, options, trans }} language={{ file: name }} onSteps={onSteps} />
    </>
  );
}

const EMPTY: INotebook = { cells: [], facts: {} };

function readNotebook(text: string): INotebook | null {
  return text === '' ? EMPTY : parseNotebook(text);
}

function Facts({ file, labels, trans, onGet }: IFileCompareProps): JSX.Element {
  const sides = [file.before, file.after].map((content, at) => ({ content, label: labels[at] ?? '' }));
  return <FactsTable {...{ sides, onGet, trans }} />;
}

export function textOf({ body }: SideContent): string {
  return body.type === 'text' ? body.text : '';
}

export function imageOf({ body }: SideContent): IImage | null {
  return body.type === 'image' ? body : null;
}
