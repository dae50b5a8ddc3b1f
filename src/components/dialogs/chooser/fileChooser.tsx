import type { TranslationBundle } from '@jupyterlab/translation';
import { type ReactElement, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import type { Listing } from '../../../protocol/dataset';
import { typedFolder } from '../../../protocol/command/typedPaths';
import type { ContentsPath } from '../../../protocol/paths';
import { VirtualList } from '../../virtualList';
import type { IFileChoice } from '../runQuestions';
import { FileLine } from './fileLine';
import { type Folders, linesOf, treeKey } from './fileTree';
import { type FilesKind, TickedFiles, toggled } from './tickedFiles';

export interface IFileChooserProps {
  kind: FilesKind;
  files: IFileChoice;
  /** As typed: where the command runs, relative to the dataset. */
  folder: string;
  /** One specification each. */
  lines: readonly string[];
  trans: TranslationBundle;
  onChange(lines: readonly string[]): void;
}

/** The files of a dataset as a tree, in which ticks are lines of inputs or outputs. */
export function FileChooser({ kind, files, folder, lines, trans, onChange }: IFileChooserProps): ReactElement {
  const { dataset } = files;
  const [open, setOpen] = useState<ReadonlySet<ContentsPath>>(new Set());
  const [filter, setFilter] = useState('');
  const folders = useFolders(files, open);
  // The dataset itself while what is typed is no folder.
  const place = typedFolder(folder, dataset) ?? dataset;
  const ticked = useMemo(() => new TickedFiles(lines, place), [lines, place]);
  const shown = useMemo(() => linesOf(dataset, { folders, open, filter }), [dataset, folders, open, filter]);
  const box = useInView(folders.get(dataset) ?? null);
  const fold = (path: ContentsPath): void =>
    setOpen(old => new Set(old.has(path) ? [...old].filter(other => other !== path) : [...old, path]));
  const onKey = (key: string, at: number): number | undefined => {
    const { to, fold: folded } = treeKey(shown, at, key);
    if (folded !== undefined) {
      fold(folded);
    }
    return folded === undefined ? to : at;
  };
  return (
    <div ref={box} className="jp-Datalad-chooser">
      <input
        className="jp-mod-styled"
        type="search"
        value={filter}
        placeholder={trans.__('Part of a name')}
        aria-label={kind === 'inputs' ? trans.__('Part of the name of an input') : trans.__('Part of the name of an output')}
        spellCheck={false}
        autoComplete="off"
        onChange={event => setFilter(event.target.value)}
      />
      <VirtualList
        items={shown}
        label={kind === 'inputs' ? trans.__('Files to choose inputs from') : trans.__('Files to choose outputs from')}
        keyOf={line => line.id}
        tree={{ onKey }}
        row={(line, tabIndex) => (
          <FileLine
            line={line}
            kind={kind}
            state={'row' in line ? ticked.state(line.row, line.around) : 'no'}
            place={place}
            tabIndex={tabIndex}
            trans={trans}
            onFold={fold}
            onTick={row => onChange(toggled(lines, row, { kind, folder: place }))}
          />
        )}
      />
    </div>
  );
}

/** The form scrolls as far as shows all of it, once there is something to see. */
function useInView(listed: unknown): RefObject<HTMLDivElement> {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (listed !== null && typeof box.current?.scrollIntoView === 'function') {
      box.current.scrollIntoView({ block: 'nearest' });
    }
  }, [listed]);
  return box;
}

/** The dataset and each folder that is unfolded, read once; what could not be read is asked for again by the next unfolding. */
function useFolders({ dataset, list }: IFileChoice, open: ReadonlySet<ContentsPath>): Folders {
  const [folders, setFolders] = useState<Folders>(new Map());
  const asked = useRef(new Set<ContentsPath>());
  const [ended] = useState(() => new AbortController());
  useEffect(() => () => ended.abort(), [ended]);
  useEffect(() => {
    for (const folder of [dataset, ...open].filter(each => !asked.current.has(each))) {
      asked.current.add(folder);
      const keep = (found: Listing | Error): void => {
        if (!ended.signal.aborted) {
          setFolders(old => new Map(old).set(folder, found));
        }
      };
      list(folder, ended.signal).then(keep, (error: unknown) => {
        asked.current.delete(folder);
        keep(error instanceof Error ? error : new Error(String(error)));
      });
    }
  }, [dataset, open, list, ended]);
  return folders;
}
