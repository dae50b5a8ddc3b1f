import { copyIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactNode } from 'react';
import { IconButton } from '../iconButton';

export interface IFactProps {
  name: string;
  children: ReactNode;
  /** What a button copies; absent: none. */
  copied?: string;
  trans: TranslationBundle;
  onCopy?(text: string): void;
}

/** One line of a list of facts: a name, a value, and a button to copy it. */
export function Fact({ name, children, copied, trans, onCopy }: IFactProps): JSX.Element {
  return (
    <div className="jp-Datalad-fact">
      <dt>{name}</dt>
      <dd>
        <span className="jp-Datalad-factValue">{children}</span>
        {copied !== undefined && onCopy !== undefined && (
          <IconButton icon={copyIcon} label={trans.__('Copy: %1', name)} onClick={() => onCopy(copied)} />
        )}
      </dd>
    </div>
  );
}
