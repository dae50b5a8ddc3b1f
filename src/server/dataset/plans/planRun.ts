import { join } from 'node:path';
import type { ParsedCallInput } from '../../../protocol/contract';
import type { Amount } from '../../../protocol/dataset';
import { isReady, type RunPlan, type RunProblem, TEMPORARY } from '../../../protocol/runPlan';
import { type RunMatch, SHOWN_MATCHES } from '../../../protocol/runRequest';
import { displayName } from '../../bytes';
import { isDirectory } from '../../exists';
import type { AbsolutePath } from '../../paths';
import { emptyAmount } from '../figures/figures';
import type { FigureBoard } from '../figures/figureBoard';
import type { Repositories } from '../repositories';
import type { Repository } from '../repository';
import { absentInputs } from '../runs/absentInputs';
import { callInContainer } from '../runs/containerRun';
import { type IMatches, Matches } from '../runs/matches';
import { placeIn } from '../runs/parseRecord';
import { fill, quoted } from '../runs/placeholders';
import { readPython } from '../runs/pythonFound';
import { type ISpecifications, specificationsOf, valuesOf } from '../runs/specifications';
import { readSubstitutions } from '../runs/substitutions';
import { freeSpace } from './diskReserve';
import { addKey, planGet } from './planGet';
import { type ISelection, select } from './selection';

interface IOptions {
  readonly repository: Repository;
  /** Absolute: where the command runs; in the dataset. */
  readonly folder: AbsolutePath;
  readonly repositories: Repositories;
  readonly board: FigureBoard;
  readonly env: Record<string, string>;
  /** The environment that the command will have. */
  readonly terminalEnv: Record<string, string>;
  /** The program that runs DataLad. */
  readonly python: string;
  readonly signal: AbortSignal;
}

type Request = Pick<ParsedCallInput<'planRun'>, 'command' | 'container' | 'inputs' | 'outputs' | 'assumeReady'>;

/** The files of one list, and what is wrong with it. */
interface IFound {
  readonly matches: readonly RunMatch[];
  /** In the dataset, relative to the folder; of patterns that files fit. */
  readonly files: readonly string[];
  /** As DataLad puts them into the command. */
  readonly words: readonly string[];
  readonly problems: readonly RunProblem[];
}

/** What `datalad run`, or `datalad containers-run`, would do before the command, and what it would run. */
export async function planRun(request: Request, options: IOptions): Promise<RunPlan> {
  const { container, inputs = [], outputs = [], assumeReady } = request;
  const { repository, folder, signal } = options;
  const call =
    container === undefined ? null : await callInContainer({ ...request, ...options, name: container, root: repository.root });
  // What is wrong with the call of a container is told beside that.
  const command = container === undefined ? request.command : (call?.command ?? null);
  const substitutions = await readSubstitutions(repository, options);
  const specifications = specificationsOf({ inputs, outputs, substitutions, folder });
  const matches = new Matches(repository.root, folder, signal);
  const [ready, prepared] = [isReady('inputs', assumeReady), isReady('outputs', assumeReady)];
  const input = await find('inputs', specifications.inputs, { matches, options, optional: ready });
  const output = await find('outputs', specifications.outputs, { matches, options, optional: true });
  const needed = specificationsOf({ inputs: call?.needed ?? [], outputs: [], substitutions, folder }).inputs;
  const extra = await find('container', needed, { matches, options, optional: false });
  const absent = ready ? [] : await absentInputs(repository, { ...placed(options), inputs: specifications.inputs.patterns });
  const problems = [
    ...((await isDirectory(folder)) ? [] : [{ kind: 'no-folder', place: 'folder', text: placed(options).folder } as const]),
    ...input.problems,
    ...output.problems,
    ...extra.problems,
    ...absent.map((text): RunProblem => ({ kind: 'not-installed', place: 'inputs', text }))
  ];
  const shown = command === null ? null : shownCommand(command, { input, output, options, values: valuesOf(substitutions) });
  const outside = problems.some(({ kind }) => kind !== 'no-match' && kind !== 'not-installed') || matches.truncated;
  const fetched = await selectionsOf([...(ready ? [] : input.files), ...extra.files], options);
  const { toGet, unavailable } = await planGet(fetched, signal);
  return {
    inputs: [...input.matches],
    outputs: [...output.matches],
    truncated: matches.truncated,
    toGet,
    unavailable,
    ...(await prepare(prepared ? [] : output.files, fetched, options)),
    free: await freeSpace(repository),
    command: outside || shown === null || !('filled' in shown) ? null : shown.filled,
    substitutions: [...substitutions].map(([name, { values, from }]) => ({ name, value: values.join(' '), from })),
    python: await readPython(options.terminalEnv, { root: repository.root, folder }),
    problems: shown === null || 'filled' in shown ? problems : [shown, ...problems]
  };
}

function placed({ repository, folder, env }: IOptions): { folder: string; env: Record<string, string> } {
  return { folder: folder.slice(repository.root.length + 1), env };
}

async function find(
  place: 'inputs' | 'outputs' | 'container',
  { patterns, whole, troubles }: ISpecifications,
  { matches, options, optional }: { matches: Matches; options: IOptions; optional: boolean }
): Promise<IFound> {
  const problems = troubles.map((trouble): RunProblem => ({ ...trouble, place }));
  const found: RunMatch[] = whole ? [{ pattern: '.', found: 'folder', count: 1, names: ['.'] }] : [];
  const [files, words] = [whole ? ['.'] : [], [] as string[]];
  for (const pattern of patterns) {
    if (placeIn(placed(options).folder, pattern) === null) {
      problems.push({ kind: 'outside', place, text: pattern });
      continue;
    }
    const wasOut = matches.leadsOut;
    const match = await matches.of(pattern);
    if (matches.leadsOut && !wasOut) {
      problems.push({ kind: 'links', place, text: pattern });
    } else if (match.found !== 'all' && !optional) {
      problems.push({ kind: 'no-match', place, text: pattern });
    }
    files.push(...(match.found === 'all' ? match.paths : []));
    words.push(...match.paths);
    found.push(await tellMatch(pattern, match, options.folder));
  }
  return { matches: found, files, words, problems };
}

async function tellMatch(pattern: string, { paths, found }: IMatches, folder: AbsolutePath): Promise<RunMatch> {
  if (found === 'none') {
    return { pattern, found, count: 0, names: [] };
  }
  const isFolder = found === 'all' && paths.length === 1 && (await isDirectory(join(folder, paths[0] ?? '')));
  return {
    pattern,
    found: found === 'folders' ? found : isFolder ? 'folder' : 'files',
    count: paths.length,
    names: paths.slice(0, SHOWN_MATCHES).map(displayName)
  };
}

function shownCommand(
  command: string,
  { input, output, options, values }: { input: IFound; output: IFound; options: IOptions; values: ReturnType<typeof valuesOf> }
): { readonly filled: string } | RunProblem {
  const filled = fill(
    command,
    new Map([
      ...values,
      ['pwd', options.folder],
      ['dspath', options.repository.root],
      ['tmpdir', command.includes('{tmpdir}') ? TEMPORARY : ''],
      ['inputs', input.words.map(quoted)],
      ['outputs', output.words.map(quoted)]
    ]),
    { lists: true }
  );
  return 'text' in filled ? { filled: displayName(filled.text) } : { ...filled.trouble, place: 'command' };
}

async function selectionsOf(files: readonly string[], { folder, repositories, board, signal }: IOptions): Promise<ISelection[]> {
  const paths = files.map(file => join(folder, file).replace(/(?<=.)\/$/u, '') as AbsolutePath);
  return (await select(paths, { repositories, board, recursive: false, signal })).selections;
}

/** What becomes of outputs: with their content here they are unlocked, without it DataLad removes them, but none below a folder. */
async function prepare(
  files: readonly string[],
  fetched: readonly ISelection[],
  options: IOptions
): Promise<{ toUnlock: Amount; toRemove: number }> {
  const toUnlock = emptyAmount();
  let toRemove = 0;
  const named = new Set(files.map(file => join(options.folder, file)));
  for (const { repository, figures, chosen } of await selectionsOf(files, options)) {
    const { keyOf, paths, unlocked, bytes } = figures.files;
    const coming = new Set(
      fetched.filter(one => one.repository === repository).flatMap(one => [...one.chosen].map(at => keyOf[at]))
    );
    for (const at of chosen) {
      const key = keyOf[at] ?? 0;
      if (figures.here[key] !== 1 && !coming.has(key)) {
        toRemove += named.has(join(repository.root, paths[at] ?? '')) ? 1 : 0;
      } else if (unlocked[at] !== true) {
        addKey(toUnlock, bytes[key] ?? -1);
      }
    }
  }
  return { toUnlock, toRemove };
}
