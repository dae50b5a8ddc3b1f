import { type ContentsPath, contentsPath } from '../../protocol/paths';
import type { ICommandContext } from './context';

/** The folder in which something new is made when no path was given: the one the file browser shows. */
export function freePath({ selection, datalad }: ICommandContext): ContentsPath {
  return selection.folder() ?? datalad.current.state.folder ?? contentsPath('');
}

/** The dataset a folder lies in, or null. */
export async function datasetAround({ datalad }: ICommandContext, folder: ContentsPath): Promise<ContentsPath | null> {
  const known = datalad.rows.listing(folder);
  return known === undefined
    ? ((await datalad.client.call('dataset', { path: folder }))?.dataset.path ?? null)
    : (known.dataset?.path ?? null);
}
