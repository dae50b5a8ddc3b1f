import { Dialog, ReactWidget } from '@jupyterlab/apputils';
import type { ReactElement } from 'react';
import { useEffect, useState } from 'react';

/** Draws the body of a dialog from its value; `change` replaces the value. */
type FormView<T> = (value: T, change: (value: T) => void) => ReactElement;

export interface IFormOptions<T> {
  title: string;
  initial: T;
  view: FormView<T>;
  /** Label of the button that goes on; null where there is nothing to go on with. */
  accept: string | null;
  /** Label of the button that does not. */
  cancel: string;
  /** Where the dialog puts the focus at first; default: the first field. */
  focus?: string;
  /** Enter, wherever it is pressed, does not accept; only the button does. */
  careful?: true;
  /** Values with which the dialog ends at once. */
  leaves?(value: T): boolean;
}

interface IStatefulProps<T> {
  initial: T;
  view: FormView<T>;
  onChange(value: T): void;
}

function Stateful<T>({ initial, view, onChange }: IStatefulProps<T>): ReactElement {
  const [value, setValue] = useState(initial);
  useEffect(() => onChange(value), [value, onChange]);
  return view(value, setValue);
}

class FormBody<T> extends ReactWidget {
  constructor(
    private readonly options: IFormOptions<T>,
    private readonly leave: () => void,
    private value = options.initial
  ) {
    super();
    this.addClass('jp-Datalad-form');
  }

  getValue(): T {
    return this.value;
  }

  protected override render(): ReactElement {
    return <Stateful initial={this.options.initial} view={this.options.view} onChange={this.onChange} />;
  }

  private readonly onChange = (value: T): void => {
    this.value = value;
    // A dialog looks for invalid fields on input events only, and before React has drawn what follows from them.
    this.node.dispatchEvent(new Event('input', { bubbles: true }));
    if (this.options.leaves?.(value) === true) {
      this.leave();
    }
  };
}

/** Asks with a form in one of JupyterLab's dialogs; null when the user cancels. */
export async function askForm<T>(options: IFormOptions<T>): Promise<T | null> {
  const { accept, careful } = options;
  let left = false;
  const body = new FormBody(options, () => {
    left = true;
    // Not while React draws what the dialog would take away.
    queueMicrotask(() => dialog.resolve(0));
  });
  const dialog = new Dialog<T>({
    title: options.title,
    body,
    buttons: [
      Dialog.cancelButton({ label: options.cancel }),
      ...(accept === null ? [] : [careful ? Dialog.warnButton({ label: accept }) : Dialog.okButton({ label: accept })])
    ],
    ...(careful ? { defaultButton: 0 } : {}),
    focusNodeSelector: options.focus ?? (careful ? '' : 'input, textarea')
  });
  if (!careful) {
    acceptWithAccelEnter(dialog);
  }
  const { button, value } = await dialog.launch();
  return left ? body.getValue() : button.accept ? value : null;
}

/** Tells something in which one thing may be chosen, which closes the dialog; null where none was. */
export async function tellForm<T>({
  title,
  close,
  view
}: {
  title: string;
  /** Label of the only button. */
  close: string;
  view(choose: (value: T) => void): ReactElement;
}): Promise<T | null> {
  let chosen = null as T | null;
  const choose = (value: T): void => {
    chosen = value;
    dialog.resolve(0);
  };
  const body = ReactWidget.create(<div className="jp-Datalad-form">{view(choose)}</div>);
  const dialog = new Dialog<unknown>({ title, body, buttons: [Dialog.okButton({ label: close })] });
  await dialog.launch();
  return chosen;
}

/** In a text area Enter alone begins a line. */
function acceptWithAccelEnter<T>(dialog: Dialog<T>): void {
  dialog.node.addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      dialog.resolve();
    }
  });
}
