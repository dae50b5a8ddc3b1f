import { join } from 'node:path';
import type { CallOutput, ParsedCallInput } from '../../../protocol/contract';
import type { Row } from '../../../protocol/dataset';
import { fail, FailureError } from '../../../protocol/failure';
import type { Commit } from '../../../protocol/history';
import type { ContentsPath } from '../../../protocol/paths';
import type { CallHandlers } from '../../handlers';
import { isWithin } from '../../nesting';
import type { AbsolutePath, PathBoundary } from '../../paths';
import { readCopies } from '../copies/readCopies';
import type { FigureBoard } from '../figures/figureBoard';
import type { ILogEntry } from '../history/parseLog';
import { select } from '../plans/selection';
import type { Repositories } from '../repositories';
import type { Repository } from '../repository';
import { readRunRecord } from '../runs/runRecord';
import type { IPython } from '../runs/unpack';
import { inspectFile } from './inspectFile';
import { readOrigin } from './readOrigin';

interface IInspectorOptions {
  boundary: PathBoundary;
  repositories: Repositories;
  board: FigureBoard;
  python: IPython;
  /** What the folder around a path lists at it. */
  row(input: { path: ContentsPath }, signal: AbortSignal): Promise<Row | null>;
}

type InspectHandlers = Pick<CallHandlers, 'copies' | 'inspect' | 'origin'>;

/** Answers what one looks at closely: where content is, what a file is, where it comes from. Nothing here writes or starts git-annex. */
export class Inspector implements InspectHandlers {
  constructor(private readonly options: IInspectorOptions) {}

  copies = async ({ paths }: ParsedCallInput<'copies'>, signal: AbortSignal): Promise<CallOutput<'copies'>> => {
    const { boundary, repositories, board } = this.options;
    const absolute = paths.map(path => boundary.resolve(path));
    const { selections } = await select(absolute, { repositories, board, recursive: false, signal });
    const below = selections.flatMap(({ repository, figures }) =>
      figures.files.subdatasets.map(sub => join(repository.root, sub)).filter(sub => absolute.some(path => isBelow(sub, path)))
    );
    return await readCopies(selections, { subdatasets: below.length, signal });
  };

  inspect = async ({ dataset, path }: ParsedCallInput<'inspect'>, signal: AbortSignal): Promise<CallOutput<'inspect'>> => {
    const repository = await this.open(dataset);
    const relative = this.relative(repository, path);
    if (relative === '') {
      return { path, kind: 'dataset' };
    }
    const row = (await this.listed(path, signal)) ?? (await this.hidden(repository, relative));
    if (row === null) {
      return fail('not-found', 'There is nothing at this path.', { parameters: { path } });
    }
    const { kind, change } = row;
    return kind === 'directory' || kind === 'dataset' || kind === 'dataset-absent'
      ? { path, kind, ...(change === undefined ? {} : { change }) }
      : { path, ...(await inspectFile(repository, { path: relative, row, signal })) };
  };

  origin = async ({ dataset, path }: ParsedCallInput<'origin'>, signal: AbortSignal): Promise<CallOutput<'origin'>> => {
    const repository = await this.open(dataset);
    const { last, run } = await readOrigin(repository, this.relative(repository, path), signal);
    const toContents = (relative: string): ContentsPath =>
      this.options.boundary.toContents(join(repository.root, relative) as AbsolutePath);
    const record =
      run &&
      (await readRunRecord(repository, {
        ...this.options.python,
        commit: run.entry.id,
        message: run.entry.message,
        toContents,
        signal
      }));
    return {
      last: last === null ? null : commitOf(last),
      run: run && { commit: commitOf(run.entry), record: record ?? { state: 'too-large' }, unchanged: run.unchanged }
    };
  };

  private async listed(path: ContentsPath, signal: AbortSignal): Promise<Row | null> {
    try {
      return await this.options.row({ path }, signal);
    } catch (error) {
      // On a branch that hides files, whole folders may not be there.
      return isMissing(error) ? null : Promise.reject(error as Error);
    }
  }

  /** A file that the branch leaves out of the folder, since it is not here. */
  private async hidden(repository: Repository, relative: string): Promise<Pick<Row, 'kind' | 'key' | 'bytes' | 'change'> | null> {
    const { files } = await this.options.board.figures(repository);
    const at = files.at(relative);
    if (at === undefined) {
      return null;
    }
    const place = files.keyOf[at] ?? 0;
    const bytes = files.bytes[place] ?? -1;
    return { kind: 'annex', key: files.keys[place], ...(bytes < 0 ? {} : { bytes }) };
  }

  private async open(dataset: ContentsPath): Promise<Repository> {
    const { boundary, repositories } = this.options;
    const root = await repositories.rootOf(boundary.resolve(dataset));
    return root === null ? fail('not-a-dataset', 'There is no dataset here.') : await repositories.open(root);
  }

  private relative({ root }: Repository, path: ContentsPath): string {
    const absolute: AbsolutePath = this.options.boundary.resolve(path);
    return isWithin(absolute, root) && !isWithin(absolute, join(root, '.git'))
      ? absolute.slice(root.length + 1)
      : fail('outside-root', `${path} is not in this dataset.`, { parameters: { path } });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof FailureError && error.failure.kind === 'not-found';
}

function isBelow(path: string, folder: string): boolean {
  return path !== folder && isWithin(path, folder);
}

function commitOf({ committer: _, committed: __, message: ___, file: ____, names, ...commit }: ILogEntry): Commit {
  return { ...commit, names: names.map(({ kind, name }) => ({ kind, name })) };
}
