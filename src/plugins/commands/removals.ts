import type { TranslationBundle } from '@jupyterlab/translation';
import { shownName } from '../../protocol/names';
import { fail } from '../../protocol/failure';
import type { Holding } from '../../protocol/holding';
import { type ContentsPath, isWithin } from '../../protocol/paths';

/** What one job removes. */
export interface IRemoval {
  readonly dataset: ContentsPath;
  readonly paths: ContentsPath[];
}

/** Without those that lie below another one: they go with it. */
export function outermost(paths: readonly ContentsPath[]): ContentsPath[] {
  return paths.filter((path, at) => !paths.some((other, index) => isOver(other, path) || (other === path && index < at)));
}

function isOver(folder: ContentsPath, path: ContentsPath): boolean {
  return folder !== path && isWithin(path, folder);
}

/** Fails where what would be lost is not known, or nobody could check it. */
export function requireKnown(holdings: readonly Holding[], trans: TranslationBundle): void {
  for (const { path, unchecked, complete } of holdings) {
    const [store] = unchecked;
    if (store !== undefined) {
      fail(
        'holds-dataset',
        trans.__('%1 holds annexed content in a repository of its own, which DataLad does not check.', shownName(store)),
        {
          hint: trans.__('Make sure that everything in it is elsewhere, then delete it in a terminal.')
        }
      );
    }
    if (!complete) {
      fail('unknown', trans.__('Not everything in %1 could be looked at, so nothing was removed.', shownName(path)));
    }
  }
}

/** Where each dataset is removed: from the one that it is registered in, else by itself. */
export function removalsOf(holdings: readonly Holding[]): IRemoval[] {
  const found = new Map<ContentsPath, ContentsPath[]>();
  for (const { dataset, path } of holdings.flatMap(({ datasets }) => datasets)) {
    found.set(dataset, [...(found.get(dataset) ?? []), path]);
  }
  return [...found].map(([dataset, paths]) => ({ dataset, paths }));
}

/** Whether a removal is a commit in the dataset around. */
export function isRegistered({ dataset, paths }: IRemoval): boolean {
  return !paths.includes(dataset);
}
