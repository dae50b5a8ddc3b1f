import { ServerConnection } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import { type ContentsPath, contentsPath, folderOf, isContentsPath, nameOf } from '../../protocol/paths';
import { lastName } from '../../components/names';
import type { IDatalad, IOutcome } from '../../tokens';
import {
  type Copy,
  decideCopy,
  datasetsIn,
  decideFolderCopy,
  decideFolderMove,
  decideMove,
  type Move,
  type Refusal
} from './decide';
import { gather } from './gather';
import { groupBy } from './groupBy';
import { failedOutcome, refusal } from './refusals';
import type { Surroundings } from './surroundings';

export interface IPlacementsOptions {
  datalad: Pick<IDatalad, 'jobs'>;
  surroundings: Surroundings;
  /** Copies into a dataset, after asking for what is missing. */
  copyFile: (paths: ContentsPath[], to: ContentsPath, leave: ContentsPath[]) => Promise<IOutcome>;
  /** JupyterLab's own, for a folder that is whole wherever it lies. */
  rename: (from: ContentsPath, to: ContentsPath) => Promise<unknown>;
  trans: TranslationBundle;
}

interface IMoveOrder {
  dataset: ContentsPath;
  from: ContentsPath;
  to: ContentsPath;
  /** Datasets in it, which are moved by themselves. */
  leave: readonly ContentsPath[];
}
interface ICopyOrder {
  from: ContentsPath;
  /** The folder. */
  to: ContentsPath;
  /** Datasets in it that are not copied. */
  leave: readonly ContentsPath[];
}
interface IDeleteOrder {
  dataset: ContentsPath;
  from: ContentsPath;
  copy: ContentsPath;
}

/** Moves and copies what JupyterLab would break: links, registered subdatasets, and content that lies elsewhere than its file. */
export class Placements {
  constructor(private readonly options: IPlacementsOptions) {}

  /** Whether it was moved; otherwise it is JupyterLab's matter. Rejects in words for its dialog. */
  async move(from: ContentsPath, to: ContentsPath): Promise<boolean> {
    const { surroundings } = this.options;
    const [source, target] = await Promise.all([surroundings.source(from), surroundings.datasetOf(folderOf(to))]);
    const sameFolder = folderOf(from) === folderOf(to);
    const decided = decideMove({ ...source, target, sameFolder });
    const holding = decided === null ? await this.look(from) : null;
    const way = holding === null ? decided : decideFolderMove(holding, target);
    if (way === 'stock' || way === null) {
      return false;
    }
    this.refuse(way, from);
    await this.requireFree(to);
    const dataset = source.dataset ?? null;
    if (way === 'job' && dataset !== null) {
      await this.moveWithin({ dataset, from, to, leave: [] });
    } else if (dataset !== null) {
      const order = { dataset, from, to, leave: holding === null ? [] : datasetsIn(holding) };
      await this.moveAcross(order, way === 'out' ? this.copyOut : this.copyAcross);
    }
    return true;
  }

  /** Copies the files, moves datasets among them as a whole, and then deletes what was copied: should this fail, there are two of it. */
  private async moveAcross(order: IMoveOrder, copy: (order: IMoveOrder) => Promise<void>): Promise<void> {
    const { dataset, from, to, leave } = order;
    await copy(order);
    for (const path of leave) {
      await this.options.rename(path, contentsPath(`${to}${path.slice(from.length)}`));
    }
    await this.deleteSource({ dataset, from, copy: to });
  }

  /** The path of the copy; null where copying is JupyterLab's matter. */
  async copy(from: ContentsPath, to: ContentsPath): Promise<ContentsPath | null> {
    const { surroundings, trans } = this.options;
    const [source, target] = await Promise.all([surroundings.source(from), surroundings.datasetOf(to)]);
    const way = decideCopy({ ...source, target }) ?? decideFolderCopy(await this.look(from), target);
    this.refuse(way, from);
    if (way === 'stock') {
      return null;
    }
    const made = await this.copyByJob({ from, to, leave: [] });
    if (made === undefined) {
      throw new Error(trans.__('%1 was not copied.', lastName(from)));
    }
    return made;
  }

  private refuse(way: Move | Copy, path: ContentsPath): void {
    if (typeof way === 'object') {
      throw this.refusal(way.refused, path);
    }
  }

  private refusal(why: Refusal, path: ContentsPath): Error {
    return refusal(why, path, this.options.trans);
  }

  private async look(path: ContentsPath): Promise<Parameters<typeof decideFolderMove>[0]> {
    const holding = (await this.options.surroundings.holdings([path]))?.[0];
    if (holding === undefined) {
      throw this.refusal('unknown', path);
    }
    return holding;
  }

  /** JupyterLab asks whether to write over what is there when it hears of this status. */
  private async requireFree(to: ContentsPath): Promise<void> {
    if ((await this.options.surroundings.row(to)) != null) {
      const { trans } = this.options;
      throw new ServerConnection.ResponseError(new Response(null, { status: 409 }), trans.__('%1 exists already.', to));
    }
  }

  /** What keeps its name goes in one job with the rest of the selection. */
  private readonly moveWithin = gather<IMoveOrder, void>(orders => this.place('move', orders));

  private async place(job: 'move' | 'copyOut', orders: readonly IMoveOrder[]): Promise<void[]> {
    const { datalad, trans } = this.options;
    const groups = groupBy(orders, ({ dataset, from, to }) => {
      const name = nameOf(from) === nameOf(to) ? null : nameOf(to);
      return JSON.stringify([dataset, folderOf(to), name, name === null ? null : from]);
    });
    for (const group of groups.values()) {
      for (const { dataset, from, to } of group.slice(0, 1)) {
        const paths = group.map(order => order.from);
        const name = nameOf(from) === nameOf(to) ? {} : { name: nameOf(to) };
        const leave = group.flatMap(order => order.leave);
        const input = { dataset, paths, to: folderOf(to), ...name };
        const outcome = await datalad.jobs.run(job, leave.length === 0 ? input : { ...input, leave });
        if (outcome.status !== 'ok') {
          throw await failedOutcome(outcome, from, trans);
        }
      }
    }
    return orders.map(() => undefined);
  }

  private readonly copyByJob = gather<ICopyOrder, ContentsPath | undefined>(async orders => {
    const made = new Map<ContentsPath, ContentsPath[]>();
    for (const [to, group] of groupBy(orders, order => order.to)) {
      const outcome = await this.options.copyFile(
        group.map(({ from }) => from),
        to,
        group.flatMap(({ leave }) => leave)
      );
      const [first] = group;
      if (outcome.status !== 'ok' && first !== undefined) {
        throw await failedOutcome(outcome, first.from, this.options.trans);
      }
      copiesIn(outcome).forEach(({ from, path }) => made.set(from, [...(made.get(from) ?? []), path]));
    }
    // Where one file is copied twice into one folder, each order has a copy of its own.
    return orders.map(({ from, to }) => take(made.get(from) ?? [], path => folderOf(path) === to));
  });

  private readonly copyAcross = async ({ from, to, leave }: IMoveOrder): Promise<void> => {
    await this.copyByJob({ from, leave, to: nameOf(from) === nameOf(to) ? folderOf(to) : to });
  };

  /** Jupyter itself copies no folder of more than 500 MB. */
  private readonly copyOut = gather<IMoveOrder, void>(orders => this.place('copyOut', orders));

  /** After a comparison with the copy; should this fail, there are two. What was annexed stays in the annex until it is dropped. */
  private readonly deleteSource = gather<IDeleteOrder, void>(async orders => {
    const { datalad, trans } = this.options;
    for (const [dataset, group] of groupBy(orders, order => order.dataset)) {
      const [paths, copies] = [group.map(({ from }) => from), group.map(({ copy }) => copy)];
      const outcome = await datalad.jobs.run('deleteCopied', { dataset, paths, copies });
      const [first] = paths;
      if (outcome.status !== 'ok' && first !== undefined) {
        throw await failedOutcome(outcome, first, trans);
      }
    }
    return orders.map(() => undefined);
  });
}

function copiesIn({ results }: IOutcome): { from: ContentsPath; path: ContentsPath }[] {
  return results.flatMap(({ action, from, path }) =>
    action === 'copy' && typeof from === 'string' && isContentsPath(from) && isContentsPath(path) ? [{ from, path }] : []
  );
}

/** Takes the first element that fits out of a list. */
function take<T>(list: T[], fits: (element: T) => boolean): T | undefined {
  const at = list.findIndex(fits);
  return at < 0 ? undefined : list.splice(at, 1)[0];
}
