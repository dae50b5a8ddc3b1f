import type { TranslationBundle } from '@jupyterlab/translation';
import { failureWords } from '../failures/words';
import type { Inspected } from '../../protocol/inspect';
import type { IInspectorState } from '../../tokens';
import type { IPanelActions } from '../types';
import { visible } from '../trust/visible';
import { Fact } from './fact';
import { noChecksumWords } from './inspectWords';

export interface IKeyFactsProps {
  annex: NonNullable<Inspected['annex']>;
  verifying: boolean;
  verified: IInspectorState['verified'];
  actions: Pick<IPanelActions, 'copy'>;
  trans: TranslationBundle;
  onVerify(): void;
  /** Has git-annex move damaged content away; it asks first. */
  onMoveAway(): void;
}

interface IContentFactsProps extends Pick<IKeyFactsProps, 'annex' | 'trans'> {
  details: Inspected;
  onGet(): void;
}

/** Whether annexed content is here, and in which form. */
export function ContentFacts({ details, annex, trans, onGet }: IContentFactsProps): JSX.Element {
  return (
    <>
      <Fact name={trans.__('Content')} trans={trans}>
        {annex.damaged === true
          ? trans.__('here, but not as long as it should be: it is damaged')
          : annex.here
            ? trans.__('here')
            : trans.__('not here')}
        {!annex.here && (
          <button type="button" className="jp-Datalad-button" onClick={onGet}>
            {trans.__('Get')}
          </button>
        )}
      </Fact>
      <Fact name={trans.__('Form')} trans={trans}>
        {details.kind === 'annex'
          ? trans.__('locked: a link to the content, which cannot be edited')
          : annex.edited === true
            ? trans.__('unlocked, and edited since the last save: what is below is of the last version')
            : trans.__('unlocked: an ordinary file, which can be edited')}
      </Fact>
    </>
  );
}

/** The key, and what it says of the content. */
export function KeyFacts(props: IKeyFactsProps): JSX.Element {
  const { annex, actions, trans } = props;
  return (
    <>
      <Fact name={trans.__('Key')} copied={annex.key} trans={trans} onCopy={actions.copy}>
        <code>{visible(annex.key)}</code>
      </Fact>
      <Fact name={trans.__('Backend')} trans={trans}>
        {annex.verifiable ? annex.backend : noChecksumWords(annex.backend, trans)}
      </Fact>
      {annex.checksum !== undefined && (
        <Fact name={trans.__('Checksum')} copied={annex.checksum} trans={trans} onCopy={actions.copy}>
          <code>{visible(annex.checksum)}</code>
          {annex.verifiable && <Verify {...props} />}
        </Fact>
      )}
    </>
  );
}

function Verify({ annex, verifying, verified, trans, onVerify, onMoveAway }: IKeyFactsProps): JSX.Element {
  const failure = verified?.failure ?? null;
  return (
    <span className="jp-Datalad-verify">
      {annex.here && (
        <button type="button" className="jp-Datalad-button" aria-disabled={verifying} onClick={onVerify}>
          {trans.__('Verify now')}
        </button>
      )}
      <span role="status">
        {verifying && trans.__('Reading all of it…')}
        {verified !== null && failure === null && trans.__('✓ The content matches.')}
        {failure !== null && <Differs failure={failure} trans={trans} />}
      </span>
      {failure?.kind === 'damaged-content' && (
        <button type="button" className="jp-Datalad-button" onClick={onMoveAway}>
          {trans.__('Move it away…')}
        </button>
      )}
    </span>
  );
}

function Differs({
  failure,
  trans
}: {
  failure: NonNullable<NonNullable<IInspectorState['verified']>['failure']>;
  trans: TranslationBundle;
}): JSX.Element {
  if (failure.kind !== 'damaged-content') {
    const { title, text } = failureWords(failure, { trans, names: [] });
    return <>{`${title} ${text}`}</>;
  }
  return (
    <>
      <strong>{trans.__('✗ The content differs: it was damaged.')}</strong>{' '}
      {trans.__(
        'Nothing was moved or deleted. Where another place has a copy, have the damaged one moved to .git/annex/bad, then get a sound one.'
      )}
    </>
  );
}
