import { Dialog, Notification, showDialog, showErrorMessage } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { loadedFailureWords } from '../../components/failures/lazyWords';
import type { CallOutput } from '../../protocol/contract';
import { type Failure, expectedFailure, FailureError } from '../../protocol/failure';
import { type ContentsPath, folderOf } from '../../protocol/paths';
import { isSuccess } from '../../protocol/result';
import { formatSize } from '../../protocol/size';
import type { IDatalad, IOutcome } from '../../tokens';
import type { IOpening } from './absentOpener';
import { followGet } from './getNotification';
import { lastName } from '../../components/names';

type Plan = CallOutput<'planGet'>;

/** Files of one dataset that are to be got and opened. */
interface IOrder {
  dataset: ContentsPath;
  openings: IOpening[];
  plan: Plan;
}

/** Milliseconds in which files that are opened together gather: one question for all of them. */
const GATHER = 50;

/** Offers to get files that are not here, gets them, and opens what has arrived. */
export class GetAndOpen {
  constructor(
    private readonly datalad: IDatalad,
    private readonly trans: TranslationBundle,
    /** Resolves when the layout of the last session stands. */
    private readonly restored: Promise<void>
  ) {}

  /** Takes a file up; those taken within a moment share one question. */
  readonly offer = (opening: IOpening): void => {
    if (this.gathered.length === 0) {
      void (opening.restored ? this.restored : Promise.resolve()).then(() => setTimeout(() => void this.offerAll(), GATHER));
    }
    this.gathered.push(opening);
  };

  private async offerAll(): Promise<void> {
    const openings = unique(this.gathered.splice(0));
    try {
      const orders = await this.orders(openings);
      if (openings.every(opening => opening.restored)) {
        this.mention(orders);
      } else if (await this.isWanted(orders)) {
        await this.getAll(orders);
      }
    } catch (error) {
      await this.showFailure(expectedFailure(error), openings.map(nameOfOpening));
    }
  }

  /** One plan for each dataset among the files. */
  private async orders(openings: IOpening[]): Promise<IOrder[]> {
    const groups = new Map<ContentsPath, IOpening[]>();
    for (const opening of openings) {
      const dataset = await this.datasetOf(opening.path);
      groups.set(dataset, [...(groups.get(dataset) ?? []), opening]);
    }
    return Promise.all(
      [...groups].map(async ([dataset, group]) => {
        const paths = group.map(({ path }) => path);
        return { dataset, openings: group, plan: await this.datalad.client.call('planGet', { dataset, paths }) };
      })
    );
  }

  private async datasetOf(path: ContentsPath): Promise<ContentsPath> {
    const known = path.startsWith('bytes:') ? null : (this.datalad.rows.listing(folderOf(path))?.dataset ?? null);
    const dataset = known ?? (await this.datalad.client.call('dataset', { path }))?.dataset ?? null;
    if (dataset === null) {
      throw new FailureError({ kind: 'not-a-dataset', message: this.trans.__('This file is in no dataset any more.') });
    }
    return dataset.path;
  }

  private async isWanted(orders: IOrder[]): Promise<boolean> {
    const { trans } = this;
    const free = orders.map(({ plan }) => plan.free).find(space => space !== null) ?? null;
    const size = total(orders, plan => plan.toGet.bytes);
    if (free !== null && size > free) {
      const parameters = { needed: size, free };
      await this.showFailure({ kind: 'no-space', message: trans.__('Not enough space.'), parameters }, []);
      return false;
    }
    const { button } = await showDialog({
      title: this.question(orders),
      body: this.explanation(orders),
      buttons: [Dialog.cancelButton(), Dialog.okButton({ label: trans.__('Get and Open') })]
    });
    return button.accept;
  }

  /** "Get 4.8 MB from origin and open?" */
  private question(orders: IOrder[]): string {
    const { trans } = this;
    const amount = this.amount(orders);
    const sources = new Set(orders.flatMap(({ plan }) => plan.sources.slice(0, 1).map(({ name }) => name)));
    const [source] = sources;
    return sources.size === 1 && source !== undefined
      ? trans.__('Get %1 from %2 and open?', amount, source)
      : trans.__('Get %1 and open?', amount);
  }

  private explanation(orders: IOrder[]): string {
    const { trans } = this;
    const names = orders.flatMap(({ openings }) => openings.map(nameOfOpening));
    const text =
      names.length === 1
        ? trans.__('The content of %1 is not here.', names[0])
        : trans._n('The content of %1 file is not here.', 'The content of %1 files is not here.', names.length);
    const unavailable = total(orders, plan => plan.unavailable);
    return unavailable === 0 ? text : `${text} ${trans.__('No place that can be reached is known to have all of it.')}`;
  }

  /** Restored tabs: said once, without standing in the way. */
  private mention(orders: IOrder[]): void {
    const { trans } = this;
    const names = orders.flatMap(({ openings }) => openings.map(nameOfOpening));
    const message =
      names.length === 1
        ? trans.__('%1 was open, but its content is not here (%2).', names[0], this.amount(orders))
        : trans.__('%1 files were open whose content is not here (%2).', names.length, this.amount(orders));
    Notification.info(message, {
      autoClose: false,
      actions: [{ label: trans.__('Get and Open'), displayType: 'accent', callback: () => void this.getAll(orders) }]
    });
  }

  private amount(orders: IOrder[]): string {
    const size = formatSize(total(orders, plan => plan.toGet.bytes));
    return total(orders, plan => plan.toGet.unsized) > 0 ? this.trans.__('at least %1', size) : size;
  }

  private async getAll(orders: IOrder[]): Promise<void> {
    await Promise.all(orders.map(order => this.get(order)));
  }

  private async get({ dataset, openings }: IOrder): Promise<void> {
    const { jobs, rows } = this.datalad;
    const names = openings.map(nameOfOpening);
    const following = followGet(jobs, this.trans, { dataset, names });
    const outcome = await jobs.run('get', { dataset, paths: openings.map(({ path }) => path) });
    following.dispose();
    const arrived = arrivals(outcome, openings);
    const folders = new Set(arrived.filter(({ path }) => !path.startsWith('bytes:')).map(({ path }) => folderOf(path)));
    // Only what can be read late; the files themselves are there.
    await Promise.allSettled([...folders].map(folder => rows.refresh(folder)));
    arrived.forEach(({ open }) => open());
    // A job that fails is told of like any other; one that could not start only here.
    if (outcome.failure !== undefined && outcome.jobs.length === 0) {
      await this.showFailure(outcome.failure, names);
    }
  }

  private async showFailure(failure: Failure, names: string[]): Promise<void> {
    const { title, text } = await loadedFailureWords(failure, { trans: this.trans, names });
    await showErrorMessage(title, text);
  }

  private readonly gathered: IOpening[] = [];
}

function unique(openings: IOpening[]): IOpening[] {
  return [...new Map(openings.map(opening => [opening.path, opening])).values()];
}

function nameOfOpening({ path }: IOpening): string {
  return lastName(path);
}

function total(orders: IOrder[], amount: (plan: Plan) => number): number {
  return orders.reduce((sum, { plan }) => sum + amount(plan), 0);
}

/** The files that are here now: all of them, or those with a record that says so. */
function arrivals(outcome: IOutcome, openings: IOpening[]): IOpening[] {
  if (outcome.status === 'ok') {
    return openings;
  }
  const here = new Set(outcome.results.filter(isSuccess).map(({ path }) => path));
  return openings.filter(({ path }) => here.has(path));
}
