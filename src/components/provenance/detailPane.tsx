import type { TranslationBundle } from '@jupyterlab/translation';
import { shownName } from '../../protocol/names';
import type { ContentsPath } from '../../protocol/paths';
import type { GraphRun, Provenance } from '../../protocol/provenance';
import { CommandIDs } from '../../tokens';
import { formatMoment } from '../history/age';
import { RunButtons } from '../history/runButtons';
import { relativeName } from '../names';
import { visible, visibleLines } from '../trust/visible';
import { Printed } from '../printed';
import type { ISceneNode } from './scene';
import { softwareWords } from './softwareWords';

export interface IDetailPaneProps {
  graph: Provenance;
  node: ISceneNode;
  dataset: ContentsPath;
  trans: TranslationBundle;
  onSelect(id: string): void;
  onOpen(id: string): void;
  execute(command: string, args: Record<string, string | boolean>): void;
}

const LISTED = 50;

/** What is selected in a graph, in words. */
export function DetailPane(props: IDetailPaneProps): JSX.Element {
  const { graph, node, trans, onOpen } = props;
  const { runs, files } = node;
  const [run, file] = [runs[0], files[0]];
  return (
    <section className="jp-Datalad-provenanceDetails" aria-label={trans.__('Details')}>
      {runs.length + files.length > 1 && (
        <>
          <h3>{runs.length > 1 ? trans.__('%1 runs', runs.length) : trans.__('%1 files of %2', files.length, node.label)}</h3>
          <button type="button" className="jp-Datalad-button" onClick={() => onOpen(node.id)}>
            {trans.__('Show one by one')}
          </button>
          <Links
            {...props}
            title={trans.__('What is in it')}
            ids={[...runs.map(at => `run ${at}`), ...files.map(at => `file ${at}`)]}
          />
        </>
      )}
      {runs.length === 1 && run !== undefined && graph.runs[run] !== undefined && <RunDetails {...props} run={graph.runs[run]} />}
      {files.length === 1 && file !== undefined && <FileDetails {...props} place={file} />}
    </section>
  );
}

function RunDetails(props: IDetailPaneProps & { run: GraphRun }): JSX.Element {
  const { run, trans, execute } = props;
  const { title, command, author, time, exit, inputs, extra, outputs, missing, changed, stale, dataset, commit, more } = run;
  return (
    <>
      <h3>{visible(title) || trans.__('(no message)')}</h3>
      {stale !== undefined && (
        <p className="jp-Datalad-stale">
          ⚠{' '}
          {stale === 'input'
            ? trans.__('Stale: what it was made from has changed since.')
            : trans.__('Stale: something further up has changed since.')}
        </p>
      )}
      {command === undefined ? (
        <p className="jp-Datalad-text">{trans.__('Its record cannot be read. Show the commit to see why.')}</p>
      ) : (
        <Printed className="jp-Datalad-commitBody" label={trans.__('Command')} text={visibleLines(command)} />
      )}
      <p className="jp-Datalad-text jp-Datalad-dim">
        {visible(author.name)}, {formatMoment(time, trans)}
        {exit !== undefined && exit !== 0 && `, ${trans.__('failed (exit code %1)', exit)}`}
      </p>
      <Links {...props} title={trans.__('Made from')} ids={inputs.map(at => `file ${at}`)} marked={new Set(changed)} />
      <Links
        {...props}
        title={trans.__('Container, and what else it needed')}
        ids={extra.map(at => `file ${at}`)}
        marked={new Set(changed)}
      />
      {missing.length > 0 && (
        <p className="jp-Datalad-text">
          {trans.__('Not in the dataset, or in a subdataset that is not here: %1', missing.map(shownName).join(', '))}
        </p>
      )}
      <Links {...props} title={trans.__('It made')} ids={outputs.map(at => `file ${at}`)} />
      {more === true && <p className="jp-Datalad-text jp-Datalad-dim">{trans.__('It changed more files than are listed.')}</p>}
      <p className="jp-Datalad-branchButtons">
        <button type="button" className="jp-Datalad-button" onClick={() => execute(CommandIDs.history, { dataset, commit })}>
          {trans.__('Show the commit')}
        </button>
        {command !== undefined && <RunButtons {...{ dataset, commit, execute, trans }} />}
      </p>
    </>
  );
}

function FileDetails(props: IDetailPaneProps & { place: number }): JSX.Element {
  const { graph, place, dataset, trans, execute } = props;
  const file = graph.files[place];
  if (file === undefined) {
    return <></>;
  }
  const ids = (has: (run: GraphRun) => boolean): string[] => graph.runs.flatMap((run, at) => (has(run) ? [`run ${at}`] : []));
  const makers = ids(run => run.outputs.includes(place));
  return (
    <>
      <h3>{relativeName(file.path, dataset)}</h3>
      <p className="jp-Datalad-text jp-Datalad-dim">
        {file.state === 'current'
          ? trans.__('The last save has just this version.')
          : file.state === 'earlier'
            ? trans.__('An earlier version: the last save has another one.')
            : trans.__('It is not in the last save any more.')}
      </p>
      {file.software !== undefined && (
        <p className="jp-Datalad-text jp-Datalad-software">{softwareWords(file.software, trans).join(', ')}</p>
      )}
      {makers.length === 0 && <p className="jp-Datalad-text">{trans.__('No recorded run made it.')}</p>}
      <Links {...props} title={trans.__('Made by')} ids={makers} />
      <Links {...props} title={trans.__('Used by')} ids={ids(run => run.inputs.includes(place) || run.extra.includes(place))} />
      <p className="jp-Datalad-branchButtons">
        <button
          type="button"
          className="jp-Datalad-button"
          onClick={() => execute(CommandIDs.inspect, { dataset, path: file.path })}
        >
          {trans.__('Inspect')}
        </button>
        <button
          type="button"
          className="jp-Datalad-button"
          onClick={() => execute(CommandIDs.history, { dataset, path: file.path })}
        >
          {trans.__('History')}
        </button>
      </p>
    </>
  );
}

/** Links to other boxes. */
function Links({
  graph,
  dataset,
  trans,
  title,
  ids,
  marked,
  onSelect
}: IDetailPaneProps & { title: string; ids: readonly string[]; marked?: ReadonlySet<number> }): JSX.Element | null {
  return ids.length === 0 ? null : (
    <>
      <h4>{title}</h4>
      <ul className="jp-Datalad-provenanceLinks" aria-label={title}>
        {ids.slice(0, LISTED).map(id => {
          const place = Number(id.slice(id.indexOf(' ') + 1));
          const software = id.startsWith('file') ? graph.files[place]?.software : undefined;
          const isChanged = id.startsWith('file') && marked?.has(place) === true;
          return (
            <li key={id}>
              <button type="button" className="jp-Datalad-plain jp-Datalad-textButton" onClick={() => onSelect(id)}>
                {nameOf(graph, id, dataset)}
              </button>
              {isChanged && <span className="jp-Datalad-stale"> ⚠ {trans.__('changed since')}</span>}
              {software !== undefined && (
                <span className="jp-Datalad-software jp-Datalad-dim">{softwareWords(software, trans).join(', ')}</span>
              )}
              {id.startsWith('run') && graph.runs[place]?.stale !== undefined && (
                <span className="jp-Datalad-stale"> ⚠ {trans.__('stale')}</span>
              )}
            </li>
          );
        })}
      </ul>
      {ids.length > LISTED && <p className="jp-Datalad-text jp-Datalad-dim">{trans.__('and %1 more', ids.length - LISTED)}</p>}
    </>
  );
}

function nameOf({ files, runs }: Provenance, id: string, dataset: ContentsPath): string {
  const place = Number(id.slice(id.indexOf(' ') + 1));
  if (id.startsWith('run')) {
    return visible(runs[place]?.title ?? '') || '…';
  }
  const { path = '', version } = files[place] ?? {};
  return relativeName(path, dataset) + (version === undefined ? '' : ` (${version})`);
}
