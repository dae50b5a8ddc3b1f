import type { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import { jupyterTheme } from '@jupyterlab/codemirror';
import type { TranslationBundle } from '@jupyterlab/translation';
import { type DiffConfig, presentableDiff } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';

/** Milliseconds a comparison may take before it gets coarser, and changed characters it looks at closely. */
const LIMITS: DiffConfig = { scanLimit: 1_000, timeout: 100 };

/** White space within one line, which `git diff -w` passes over. */
const SPACE = /[^\S\n]+/gu;

/** How two texts are compared. */
export function diffConfig(ignoreSpace: boolean): DiffConfig {
  const bare = (text: string): string => text.replace(SPACE, '');
  return ignoreSpace
    ? {
        ...LIMITS,
        override: (a, b) =>
          presentableDiff(a, b, LIMITS).filter(
            ({ fromA, toA, fromB, toB }) => bare(a.slice(fromA, toA)) !== bare(b.slice(fromB, toB))
          )
      }
    : LIMITS;
}

export interface IEditorOptions {
  /** Name for people who do not see where it stands. */
  label: string;
  wrap: boolean;
  language: Extension | null;
  trans: TranslationBundle;
}

/** A text to be read, in JupyterLab's colours; the keyboard reaches it, to scroll and to select. */
export function readingEditor({ label, wrap, language, trans }: IEditorOptions): Extension {
  return [
    lineNumbers(),
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': label }),
    EditorState.phrases.of({ '$ unchanged lines': trans.__('$ unchanged lines') }),
    jupyterTheme,
    wrap ? EditorView.lineWrapping : [],
    language ?? []
  ];
}

/** The part of a text that has to be replaced to make another one of it; null where they are the same. */
export function replacement(before: string, after: string): { from: number; to: number; insert: string } | null {
  if (before === after) {
    return null;
  }
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before.charCodeAt(from) === after.charCodeAt(from)) {
    from += 1;
  }
  let end = 0;
  while (end < shorter - from && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) {
    end += 1;
  }
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}

/** What highlights a file by its name, or a language by its own; null where nothing is known of it. */
export async function languageFor(
  languages: IEditorLanguageRegistry | null,
  { file, name }: { file?: string; name?: string }
): Promise<Extension | null> {
  const found = file === undefined ? (name === undefined ? null : languages?.findBest(name)) : languages?.findByFileName(file);
  return found === null || found === undefined ? null : ((await languages?.getLanguage(found))?.support ?? null);
}
