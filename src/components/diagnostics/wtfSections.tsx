import { copyIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISetupState, IWtfSection } from '../../models/setupModel';
import { visible } from '../trust/visible';
import { IconButton } from '../iconButton';
import { Printed } from '../printed';
import { sectionText } from './report';

export interface IWtfSectionsProps {
  wtf: ISetupState['wtf'];
  onAsk(): void;
  onCopy(text: string): void;
  trans: TranslationBundle;
}

/** What `datalad wtf` tells, section by section, each to be copied alone. */
export function WtfSections({ wtf: { phase, sections }, onAsk, onCopy, trans }: IWtfSectionsProps): JSX.Element {
  return (
    <>
      {phase !== 'ready' && (
        <p>{trans.__('“datalad wtf” tells much more, and takes a few seconds. Passwords and tokens are taken out.')}</p>
      )}
      {phase === 'failed' && <p role="alert">{trans.__('DataLad could not tell. Commands in the panel says why.')}</p>}
      <div className="jp-Datalad-buttons">
        <button
          type="button"
          className="jp-Datalad-button"
          aria-disabled={phase === 'asking'}
          onClick={phase === 'asking' ? undefined : onAsk}
        >
          {phase === 'asking' ? trans.__('Asking…') : phase === 'ready' ? trans.__('Ask again') : trans.__('Ask DataLad')}
        </button>
      </div>
      {sections.map(section => (
        <Section key={section.name} section={section} onCopy={onCopy} trans={trans} />
      ))}
    </>
  );
}

interface ISectionProps extends Pick<IWtfSectionsProps, 'onCopy' | 'trans'> {
  section: IWtfSection;
}

function Section({ section, onCopy, trans }: ISectionProps): JSX.Element {
  const name = visible(section.name);
  return (
    <details className="jp-Datalad-wtf">
      <summary>{name}</summary>
      <div className="jp-Datalad-wtfText">
        <Printed label={name} text={section.text.split('\n').map(visible).join('\n')} />
        <IconButton icon={copyIcon} label={trans.__('Copy %1', name)} onClick={() => onCopy(sectionText(section))} />
      </div>
    </details>
  );
}
