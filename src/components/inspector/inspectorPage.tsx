import type { TranslationBundle } from '@jupyterlab/translation';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { Inspected } from '../../protocol/inspect';
import type { ContentsPath } from '../../protocol/paths';
import { formatSize } from '../../protocol/size';
import { CommandIDs, type IInspectorState } from '../../tokens';
import { failureWords } from '../failures/words';
import { lastName, relativeName } from '../names';
import { visible } from '../trust/visible';
import type { IPanelActions } from '../types';
import { ContentFacts, KeyFacts } from './annexFacts';
import { CopiesView } from './copiesView';
import { Fact } from './fact';
import { keptWords, ruledWords } from './inspectWords';
import { LearnMore } from './learnMore';
import { OriginView } from './originView';
import { UrlList } from './urlList';

export interface IInspectorPageProps {
  state: IInspectorState;
  actions: Pick<IPanelActions, 'execute' | 'has' | 'copy'>;
  trans: TranslationBundle;
  /** The moment that ages are told from. */
  now: number;
  onBack(): void;
  onVerify(): void;
}

/** One file looked at closely, or the copies of several; it takes the place of the panel's sections until one goes back. */
export function InspectorPage(props: IInspectorPageProps): JSX.Element | null {
  const { state, trans, onBack } = props;
  const { request } = state;
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus(), [request]);
  if (request === null) {
    return null;
  }
  const { dataset, paths } = request;
  const [path = dataset] = paths;
  const title = paths.length > 1 ? trans._n('%1 item', '%1 items', paths.length) : lastName(path) || trans.__('All files');
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onBack();
    }
  };
  return (
    <section className="jp-Datalad-inspector" aria-label={trans.__('Inspect %1', title)} onKeyDown={onKeyDown}>
      <button ref={back} type="button" className="jp-Datalad-button" onClick={onBack}>
        {trans.__('‹ Back')}
      </button>
      <h3 className="jp-Datalad-inspected">{title}</h3>
      {paths.length === 1 && path !== dataset && lastName(path) !== relativeName(path, dataset) && (
        <p className="jp-Datalad-text jp-Datalad-dim">{relativeName(path, dataset)}</p>
      )}
      <Body {...props} />
    </section>
  );
}

function Body(props: IInspectorPageProps): JSX.Element {
  const { details, copies, failure } = props.state;
  const { trans } = props;
  if (failure !== null) {
    const { title, text } = failureWords(failure, { trans, names: [] });
    return <p className="jp-Datalad-text" role="status">{`${title} ${text}`}</p>;
  }
  if (copies !== null) {
    return (
      <Part title={trans.__('Copies')}>
        <CopiesView copies={copies} trans={trans} />
      </Part>
    );
  }
  return details === null ? (
    <p className="jp-Datalad-text jp-Datalad-dim" role="status">
      {trans.__('Reading…')}
    </p>
  ) : (
    <FileFacts {...props} details={details} />
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }): JSX.Element {
  return (
    <>
      <h4 className="jp-Datalad-part">{title}</h4>
      {children}
    </>
  );
}

function FileFacts(props: IInspectorPageProps & { details: Inspected }): JSX.Element {
  const { state, details, actions, trans, now, onVerify } = props;
  const { annex, bytes, target, path } = details;
  const ruled = ruledWords(details, trans);
  const dataset = state.request?.dataset ?? path;
  const get = (file: ContentsPath): void => void actions.execute(CommandIDs.get, { dataset, paths: [file] });
  const history = (commit?: string): void => {
    void actions.execute(CommandIDs.history, { dataset, ...(commit === undefined ? { path } : { commit }) });
  };
  return (
    <>
      <dl className="jp-Datalad-facts">
        <Fact name={trans.__('Kept')} trans={trans}>
          {keptWords(details, trans)}
        </Fact>
        {ruled !== null && (
          <Fact name={trans.__('Rule')} trans={trans}>
            {ruled}
          </Fact>
        )}
        <Fact name={trans.__('Size')} trans={trans}>
          {bytes === undefined ? trans.__('not known') : formatSize(bytes)}
        </Fact>
        {annex !== undefined && <ContentFacts details={details} annex={annex} trans={trans} onGet={() => get(path)} />}
        {target !== undefined && (
          <Fact name={trans.__('Link to')} copied={target} trans={trans} onCopy={actions.copy}>
            <code className="jp-Datalad-oneLine" title={target}>
              {visible(target)}
            </code>
          </Fact>
        )}
      </dl>
      {annex !== undefined && (
        <Part title={trans.__('Copies')}>
          <CopiesView copies={annex.copies} trans={trans} />
          <UrlList urls={annex.urls} actions={actions} trans={trans} path={path} />
        </Part>
      )}
      {annex !== undefined && (
        <Part title={trans.__('Key')}>
          <dl className="jp-Datalad-facts">
            <KeyFacts
              annex={annex}
              verifying={state.verifying}
              verified={state.verified}
              actions={actions}
              trans={trans}
              onVerify={onVerify}
              onMoveAway={() => void actions.execute(CommandIDs.fsck, { dataset, paths: [path], content: true })}
            />
          </dl>
        </Part>
      )}
      <Part title={trans.__('Origin')}>
        <OriginView
          origin={state.origin}
          failure={state.originFailure}
          trans={trans}
          now={now}
          dataset={dataset}
          execute={actions.execute}
          onHistory={history}
          onBlame={
            details.kind === 'git' && actions.has(CommandIDs.blame)
              ? () => void actions.execute(CommandIDs.blame, { dataset, path })
              : null
          }
          onProvenance={() => void actions.execute(CommandIDs.provenance, { dataset, paths: [path] })}
          onGet={get}
        />
      </Part>
      <LearnMore trans={trans} />
    </>
  );
}
