import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import type { TranslationBundle } from '@jupyterlab/translation';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { readingEditor } from '../compare/editorParts';
import { useLanguage } from '../compare/textCompare';

export interface ITextViewProps {
  text: string;
  /** Name for people who do not see where it stands. */
  label: string;
  language: { file?: string; name?: string };
  languages: IEditorLanguageRegistry | null;
  wrap: boolean;
  trans: TranslationBundle;
}

/** A text in JupyterLab's own editor, to be read. */
export function TextView({ text, label, language, languages, wrap, trans }: ITextViewProps): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const support = useLanguage(languages, language);
  useEffect(() => {
    if (host.current === null || support === undefined) {
      return;
    }
    const view = new EditorView({
      doc: text,
      parent: host.current,
      extensions: readingEditor({ label, wrap, language: support, trans })
    });
    return () => view.destroy();
  }, [text, label, support, wrap, trans]);
  return <div ref={host} className="jp-Datalad-compareText" data-layout="inline" />;
}
