/** What a call format may name, in braces; `cmd` is the command, the others are paths. */
export const CALL_PLACEHOLDERS = ['img', 'cmd', 'img_dspath', 'img_dirpath', 'python'] as const;
export type CallPlaceholder = (typeof CALL_PLACEHOLDERS)[number];

/**
 * What is wrong with a call format. `first-word`: a shell is handed the command word by word, and takes the first alone for the program to
 * run. `list`: of a time before call formats were text.
 */
export type CallFormatProblem =
  | { readonly kind: 'no-command' | 'no-image' | 'first-word' | 'braces' | 'list' }
  | { readonly kind: 'placeholder'; readonly name: string };

/**
 * How a call format hands the command on: as `words`, so that what follows `&&`, `|` or `>` is outside of the container; in `single` or
 * `double` quotes, which a command must not hold itself.
 */
export type Quoting = 'words' | 'single' | 'double';

type Part = { readonly text: string } | { readonly name: string };

/** Pieces of a call format as Python's `str.format` takes it; null where Python would not take it. */
function parse(format: string): Part[] | null {
  const parts: Part[] = [];
  let rest = format;
  while (rest !== '') {
    const [whole, text, name] = /^(?:((?:[^{}]|\{\{|\}\})+)|\{(\w*)\})/u.exec(rest) ?? [];
    if (whole === undefined) {
      return null;
    }
    parts.push(name === undefined ? { text: (text ?? '').replaceAll('{{', '{').replaceAll('}}', '}') } : { name });
    rest = rest.slice(whole.length);
  }
  return parts;
}

function isPlaceholder(name: string): name is CallPlaceholder {
  return CALL_PLACEHOLDERS.some(known => known === name);
}

/** What would keep a container from running the command that it is given, or only the command. */
export function callFormatProblems(format: string): CallFormatProblem[] {
  if (isList(format)) {
    return [{ kind: 'list' }];
  }
  const parts = parse(format);
  if (parts === null) {
    return [{ kind: 'braces' }];
  }
  const names = parts.flatMap(part => ('name' in part ? [part.name] : []));
  const unknown = [...new Set(names)].filter(name => !isPlaceholder(name));
  return [
    ...unknown.map(name => ({ kind: 'placeholder' as const, name })),
    ...(names.includes('cmd') ? [] : [{ kind: 'no-command' as const }]),
    ...(names.some(name => name === 'img' || name === 'img_dirpath') ? [] : [{ kind: 'no-image' as const }]),
    ...(/\s-[a-z]*c\s+\{cmd\}/u.test(format) ? [{ kind: 'first-word' as const }] : [])
  ];
}

function isList(format: string): boolean {
  try {
    return format.startsWith('[') && Array.isArray(JSON.parse(format));
  } catch {
    return false;
  }
}

/** How the command is handed on; null where it is not. */
export function quotingOf(format: string): Quoting | null {
  const [, before, after] = /(.?)\{cmd\}(.?)/su.exec(format) ?? [];
  if (before === undefined) {
    return null;
  }
  return before === after && before === '"' ? 'double' : before === after && before === "'" ? 'single' : 'words';
}

/** The call with paths and command in their places, as `containers-run` makes it; null where it could not. */
export function expandCall(format: string, values: Readonly<Record<CallPlaceholder, string>>): string | null {
  const parts = isList(format) ? null : parse(format);
  const texts = parts?.map(part => ('text' in part ? part.text : isPlaceholder(part.name) ? values[part.name] : null));
  return texts === undefined || texts.includes(null) ? null : texts.join('');
}
