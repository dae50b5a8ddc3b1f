import { access, constants } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import type { CallOutput, ParsedCallInput } from '../../../protocol/contract';
import { fail } from '../../../protocol/failure';
import { notebookCommand } from '../../../protocol/notebookCommand';
import { exists } from '../../exists';
import { isWithin } from '../../nesting';
import type { PathBoundary } from '../../paths';
import { parseNotebook, parseParameters, readNotebook } from './notebookFile';
import { runFiles } from './runFiles';
import { namedFiles } from '../../../protocol/namedFiles';
import { isFolder } from '../../dataset/findRepositories';

interface IPlanOptions {
  readonly boundary: PathBoundary;
  /** That of a terminal: programs are looked for on its PATH. */
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Looks at a notebook before it is executed; nothing is started. */
export async function planNotebook(
  input: ParsedCallInput<'planNotebook'>,
  { boundary, env }: IPlanOptions
): Promise<CallOutput<'planNotebook'>> {
  const [dataset, path] = [boundary.resolveFolder(input.dataset), boundary.resolve(input.path)];
  if (!isWithin(path, dataset) || path === dataset) {
    fail('outside-root', 'The notebook is not in this dataset.', { parameters: { path: input.path } });
  }
  const notebook = path.slice(dataset.length + 1);
  const { kernel, cells, parameters } = input.text === undefined ? await readNotebook(path) : parseNotebook(input.text);
  const named = cells.flatMap(namedFiles);
  const inDataset = (name: string): string | null => {
    const place = normalize(join(dirname(path), name));
    const relative = place.slice(dataset.length + 1);
    return isWithin(place, dataset) && place !== path && !/^(?:$|\.git(?:\/|$))/u.test(relative) ? relative : null;
  };
  const written = new Set(named.filter(file => file.written).map(({ name }) => inDataset(name)));
  const names = [...new Set(named.map(({ name }) => inDataset(name)))].filter(name => name !== null);
  const files = await Promise.all(names.map(async name => ((await isFile(join(dataset, name))) ? name : null)));
  const there = files.filter(name => name !== null);
  return {
    kernel,
    cells: cells.length,
    parameters: parameters === null ? [] : parseParameters(parameters),
    papermill: await isProgram('papermill', env),
    inputs: await runFiles(
      dataset,
      there.filter(name => !written.has(name)),
      'source'
    ),
    outputs: await runFiles(
      dataset,
      there.filter(name => written.has(name)),
      'source'
    ),
    command: notebookCommand(notebook)
  };
}

async function isFile(path: string): Promise<boolean> {
  return exists(path) && !(await isFolder(path));
}

async function isProgram(name: string, env: Readonly<Record<string, string>>): Promise<boolean> {
  const folders = (env['PATH'] ?? '').split(':');
  const found = folders.map(folder =>
    access(join(folder, name), constants.X_OK).then(
      () => true,
      () => false
    )
  );
  return (await Promise.all(found)).includes(true);
}
