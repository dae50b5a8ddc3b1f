import type { TranslationBundle } from '@jupyterlab/translation';
import { plainName, shownName } from '../../protocol/names';
import type { RulePreview } from '../../protocol/rules';
import { formatCount } from '../format';
import { VirtualList } from '../virtualList';

export interface ICaughtFilesProps {
  shown: NonNullable<RulePreview['shown']>;
  trans: TranslationBundle;
}

/** The files that a rule is for; those for which another one is stronger say so. */
export function CaughtFiles({ shown, trans }: ICaughtFilesProps): JSX.Element | null {
  const { files, total, line } = shown;
  if (total === 0) {
    return null;
  }
  return (
    <div className="jp-Datalad-caught">
      {total > files.length && (
        <p className="jp-Datalad-dim">{trans.__('The first %1 of %2:', formatCount(files.length), formatCount(total))}</p>
      )}
      <VirtualList
        items={files}
        label={trans.__('Files of line %1', line)}
        keyOf={({ name }) => name}
        row={({ name, decides }, tabIndex) => (
          <span
            className="jp-Datalad-caughtFile"
            data-roving=""
            tabIndex={tabIndex}
            title={shownName(name)}
            aria-label={decides ? plainName(name) : trans.__('%1, overridden', plainName(name))}
            role="group"
          >
            <span className="jp-Datalad-name">
              <span className="jp-Datalad-lead">{shownName(name)}</span>
            </span>
            {!decides && <span className="jp-Datalad-tag">{trans.__('overridden')}</span>}
          </span>
        )}
      />
    </div>
  );
}
