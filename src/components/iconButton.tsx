import type { LabIcon } from '@jupyterlab/ui-components';
import type { MouseEvent } from 'react';

export interface IIconButtonProps {
  icon: LabIcon;
  /** Name for people who do not see the icon, and its tooltip. */
  label: string;
  pressed?: boolean;
  hasMenu?: boolean;
  onClick(event: MouseEvent<HTMLButtonElement>): void;
}

/** A button with nothing but an icon, at least 24 px wide and high. */
export function IconButton({ icon, label, pressed, hasMenu, onClick }: IIconButtonProps): JSX.Element {
  return (
    <button
      type="button"
      className="jp-Datalad-iconButton"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      aria-haspopup={hasMenu ? 'menu' : undefined}
      onClick={onClick}
    >
      <icon.react tag="span" width="16px" height="16px" />
    </button>
  );
}
