import type { TranslationBundle } from '@jupyterlab/translation';
import { useMemo, useState } from 'react';
import type { IProvenanceState } from '../../models/provenanceModel';
import { textOfPath } from '../../protocol/names';
import type { ContentsPath } from '../../protocol/paths';
import type { GraphRun, Provenance } from '../../protocol/provenance';
import type { Failure } from '../../protocol/failure';
import { failureWords } from '../failures/words';
import { formatCount } from '../format';
import { formatMoment } from '../history/age';
import { visible } from '../trust/visible';
import { softwareOf } from './softwareWords';
import { VirtualList } from '../virtualList';
import { DetailPane } from './detailPane';
import { type ILayout, layoutOf } from './layout';
import { PictureView } from './pictureView';
import { type Collapse, collapseOf, type ISceneNode, sceneOf } from './scene';
import { svgOf } from './svgOf';

export interface IProvenanceViewProps {
  state: IProvenanceState;
  dataset: ContentsPath;
  /** For people. */
  title: string;
  /** It is the graph of one file. */
  ofFile: boolean;
  trans: TranslationBundle;
  execute(command: string, args: Record<string, string | boolean>): void;
  onRefresh(): void;
  onSave(name: string, type: string, text: string): void;
  /** Saves what was recorded in the terms of W3C PROV; `emails`: with the addresses of authors. */
  onExport(emails: boolean): void;
}

/** How a file was made, or all files of a dataset: as a picture, or as a list of runs. */
export function ProvenanceView(props: IProvenanceViewProps): JSX.Element {
  const { state, title, trans, onRefresh } = props;
  const { graph, failure } = state;
  return (
    <div className="jp-Datalad-page jp-Datalad-provenance">
      <div className="jp-Datalad-pageHeader">
        <h2>{title}</h2>
        <p role="status" className="jp-Datalad-dim">
          {graph === null ? (failure === null ? trans.__('Reading…') : '') : countWords(graph, trans)}
        </p>
        <button type="button" className="jp-Datalad-button" onClick={onRefresh}>
          {trans.__('Look again')}
        </button>
      </div>
      {failure !== null && <p className="jp-Datalad-text">{failureText(failure, trans)}</p>}
      {graph !== null && <Graph {...props} graph={graph} />}
    </div>
  );
}

function failureText(failure: Failure, trans: TranslationBundle): string {
  const { title, text } = failureWords(failure, { trans, names: [] });
  return trans.__('This cannot be told. %1', `${title} ${text}`);
}

function countWords({ count, runs, files, cut, absent }: Provenance, trans: TranslationBundle): string {
  const stale = runs.filter(run => run.stale !== undefined).length;
  return [
    trans._n('%2 run', '%2 runs', runs.length, formatCount(runs.length)),
    trans._n('%2 file', '%2 files', files.length, formatCount(files.length)),
    ...(stale > 0 ? [trans.__('⚠ %1 stale', formatCount(stale))] : []),
    ...(cut === true ? [trans.__('there is more than is shown (%1 runs in all)', formatCount(count))] : []),
    ...(absent.length > 0 ? [trans._n('%1 subdataset is not here', '%1 subdatasets are not here', absent.length)] : [])
  ].join(', ');
}

function Graph(props: IProvenanceViewProps & { graph: Provenance }): JSX.Element {
  const { graph, dataset, ofFile, trans, execute, onSave } = props;
  const { focus } = graph;
  const [collapse, setCollapse] = useState<Collapse>(() => collapseOf(graph));
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [asList, setAsList] = useState(false);
  const [query, setQuery] = useState('');
  const [chosen, setSelected] = useState<string | null>(null);
  const scene = useMemo(() => sceneOf(graph, { collapse, opened }), [graph, collapse, opened]);
  const layout = useMemo(() => (asList ? null : layoutOf(scene)), [scene, asList]);
  const first = focus === null ? null : focus.run === null ? `file ${focus.file}` : `run ${focus.run}`;
  const selected = chosen ?? first;
  const found = useMemo(() => foundIn(graph, scene.nodes, query), [graph, scene, query]);
  const node = useMemo(() => nodeOf(graph, scene.nodes, selected), [graph, scene, selected]);
  // The box that shows what is selected.
  const shown = node === null ? null : (scene.nodes.find(one => one.id === node.id || holds(one, node))?.id ?? null);
  const open = (id: string): void => setOpened(old => new Set([...old, id]));
  if (graph.runs.length === 0) {
    return (
      <p className="jp-Datalad-text">
        {ofFile
          ? trans.__('No recorded run made this file. “datalad run” records how files are made.')
          : trans.__('There are no recorded runs here. “datalad run” records how files are made.')}
      </p>
    );
  }
  const wordsOf = (one: ISceneNode): string => nodeWords(one, trans);
  return (
    <>
      <div className="jp-Datalad-provenanceTools">
        <label>
          {trans.__('Find')} <input type="search" value={query} onChange={event => setQuery(event.currentTarget.value)} />
        </label>
        {found !== null && (
          <button
            type="button"
            className="jp-Datalad-button"
            disabled={found.size === 0}
            onClick={() => setSelected(nextOf([...found], selected))}
          >
            {trans.__('Next (%1)', formatCount(found.size))}
          </button>
        )}
        <label>
          {trans.__('Show')}{' '}
          <select value={collapse} disabled={asList} onChange={event => setCollapse(event.currentTarget.value as Collapse)}>
            <option value="none">{trans.__('each file and run')}</option>
            <option value="folders">{trans.__('folders, and runs alike as one')}</option>
            <option value="runs">{trans.__('runs only')}</option>
          </select>
        </label>
        <button type="button" className="jp-Datalad-button" aria-pressed={asList} onClick={() => setAsList(!asList)}>
          {trans.__('As a list')}
        </button>
        {layout !== null && (
          <button
            type="button"
            className="jp-Datalad-button"
            onClick={() => onSave('provenance.svg', 'image/svg+xml', svgOf(layout))}
          >
            {trans.__('Save as SVG')}
          </button>
        )}
        <ProvExport trans={trans} onExport={props.onExport} />
      </div>
      <div className="jp-Datalad-provenanceParts">
        {layout === null ? (
          <RunList {...{ graph, found, trans }} selected={selected} onSelect={setSelected} />
        ) : (
          <Picture {...{ layout, found, trans, wordsOf }} selected={shown} onSelect={setSelected} onOpen={open} />
        )}
        {node !== null && <DetailPane {...{ graph, node, dataset, trans, execute }} onSelect={setSelected} onOpen={open} />}
      </div>
    </>
  );
}

function Picture(props: Parameters<typeof PictureView>[0] & { layout: ILayout }): JSX.Element {
  return <PictureView {...props} />;
}

/** For other programs: the names of authors are in it, since a record without them says little; their addresses only where one wants that. */
function ProvExport({ trans, onExport }: Pick<IProvenanceViewProps, 'trans' | 'onExport'>): JSX.Element {
  const [emails, setEmails] = useState(false);
  return (
    <span role="group" aria-label={trans.__('W3C PROV')}>
      <button
        type="button"
        className="jp-Datalad-button"
        title={trans.__('A JSON-LD document of all files and runs, for other programs')}
        onClick={() => onExport(emails)}
      >
        {trans.__('Save as PROV')}
      </button>{' '}
      <label>
        <input type="checkbox" checked={emails} onChange={event => setEmails(event.currentTarget.checked)} />{' '}
        {trans.__('with e-mail addresses')}
      </label>
    </span>
  );
}

/** The same for who cannot see a picture, or does not want one. */
function RunList({
  graph,
  found,
  selected,
  trans,
  onSelect
}: {
  graph: Provenance;
  found: ReadonlySet<string> | null;
  selected: string | null;
  trans: TranslationBundle;
  onSelect(id: string): void;
}): JSX.Element {
  const rows = graph.runs
    .map((run, at) => ({ run, id: `run ${at}` }))
    .filter(({ run }) => found === null || fitsRun(graph, run, found));
  return (
    <VirtualList
      items={rows}
      label={trans.__('Runs')}
      keyOf={({ id }) => id}
      rowHeight={44}
      row={({ run, id }, tabIndex) => (
        <button
          type="button"
          className="jp-Datalad-provenanceRow"
          data-roving=""
          tabIndex={tabIndex}
          aria-pressed={id === selected}
          onClick={() => onSelect(id)}
        >
          <span>
            {run.stale !== undefined && `⚠ ${trans.__('stale')}: `}
            {visible(run.title)}
          </span>
          <span className="jp-Datalad-dim">
            {[
              visible(run.author.name),
              formatMoment(run.time, trans),
              trans._n('%1 input', '%1 inputs', run.inputs.length + run.extra.length),
              trans._n('%1 output', '%1 outputs', run.outputs.length),
              ...softwareOf(graph, run).map(name => `▣ ${name}`)
            ].join(' · ')}
          </span>
        </button>
      )}
    />
  );
}

function fitsRun(graph: Provenance, run: GraphRun, found: ReadonlySet<string>): boolean {
  const at = graph.runs.indexOf(run);
  return [...found].some(id => id === `run ${at}`) || [...run.inputs, ...run.outputs].some(file => found.has(`file ${file}`));
}

/** Files and runs that a search names, by what shows them; null where nothing is searched for. */
function foundIn(graph: Provenance, nodes: readonly ISceneNode[], query: string): ReadonlySet<string> | null {
  const words = query.trim().toLowerCase();
  if (words === '') {
    return null;
  }
  const runs = graph.runs.map(({ title, command = '' }) => `${title}\n${command}`.toLowerCase().includes(words));
  const files = graph.files.map(({ path }) => textOfPath(path).toLowerCase().includes(words));
  const boxes = nodes.filter(node => node.runs.some(at => runs[at]) || node.files.some(at => files[at]));
  return new Set(boxes.map(({ id }) => id));
}

function nextOf(ids: readonly string[], selected: string | null): string | null {
  return ids[(ids.indexOf(selected ?? '') + 1) % Math.max(1, ids.length)] ?? null;
}

/** A box of the picture, or a single run or file that is in one. */
function nodeOf({ files, runs }: Provenance, nodes: readonly ISceneNode[], id: string | null): ISceneNode | null {
  const box = nodes.find(node => node.id === id);
  const place = Number(id?.slice(id.indexOf(' ') + 1));
  if (box !== undefined || id === null || !Number.isInteger(place)) {
    return box ?? null;
  }
  const isRun = id.startsWith('run ');
  const known = isRun ? runs[place] !== undefined : files[place] !== undefined;
  const [kind, none]: [ISceneNode['kind'], number[]] = [isRun ? 'run' : 'file', []];
  return known
    ? { id, kind, label: '', runs: isRun ? [place] : none, files: isRun ? none : [place], stale: false, old: false }
    : null;
}

function holds(box: ISceneNode, { runs, files }: ISceneNode): boolean {
  return runs.some(at => box.runs.includes(at)) || files.some(at => box.files.includes(at));
}

function nodeWords({ kind, label, runs, files, stale, old }: ISceneNode, trans: TranslationBundle): string {
  const count = runs.length + files.length;
  const what =
    kind === 'run'
      ? count > 1
        ? trans.__('%1 runs like %2', count, label)
        : trans.__('run %1', label)
      : kind === 'folder'
        ? trans.__('folder %1', label)
        : trans.__('file %1', label);
  return [
    what,
    ...(kind === 'folder' && count > 1 ? [trans._n('%1 file', '%1 files', count)] : []),
    ...(stale ? [trans.__('stale')] : []),
    ...(old ? [trans.__('not as in the last save')] : [])
  ].join(', ');
}
