import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { Contents } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import { lastName } from '../../components/names';
import type { Holding } from '../../protocol/holding';
import { type ContentsPath, folderOf } from '../../protocol/paths';
import type { IDatalad, IOutcome } from '../../tokens';
import { decideDeletion } from './decide';
import { gather } from './gather';
import { groupBy } from './groupBy';
import type { Surroundings } from './surroundings';

/** What became of a path: it is gone, is left to JupyterLab, or stays. */
export type Fate = 'gone' | 'stock' | 'stays';

export interface IDeletionsOptions {
  datalad: Pick<IDatalad, 'jobs'>;
  surroundings: Surroundings;
  contents: Pick<Contents.IManager, 'get'>;
  /** Asks, and removes datasets after DataLad's checks. */
  remove: (paths: ContentsPath[]) => Promise<IOutcome>;
  trans: TranslationBundle;
}

/** Deletes what JupyterLab must not, or cannot, delete by itself. */
export class Deletions {
  constructor(private readonly options: IDeletionsOptions) {}

  /** Paths that are deleted within a moment are one question and one job. */
  readonly delete = gather<ContentsPath, Fate>(async paths => {
    const fates = new Map<ContentsPath, Fate>();
    const groups = groupBy(paths, path => decideDeletion(this.options.surroundings.known(path)));
    await this.byJob('deleteFiles', groups.get('unlink') ?? [], fates);
    await this.byJob('discard', groups.get('discard') ?? [], fates);
    await this.lookInto(groups.get('look') ?? [], fates);
    return paths.map(path => fates.get(path) ?? 'stock');
  });

  private async byJob(
    name: 'deleteFiles' | 'discard',
    paths: readonly ContentsPath[],
    fates: Map<ContentsPath, Fate>
  ): Promise<void> {
    const { datalad, surroundings } = this.options;
    const folders = groupBy(paths, folderOf);
    for (const [folder, inside] of folders) {
      const dataset = await surroundings.datasetOf(folder);
      if (dataset === null || dataset === undefined) {
        continue;
      }
      // What could not be deleted is told like any other failed job.
      const { status } = await datalad.jobs.run(name, { dataset, paths: inside });
      inside.forEach(path => fates.set(path, status === 'ok' ? 'gone' : 'stays'));
    }
  }

  private async lookInto(paths: ContentsPath[], fates: Map<ContentsPath, Fate>): Promise<void> {
    const holdings = paths.length === 0 ? [] : await this.options.surroundings.holdings(paths);
    if (holdings === undefined) {
      await this.askBlindly(paths, fates);
      return;
    }
    await this.askBlindly(
      holdings.filter(({ complete }) => !complete).map(({ path }) => path),
      fates
    );
    const holding = holdings.filter(({ complete, datasets, unchecked }) => complete && datasets.length + unchecked.length > 0);
    if (holding.length === 0) {
      return;
    }
    const { status } = await this.options.remove(holding.flatMap(placesToRemove));
    holding.forEach(({ path, isDataset }) => fates.set(path, status !== 'ok' ? 'stays' : isDataset ? 'gone' : 'stock'));
  }

  /** Nobody could tell what lies in these folders: the user decides, and nothing is lost by Enter. */
  private async askBlindly(paths: readonly ContentsPath[], fates: Map<ContentsPath, Fate>): Promise<void> {
    const { trans } = this.options;
    const folders: ContentsPath[] = [];
    for (const path of paths) {
      if (await this.isFolder(path)) {
        folders.push(path);
      }
    }
    if (folders.length === 0) {
      return;
    }
    const { button } = await showDialog({
      title: trans.__('Delete Without a Check?'),
      body: trans.__(
        'It could not be told whether a dataset lies in %1. If so, content or commits that are nowhere else would be lost with it.',
        folders.map(lastName).join(', ')
      ),
      buttons: [Dialog.cancelButton(), Dialog.warnButton({ label: trans.__('Delete All the Same') })],
      defaultButton: 0
    });
    folders.forEach(path => fates.set(path, button.accept ? 'stock' : 'stays'));
  }

  private async isFolder(path: ContentsPath): Promise<boolean> {
    return await this.options.contents.get(path, { content: false }).then(
      ({ type }) => type === 'directory',
      () => false
    );
  }
}

/** The datasets in it; where nobody can check what is in it, the whole, which is then refused. */
function placesToRemove({ path, datasets, unchecked }: Holding): ContentsPath[] {
  return unchecked.length > 0 ? [path] : datasets.map(dataset => dataset.path);
}
