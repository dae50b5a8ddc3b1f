import * as v from 'valibot';
import { fail } from '../../../protocol/failure';
import { displayName } from '../../bytes';
import { openRegular, readRegular } from '../../regularFile';

/** More than anybody's notebook; with outputs they can be large. */
const MOST = 200 * 1024 * 1024;

const Text = v.union([v.string(), v.array(v.string())]);
const Cell = v.object({
  cell_type: v.string(),
  source: Text,
  metadata: v.optional(v.object({ tags: v.optional(v.array(v.string()), []) }), {})
});
const Notebook = v.object({
  nbformat: v.number(),
  metadata: v.object({
    kernelspec: v.optional(v.object({ name: v.string(), language: v.optional(v.string()) })),
    language_info: v.optional(v.object({ name: v.string() }))
  }),
  cells: v.array(Cell)
});

/** A notebook as far as its execution is concerned. */
export interface INotebook {
  readonly kernel: { readonly name: string; readonly language: string } | null;
  /** Sources of the cells of code that are executed. */
  readonly cells: readonly string[];
  /** Source of the first cell with the tag `parameters`. */
  readonly parameters: string | null;
  /** Which of the cells that are executed papermill adds, counted from 1, to hold what it is told; null where there is one already. */
  readonly added: number | null;
}

/** Reads a notebook; fails with `bad-notebook` where it is none, with `not-here` where its content is missing. */
export async function readNotebook(path: string): Promise<INotebook> {
  return parseNotebook((await readNotebookText(path)).toString('utf8'));
}

/** The bytes of a file that may be a notebook; fails as `readNotebook` does. */
export async function readNotebookText(path: string): Promise<Buffer> {
  const text = await readRegular(path, MOST);
  if (text === null) {
    const parameters = { path: displayName(path.slice(path.lastIndexOf('/') + 1)) };
    const opened = await openRegular(path);
    await opened?.file.close();
    return opened === null
      ? fail('not-here', 'The notebook is not here.', { hint: 'Get it first.', parameters })
      : fail('bad-notebook', 'This notebook is too large.', { parameters });
  }
  return text;
}

/** Parses the JSON of a notebook in format 4. */
export function parseNotebook(text: string): INotebook {
  const { metadata, cells } = parse(text);
  const sourceOf = ({ source }: v.InferOutput<typeof Cell>): string => (typeof source === 'string' ? source : source.join(''));
  const code = cells.filter(cell => cell.cell_type === 'code');
  const tagged = (tag: string): typeof code => code.filter(cell => cell.metadata.tags.includes(tag));
  const [parameters] = tagged('parameters');
  // As nbclient has it: what is empty, or has this tag, is not executed.
  const executed = (cell: (typeof code)[number]): boolean =>
    !cell.metadata.tags.includes('skip-execution') && sourceOf(cell).trim() !== '';
  const before = parameters === undefined ? [] : code.slice(0, code.indexOf(parameters) + 1);
  const { kernelspec, language_info: language } = metadata;
  return {
    kernel: kernelspec === undefined ? null : { name: kernelspec.name, language: kernelspec.language ?? language?.name ?? '' },
    cells: code.filter(executed).map(sourceOf),
    parameters: parameters === undefined ? null : sourceOf(parameters),
    added: tagged('injected-parameters').length > 0 ? null : before.filter(executed).length + 1
  };
}

function parse(text: string): v.InferOutput<typeof Notebook> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return fail('bad-notebook', 'This is no notebook: it is not JSON.', { detail: String(error) });
  }
  const parsed = v.safeParse(Notebook, json);
  if (parsed.success && parsed.output.nbformat === 4) {
    return parsed.output;
  }
  const old = v.is(v.object({ nbformat: v.pipe(v.number(), v.maxValue(3)) }), json);
  return old
    ? fail('bad-notebook', 'This notebook has an old format.', { hint: 'Open it, and save it, to have it converted.' })
    : fail('bad-notebook', 'This is no notebook that could be executed.', {
        detail: parsed.success ? '' : v.summarize(parsed.issues)
      });
}

/** Assignments of a cell of parameters, as far as they stand in one line each; `#` and what follows is left out. */
export function parseParameters(source: string): { name: string; value: string }[] {
  return source.split('\n').flatMap(line => {
    const [, name, value] = /^([\p{L}_][\p{L}\p{N}_.]*)\s*(?::[^=]+)?(?:=|<-)\s*([^=].*?)\s*(?:#.*)?$/u.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [{ name, value }];
  });
}
