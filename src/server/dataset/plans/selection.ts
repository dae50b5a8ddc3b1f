import { join } from 'node:path';
import { fail } from '../../../protocol/failure';
import type { AbsolutePath } from '../../paths';
import type { AnnexedFiles } from '../figures/annexedFiles';
import type { Figures } from '../figures/figures';
import type { FigureBoard } from '../figures/figureBoard';
import type { Repositories } from '../repositories';
import type { Repository } from '../repository';

/** The annexed files of one dataset that a request means. */
export interface ISelection {
  repository: Repository;
  figures: Figures;
  /** Places in `figures.files.paths`. */
  chosen: Set<number>;
}

interface ISelectOptions {
  repositories: Repositories;
  board: FigureBoard;
  /** Follow installed subdatasets below the paths. */
  recursive: boolean;
  signal: AbortSignal;
}

/** Sorts paths by the dataset they lie in; a folder or dataset stands for everything in it, subdatasets only when recursive. */
export async function select(
  paths: readonly AbsolutePath[],
  options: ISelectOptions
): Promise<{ selections: ISelection[]; absent: AbsolutePath[] }> {
  const selections = new Map<AbsolutePath, ISelection>();
  const absent = new Set<AbsolutePath>();
  const queue = [...paths];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    options.signal.throwIfAborted();
    const path = next;
    const root = (await options.repositories.rootOf(path)) ?? fail('not-a-dataset', 'There is no dataset here.');
    const selection = selections.get(root) ?? (await open(root, options));
    selections.set(root, selection);
    const { files } = selection.figures;
    const relative = path.slice(root.length + 1);
    filesAt(files, relative).forEach(at => selection.chosen.add(at));
    for (const sub of files.subdatasets.filter(sub => relative === '' || sub === relative || sub.startsWith(`${relative}/`))) {
      const folder = join(root, sub) as AbsolutePath;
      if (!(await options.repositories.isRoot(folder))) {
        absent.add(folder);
      } else if (options.recursive) {
        queue.push(folder);
      }
    }
  }
  return { selections: [...selections.values()], absent: [...absent] };
}

async function open(root: AbsolutePath, { repositories, board }: ISelectOptions): Promise<ISelection> {
  const repository = await repositories.open(root);
  return { repository, figures: await board.figures(repository), chosen: new Set() };
}

/** Places of the annexed files at or below a path. */
function filesAt(files: AnnexedFiles, relative: string): number[] {
  const range = files.ranges.get(relative);
  if (range !== undefined) {
    return Array.from({ length: range[1] - range[0] }, (_, index) => range[0] + index);
  }
  const at = files.at(relative);
  return at === undefined ? [] : [at];
}
