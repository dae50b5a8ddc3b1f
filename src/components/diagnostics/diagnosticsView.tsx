import type { TranslationBundle } from '@jupyterlab/translation';
import { type ReactNode, useId } from 'react';
import type { ISetupState } from '../../models/setupModel';
import { plainName } from '../../protocol/names';
import type { Setup } from '../../protocol/setup';
import { FailureBlock } from '../failures/failureBlock';
import { Printed } from '../printed';
import { ExtensionList } from './extensionList';
import { type FindingAction, findingsOf, type IFinding } from './findings';
import { reportOf, versionsOf } from './report';
import { WtfSections } from './wtfSections';

export interface IDiagnosticsActions {
  copy(text: string): void;
  refresh(): void;
  setIdentity(): void;
  setExtension(name: string, on: boolean): void;
  askWtf(): void;
}

export interface IDiagnosticsViewProps {
  state: ISetupState;
  actions: IDiagnosticsActions;
  trans: TranslationBundle;
}

/** With what DataLad works here and for whom: what is wrong first, then who, versions, extensions and what DataLad says itself. */
export function DiagnosticsView({ state, actions, trans }: IDiagnosticsViewProps): JSX.Element {
  const { setup, failure, wtf } = state;
  return (
    <div className="jp-Datalad-page">
      <div className="jp-Datalad-pageHeader">
        <h2>{trans.__('Set-up of DataLad')}</h2>
        <div className="jp-Datalad-buttons">
          {setup !== null && (
            <button
              type="button"
              className="jp-Datalad-button"
              title={trans.__('As Markdown, without secrets')}
              onClick={() => actions.copy(reportOf(setup, wtf.sections, trans))}
            >
              {trans.__('Copy for a report')}
            </button>
          )}
          <button type="button" className="jp-Datalad-button" onClick={actions.refresh}>
            {trans.__('Look again')}
          </button>
        </div>
      </div>
      {failure !== null && <FailureBlock failure={failure} trans={trans} onAction={actions.refresh} />}
      {setup === null && failure === null && <p>{trans.__('Looking…')}</p>}
      {setup !== null && (
        <>
          <Findings findings={findingsOf(setup, trans)} actions={actions} trans={trans} />
          <Identity setup={setup} dataset={state.dataset} onChange={actions.setIdentity} trans={trans} />
          <Versions setup={setup} trans={trans} />
          <Part title={trans.__('Extensions of DataLad')}>
            <ExtensionList extensions={setup.extensions} switching={state.switching} onSet={actions.setExtension} trans={trans} />
          </Part>
          <Part title={trans.__('What DataLad says of itself')}>
            <WtfSections wtf={wtf} onAsk={actions.askWtf} onCopy={actions.copy} trans={trans} />
          </Part>
        </>
      )}
    </div>
  );
}

/** A region of the page with its heading. */
export function Part({ title, children }: { title: string; children: ReactNode }): JSX.Element {
  const id = useId();
  return (
    <section className="jp-Datalad-pagePart" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}

function Findings({
  findings,
  actions,
  trans
}: {
  findings: readonly IFinding[];
  actions: IDiagnosticsActions;
  trans: TranslationBundle;
}): JSX.Element {
  const act = (action: FindingAction): void =>
    action.type === 'identity' ? actions.setIdentity() : actions.setExtension(action.name, action.on);
  return (
    <Part title={trans.__('Findings')}>
      {findings.length === 0 && <p>{trans.__('Everything that DataLad needs is here.')}</p>}
      {findings.map(({ gravity, title, text, command, action }) => (
        <div key={title} className="jp-Datalad-note" data-gravity={gravity}>
          <strong className="jp-Datalad-noteTitle">{title}</strong>
          <p>{text}</p>
          {command !== undefined && <Printed label={trans.__('In a terminal')} text={command} />}
          {action !== undefined && (
            <div className="jp-Datalad-buttons">
              <button type="button" className="jp-Datalad-button" onClick={() => act(action)}>
                {action.label}
              </button>
            </div>
          )}
        </div>
      ))}
    </Part>
  );
}

function Identity({
  setup: { identity },
  dataset,
  onChange,
  trans
}: {
  setup: Setup;
  dataset: string;
  onChange(): void;
  trans: TranslationBundle;
}): JSX.Element {
  const person = ({ name, email }: Setup['identity']['user']): string =>
    name === null && email === null
      ? trans.__('not set')
      : `${plainName(name ?? trans.__('(no name)'))} <${plainName(email ?? trans.__('no e-mail'))}>`;
  return (
    <Part title={trans.__('Who makes the changes')}>
      <dl className="jp-Datalad-pageFacts">
        <dt>{trans.__('You')}</dt>
        <dd>{person(identity.user)}</dd>
        {identity.dataset !== null && (
          <>
            <dt>{trans.__('In %1', plainName(dataset) || '/')}</dt>
            <dd>{person(identity.dataset)}</dd>
          </>
        )}
      </dl>
      <div className="jp-Datalad-buttons">
        <button type="button" className="jp-Datalad-button" onClick={onChange}>
          {trans.__('Change name and e-mail…')}
        </button>
      </div>
    </Part>
  );
}

function Versions({ setup, trans }: { setup: Setup; trans: TranslationBundle }): JSX.Element {
  return (
    <Part title={trans.__('Versions')}>
      <dl className="jp-Datalad-pageFacts">
        {versionsOf(setup).map(({ name, version, required }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {version ?? trans.__('not found')}
              {required !== undefined && ` (${trans.__('%1 or newer is needed', required)})`}
            </dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}
