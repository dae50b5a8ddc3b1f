import type { Amount, Here, Row, Totals } from '../../../protocol/dataset';
import type { AnnexedFiles } from './annexedFiles';

/** `here`, `below` and `bytes` of one folder or dataset row. */
export type FolderFigures = Pick<Row, 'here' | 'below' | 'bytes'>;

/** What content one dataset has, at one moment. */
export class Figures {
  /** For each key whether its content is here; longer than there are keys. */
  here: Uint8Array;
  /** Paths, by their place, of unlocked files that hold content the annex does not know yet. */
  edited: ReadonlySet<number> = new Set();
  /** While counting: keys were looked at up to this place. */
  looked = 0;
  /** Not every key was looked at yet, or not every file. */
  counting = true;

  constructor(readonly files: AnnexedFiles) {
    this.here = new Uint8Array(files.keys.length);
  }

  /** Makes room for the keys that came since. */
  grow(): void {
    const { length } = this.files.keys;
    if (this.here.length < length) {
      const longer = new Uint8Array(2 * length);
      longer.set(this.here);
      this.here = longer;
    }
  }

  totals(): Totals {
    const [here, notHere] = [emptyAmount(), emptyAmount()];
    const { uses, bytes, unread } = this.files;
    const end = this.counting ? this.looked : uses.length;
    for (let place = 0; place < end; place++) {
      if ((uses[place] ?? 0) > 0) {
        const amount = this.here[place] === 1 ? here : notHere;
        const size = bytes[place] ?? -1;
        amount.files++;
        amount.bytes += Math.max(0, size);
        amount.unsized += size < 0 ? 1 : 0;
      }
    }
    return { here, notHere, counting: this.counting, ...(unread === 0 ? {} : { unread }) };
  }

  /** Whether all keys below a folder were looked at. */
  covers(folder: string): boolean {
    if (!this.counting) {
      return true;
    }
    // More files of it may come while nothing came that stands behind it.
    const [start, end] = this.files.ranges.get(folder) ?? [0, Infinity];
    if (end >= this.files.paths.length) {
      return false;
    }
    for (let at = start; at < end; at++) {
      if ((this.files.keyOf[at] ?? 0) >= this.looked) {
        return false;
      }
    }
    return true;
  }

  /** Of one folder; of the whole dataset for the empty path. Nothing when no annexed file is below. */
  of(folder: string): FolderFigures {
    const [start, end] = this.files.ranges.get(folder) ?? [0, 0];
    const below = { files: end - start, filesHere: 0, bytesHere: 0 };
    const seen = new Set<number>();
    let bytes = 0;
    for (let at = start; at < end; at++) {
      const place = this.files.keyOf[at] ?? 0;
      const here = this.here[place] === 1;
      below.filesHere += here || this.edited.has(at) ? 1 : 0;
      if (!seen.has(place)) {
        const size = Math.max(0, this.files.bytes[place] ?? 0);
        seen.add(place);
        bytes += size;
        below.bytesHere += here ? size : 0;
      }
    }
    return below.files === 0 ? {} : { here: hereOf(below), below, bytes };
  }
}

/** One word for files below a folder. */
export function hereOf({ files, filesHere }: { files: number; filesHere: number }): Here {
  return filesHere === 0 ? 'no' : filesHere === files ? 'yes' : 'partly';
}

/** No keys at all. */
export function emptyAmount(): Amount {
  return { files: 0, bytes: 0, unsized: 0 };
}
