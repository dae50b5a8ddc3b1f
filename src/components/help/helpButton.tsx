import type { TranslationBundle } from '@jupyterlab/translation';

export interface IHelpButtonProps {
  trans: TranslationBundle;
  /** Whether the help it unfolds is shown; absent where a dialog opens. */
  expanded?: boolean;
  /** Id of what it unfolds. */
  controls?: string;
  onClick(): void;
}

/** A question mark beside a line. */
export function HelpButton({ trans, expanded, controls, onClick }: IHelpButtonProps): JSX.Element {
  const label = trans.__('Help on this line');
  return (
    <button
      type="button"
      className="jp-Datalad-copyAs"
      aria-label={label}
      title={label}
      aria-expanded={expanded}
      aria-controls={controls}
      aria-haspopup={expanded === undefined ? 'dialog' : undefined}
      onClick={onClick}
    >
      ?
    </button>
  );
}
