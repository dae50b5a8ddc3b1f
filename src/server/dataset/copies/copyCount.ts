import type { Amount } from '../../../protocol/dataset';
import type { Copies, CopyPlace } from '../../../protocol/inspect';
import { displayName } from '../../bytes';
import type { IPlace } from '../../annex/places';
import { emptyAmount } from '../figures/figures';
import type { IElsewhere } from './keyCopies';

/** One key to be counted. */
export interface ICountedKey {
  /** -1 where the key names none. */
  readonly bytes: number;
  readonly here: boolean;
  readonly elsewhere: IElsewhere;
}

/** Sums up where keys are; each of them is added once. */
export class CopyCount {
  private readonly all = emptyAmount();
  private readonly here = emptyAmount();
  private readonly onlyHere = emptyAmount();
  private readonly nowhere = emptyAmount();
  private readonly maybe = emptyAmount();
  private readonly places = new Map<string, { place: IPlace; amount: Amount }>();

  add({ bytes, here, elsewhere: { copies, maybe } }: ICountedKey): void {
    addTo(this.all, bytes);
    if (here) {
      addTo(this.here, bytes);
    }
    if (copies.length === 0) {
      addTo(here ? this.onlyHere : this.nowhere, bytes);
      if (maybe.length > 0) {
        addTo(this.maybe, bytes);
      }
    }
    copies.forEach(place => addTo(this.amountAt(place), bytes));
    maybe.forEach(place => addTo(this.amountAt(place), bytes));
  }

  result(subdatasets = 0): Copies {
    const { all, here, onlyHere, nowhere, maybe } = this;
    const places = [...this.places.values()].map(({ place, amount }) => described(place, amount));
    return { all, here, onlyHere, nowhere, maybe, places: places.sort(inOrder), subdatasets };
  }

  private amountAt(place: IPlace): Amount {
    const known = this.places.get(place.uuid) ?? { place, amount: emptyAmount() };
    this.places.set(place.uuid, known);
    return known.amount;
  }
}

function addTo(amount: Amount, bytes: number): void {
  amount.files++;
  amount.bytes += Math.max(0, bytes);
  amount.unsized += bytes < 0 ? 1 : 0;
}

function described({ uuid, name, remote, trust, export: isExport, counts }: IPlace, amount: Amount): CopyPlace {
  return {
    uuid,
    name: displayName(name),
    ...(remote === undefined ? {} : { sibling: true }),
    trust,
    ...(isExport === true ? { export: true } : {}),
    counts,
    amount
  };
}

function inOrder(one: CopyPlace, other: CopyPlace): number {
  return (
    Number(other.counts) - Number(one.counts) ||
    other.amount.files - one.amount.files ||
    Number(other.sibling ?? false) - Number(one.sibling ?? false) ||
    (one.name < other.name ? -1 : 1)
  );
}
