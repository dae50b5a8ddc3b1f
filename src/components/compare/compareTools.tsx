import { caretDownIcon, caretUpIcon } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { IconButton } from '../iconButton';
import type { ImageLayout } from './imageCompare';
import type { IChangeSteps, ITextOptions } from './textCompare';
import type { ViewKind } from './viewOf';

/** How files are shown. */
export interface ICompareOptions extends ITextOptions {
  readonly image: ImageLayout;
}

export const START_OPTIONS: ICompareOptions = { layout: 'side', ignoreSpace: false, wrap: true, fold: true, image: 'side' };

export interface ICompareToolsProps {
  views: readonly ViewKind[];
  view: ViewKind;
  onView(view: ViewKind): void;
  options: ICompareOptions;
  onOptions(change: Partial<ICompareOptions>): void;
  /** Null where there are no changes to go to. */
  steps: IChangeSteps | null;
  /** Leads to the parts of the change, to discard some of them; null where that is not to be had. */
  onDiscardParts: (() => void) | null;
  trans: TranslationBundle;
}

/** The buttons above a comparison: only those that do something in this view. */
export function CompareTools(props: ICompareToolsProps): JSX.Element | null {
  const { views, view, onView, options, onOptions, steps, onDiscardParts, trans } = props;
  const hasText = view === 'text' || view === 'notebook';
  if (!hasText && view !== 'image' && view !== 'hunks' && views.length < 2) {
    return null;
  }
  return (
    <div className="jp-Datalad-compareTools">
      {views.length > 1 && (
        <Choice label={trans.__('Shown as')} options={viewOptions(views, trans)} value={view} onChange={onView} />
      )}
      {hasText && (
        <Choice
          label={trans.__('Layout')}
          options={[
            ['side', trans.__('Side by side')],
            ['inline', trans.__('Inline')]
          ]}
          value={options.layout}
          onChange={layout => onOptions({ layout })}
        />
      )}
      {view === 'image' && (
        <Choice
          label={trans.__('Layout')}
          options={[
            ['side', trans.__('Side by side')],
            ['swipe', trans.__('Swipe')],
            ['difference', trans.__('Difference')]
          ]}
          value={options.image}
          onChange={image => onOptions({ image })}
        />
      )}
      {(hasText || view === 'hunks') && (
        <Toggle
          label={trans.__('Ignore white space')}
          on={options.ignoreSpace}
          onChange={ignoreSpace => onOptions({ ignoreSpace })}
        />
      )}
      {hasText && (
        <>
          <Toggle label={trans.__('Wrap lines')} on={options.wrap} onChange={wrap => onOptions({ wrap })} />
          <Toggle label={trans.__('Fold what is the same')} on={options.fold} onChange={fold => onOptions({ fold })} />
        </>
      )}
      {steps !== null && (
        <span className="jp-Datalad-steps">
          <span role="status">{trans._n('%1 change', '%1 changes', steps.count)}</span>
          <IconButton icon={caretUpIcon} label={trans.__('Previous change')} onClick={steps.previous} />
          <IconButton icon={caretDownIcon} label={trans.__('Next change')} onClick={steps.next} />
        </span>
      )}
      {onDiscardParts !== null && (
        <button type="button" className="jp-Datalad-button" onClick={onDiscardParts}>
          {trans.__('Discard parts…')}
        </button>
      )}
    </div>
  );
}

/** The ways to show a file with their names. */
export function viewOptions(views: readonly ViewKind[], trans: TranslationBundle): (readonly [ViewKind, string])[] {
  const names: Partial<Record<ViewKind, string>> = {
    image: trans.__('Picture'),
    table: trans.__('Table'),
    notebook: trans.__('Notebook'),
    text: trans.__('Text')
  };
  return views.map(kind => [kind, names[kind] ?? kind] as const);
}

interface IChoiceProps<T extends string> {
  label: string;
  options: readonly (readonly [value: T, name: string])[];
  value: T;
  onChange(value: T): void;
}

export function Choice<T extends string>({ label, options, value, onChange }: IChoiceProps<T>): JSX.Element {
  return (
    <span role="group" aria-label={label} className="jp-Datalad-choice">
      {options.map(([option, name]) => (
        <button
          key={option}
          type="button"
          className="jp-Datalad-button"
          aria-pressed={option === value}
          onClick={() => onChange(option)}
        >
          {name}
        </button>
      ))}
    </span>
  );
}

export function Toggle({ label, on, onChange }: { label: string; on: boolean; onChange(on: boolean): void }): JSX.Element {
  return (
    <label className="jp-Datalad-toggle">
      <input type="checkbox" checked={on} onChange={event => onChange(event.currentTarget.checked)} />
      {label}
    </label>
  );
}
