import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { TranslationBundle } from '@jupyterlab/translation';
import { getChunks, goToNextChunk, goToPreviousChunk, MergeView, unifiedMergeView } from '@codemirror/merge';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { diffConfig, languageFor, readingEditor, replacement } from './editorParts';

/** How texts are shown. */
export interface ITextOptions {
  readonly layout: 'side' | 'inline';
  readonly ignoreSpace: boolean;
  readonly wrap: boolean;
  /** Long stretches without a change are folded. */
  readonly fold: boolean;
}

/** Moves between changes. */
export interface IChangeSteps {
  readonly count: number;
  next(): void;
  previous(): void;
}

export interface ITextCompareProps {
  before: string;
  after: string;
  /** Names of the sides. */
  labels: readonly [string, string];
  /** What the texts are written in: a file by its name, or a language by its own. */
  language: { file?: string; name?: string };
  languages: IEditorLanguageRegistry | null;
  options: ITextOptions;
  trans: TranslationBundle;
  /** Told when the changes are known, and null when the view goes. */
  onSteps?(steps: IChangeSteps | null): void;
}

/** Two texts in JupyterLab's own editor, beside each other or in one, with what changed marked. */
export function TextCompare(props: ITextCompareProps): JSX.Element {
  const { before, after, labels, language, languages, options, trans, onSteps } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<IView | null>(null);
  const support = useLanguage(languages, language);
  const { layout, ignoreSpace, wrap, fold } = options;
  const [first, second] = labels;
  const texts = useRef({ before, after });
  const tell = useRef(onSteps);
  // Before the effects below, which must not begin anew with each text.
  useLayoutEffect(() => {
    texts.current = { before, after };
    tell.current = onSteps;
  });

  useEffect(() => {
    const parent = host.current;
    if (parent === null || support === undefined) {
      return;
    }
    const editor = (label: string): Extension => readingEditor({ label, wrap, language: support, trans });
    const made = makeView({ ...texts.current, layout, fold, ignoreSpace, parent, editors: [editor(first), editor(second)] });
    view.current = made;
    tell.current?.(made.steps());
    return () => {
      view.current = null;
      tell.current?.(null);
      made.destroy();
    };
  }, [layout, ignoreSpace, wrap, fold, support, first, second, trans]);

  useEffect(() => {
    if (view.current?.update(before, after)) {
      tell.current?.(view.current.steps());
    }
  }, [before, after]);

  return <div ref={host} className="jp-Datalad-compareText" data-layout={layout} />;
}

/** What highlights a text; undefined until it is known. */
export function useLanguage(
  languages: IEditorLanguageRegistry | null,
  { file, name }: { file?: string; name?: string }
): Extension | null | undefined {
  const [support, setSupport] = useState<Extension | null | undefined>(undefined);
  useEffect(() => {
    let wanted = true;
    languageFor(languages, { file, name })
      .catch(() => null)
      .then(
        found => (wanted ? setSupport(found) : undefined),
        () => undefined
      );
    return () => {
      wanted = false;
    };
  }, [languages, file, name]);
  return support;
}

interface IView {
  steps(): IChangeSteps;
  /** Takes other texts on without losing the place; false where they are the same. */
  update(before: string, after: string): boolean;
  destroy(): void;
}

interface IViewOptions {
  before: string;
  after: string;
  layout: ITextOptions['layout'];
  fold: boolean;
  ignoreSpace: boolean;
  parent: HTMLElement;
  editors: readonly [Extension, Extension];
}

function makeView(options: IViewOptions): IView {
  return options.layout === 'side' ? sideBySide(options) : inline(options);
}

const FOLD = { margin: 3, minSize: 6 };

function sideBySide({ before, after, fold, ignoreSpace, parent, editors }: IViewOptions): IView {
  const merge = new MergeView({
    a: { doc: before, extensions: editors[0] },
    b: { doc: after, extensions: editors[1] },
    parent,
    diffConfig: diffConfig(ignoreSpace),
    ...(fold ? { collapseUnchanged: FOLD } : {})
  });
  let shown = { before, after };
  return {
    steps: () => stepsOf(merge.b),
    update: (before, after) => {
      const [a, b] = [exchange(merge.a, shown.before, before), exchange(merge.b, shown.after, after)];
      shown = { before, after };
      return a || b;
    },
    destroy: () => merge.destroy()
  };
}

function inline({ before, after, fold, ignoreSpace, parent, editors }: IViewOptions): IView {
  const make = (before: string, after: string): EditorView =>
    new EditorView({
      doc: after,
      parent,
      extensions: [
        editors[1],
        unifiedMergeView({
          original: before,
          mergeControls: false,
          diffConfig: diffConfig(ignoreSpace),
          ...(fold ? { collapseUnchanged: FOLD } : {})
        })
      ]
    });
  let view = make(before, after);
  let shown = { before, after };
  return {
    steps: () => stepsOf(view),
    update: (before, after) => {
      if (before === shown.before) {
        const isNew = exchange(view, shown.after, after);
        shown = { before, after };
        return isNew;
      }
      // The original cannot be exchanged as a whole.
      const { scrollTop } = parent;
      view.destroy();
      view = make(before, after);
      shown = { before, after };
      parent.scrollTop = scrollTop;
      return true;
    },
    destroy: () => view.destroy()
  };
}

/** Only what differs is replaced, so that the rest, the selection and the place stay. */
function exchange(view: EditorView, before: string, after: string): boolean {
  if (before === after) {
    return false;
  }
  // The editor counts line ends as one character, however they are written.
  const changes = replacement(view.state.doc.toString(), after.replace(/\r\n?/g, '\n'));
  if (changes !== null) {
    view.dispatch({ changes });
  }
  return true;
}

function stepsOf(view: EditorView): IChangeSteps {
  return {
    count: getChunks(view.state)?.chunks.length ?? 0,
    next: () => void goToNextChunk(view),
    previous: () => void goToPreviousChunk(view)
  };
}
