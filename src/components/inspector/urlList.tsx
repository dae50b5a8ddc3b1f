import type { TranslationBundle } from '@jupyterlab/translation';
import { closeIcon, copyIcon } from '@jupyterlab/ui-components';
import type { Inspected } from '../../protocol/inspect';
import type { ContentsPath } from '../../protocol/paths';
import { CommandIDs } from '../../tokens';
import { IconButton } from '../iconButton';
import { visible } from '../trust/visible';
import type { IPanelActions } from '../types';

export interface IUrlListProps {
  path: ContentsPath;
  urls: NonNullable<Inspected['annex']>['urls'];
  actions: Pick<IPanelActions, 'copy' | 'execute'>;
  trans: TranslationBundle;
}

/** Addresses that content can be loaded from, which can be added and removed; those that a browser opens are links, unless a secret was taken out. */
export function UrlList({ path, urls, actions, trans }: IUrlListProps): JSX.Element {
  return (
    <>
      {urls.length > 0 && (
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
              <IconButton
                icon={copyIcon}
                label={trans.__('Copy the address %1', visible(url))}
                onClick={() => actions.copy(url)}
              />
              <IconButton
                icon={closeIcon}
                label={trans.__('Remove the address %1…', visible(url))}
                onClick={() => void actions.execute(CommandIDs.removeSource, { path, url })}
              />
            </li>
          ))}
        </ul>
      )}
      <button
        type="button"
        className="jp-Datalad-button"
        onClick={() => void actions.execute(CommandIDs.addSource, { paths: [path] })}
      >
        {trans.__('Add a source…')}
      </button>
    </>
  );
}
