import type { TranslationBundle } from '@jupyterlab/translation';
import { copyIcon } from '@jupyterlab/ui-components';
import type { Inspected } from '../../protocol/inspect';
import { IconButton } from '../iconButton';
import { visible } from '../trust/visible';
import type { IPanelActions } from '../types';

export interface IUrlListProps {
  urls: NonNullable<Inspected['annex']>['urls'];
  actions: Pick<IPanelActions, 'copy'>;
  trans: TranslationBundle;
}

/** Addresses that content can be loaded from; those that a browser opens are links, unless a secret was taken out. */
export function UrlList({ urls, actions, trans }: IUrlListProps): JSX.Element | null {
  return urls.length === 0 ? null : (
    <ul className="jp-Datalad-urls" aria-label={trans.__('Addresses')}>
      {urls.map(({ url, redacted }) => (
        <li key={url}>
          {redacted || !/^https?:\/\//i.test(url) ? (
            <span title={redacted ? trans.__('A password or token is hidden') : undefined}>{visible(url)}</span>
          ) : (
            <a href={url} target="_blank" rel="noopener noreferrer">
              {visible(url)}
            </a>
          )}
          <IconButton icon={copyIcon} label={trans.__('Copy the address %1', visible(url))} onClick={() => actions.copy(url)} />
        </li>
      ))}
    </ul>
  );
}
