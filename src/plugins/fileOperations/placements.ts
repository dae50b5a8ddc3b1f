import { ServerConnection } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import { type ContentsPath, folderOf, isContentsPath, nameOf } from '../../protocol/paths';
import type { IDatalad, IOutcome } from '../../tokens';
import { type Copy, decideCopy, decideFolderCopy, decideFolderMove, decideMove, type Move, type Refusal } from './decide';
import { gather } from './gather';
import { groupBy } from './groupBy';
import { failedOutcome, refusal } from './refusals';
import type { Surroundings } from './surroundings';

export interface IPlacementsOptions {
  datalad: Pick<IDatalad, 'jobs'>;
  surroundings: Surroundings;
  /** Copies into a dataset, after asking for what is missing. */
  copyFile: (paths: ContentsPath[], to: ContentsPath) => Promise<IOutcome>;
  trans: TranslationBundle;
}

interface IMoveOrder {
  dataset: ContentsPath;
  from: ContentsPath;
  to: ContentsPath;
}
interface ICopyOrder {
  from: ContentsPath;
  /** The folder. */
  to: ContentsPath;
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
    const way = decideMove({ ...source, target, sameFolder }) ?? decideFolderMove(await this.look(from), target);
    if (way === 'stock') {
      return false;
    }
    this.refuse(way, from);
    await this.requireFree(to);
    const dataset = source.dataset ?? null;
    if (way === 'job' && dataset !== null) {
      await this.moveWithin({ dataset, from, to });
    } else if (dataset !== null) {
      await (way === 'out' ? this.copyOut({ dataset, from, to }) : this.copyAcross(from, to));
      await this.deleteSource({ dataset, from, copy: to });
    }
    return true;
  }

  /** The path of the copy; null where copying is JupyterLab's matter. */
  async copy(from: ContentsPath, to: ContentsPath): Promise<ContentsPath | null> {
    const { surroundings } = this.options;
    const [source, target] = await Promise.all([surroundings.source(from), surroundings.datasetOf(to)]);
    const way = decideCopy({ ...source, target }) ?? decideFolderCopy(await this.look(from), target);
    this.refuse(way, from);
    return way === 'stock' ? null : this.copyByJob({ from, to });
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
        const outcome = await datalad.jobs.run(job, { dataset, paths, to: folderOf(to), ...name });
        if (outcome.status !== 'ok') {
          throw await failedOutcome(outcome, from, trans);
        }
      }
    }
    return orders.map(() => undefined);
  }

  private readonly copyByJob = gather<ICopyOrder, ContentsPath>(async orders => {
    const made = new Map<ContentsPath, string[]>();
    for (const [to, group] of groupBy(orders, order => order.to)) {
      const outcome = await this.options.copyFile(
        group.map(({ from }) => from),
        to
      );
      const [first] = group;
      if (outcome.status !== 'ok' && first !== undefined) {
        throw await failedOutcome(outcome, first.from, this.options.trans);
      }
      copiesIn(outcome).forEach(({ from, path }) => made.set(from, [...(made.get(from) ?? []), path]));
    }
    return orders.map(
      ({ from, to }) => made.get(from)?.find(path => isContentsPath(path) && folderOf(path) === to) as ContentsPath
    );
  });

  private async copyAcross(from: ContentsPath, to: ContentsPath): Promise<void> {
    await this.copyByJob({ from, to: nameOf(from) === nameOf(to) ? folderOf(to) : to });
  }

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

function copiesIn({ results }: IOutcome): { from: ContentsPath; path: string }[] {
  return results.flatMap(({ action, from, path }) =>
    action === 'copy' && typeof from === 'string' && isContentsPath(from) ? [{ from, path }] : []
  );
}
