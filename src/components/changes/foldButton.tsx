import type { TranslationBundle } from '@jupyterlab/translation';
import { caretDownIcon, caretRightIcon } from '@jupyterlab/ui-components';
import type { ChangedFile } from '../../protocol/dataset';

export interface IFoldButtonProps {
  file: ChangedFile;
  name: string;
  open: boolean;
  tabIndex: 0 | -1;
  trans: TranslationBundle;
  onFold(file: ChangedFile): void;
}

/** Shows or hides what is changed inside a subdataset. */
export function FoldButton({ file, name, open, tabIndex, trans, onFold }: IFoldButtonProps): JSX.Element {
  const Caret = open ? caretDownIcon.react : caretRightIcon.react;
  return (
    <button
      type="button"
      className="jp-Datalad-plain jp-Datalad-fold"
      tabIndex={tabIndex}
      aria-expanded={open}
      aria-label={trans.__('Changes inside %1', name)}
      title={trans.__('Changes inside')}
      onClick={() => onFold(file)}
    >
      <Caret tag="span" width="16px" height="16px" />
    </button>
  );
}
