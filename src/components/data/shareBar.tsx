import type { TranslationBundle } from '@jupyterlab/translation';
import { formatPart, percent } from '../format';

export interface IShareBarProps {
  part: number;
  whole: number;
  label: string;
  trans: TranslationBundle;
}

/** A share as a bar: a state, not a progress, so it is a meter. */
export function ShareBar({ part, whole, label, trans }: IShareBarProps): JSX.Element {
  const share = percent(part, whole);
  return (
    <div
      role="meter"
      className="jp-Datalad-bar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share}
      aria-valuetext={formatPart(part, whole, trans)}
    >
      {part > 0 && <div className="jp-Datalad-barFill" style={{ width: `${share}%` }} />}
    </div>
  );
}
