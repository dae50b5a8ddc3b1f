import { encodePath } from '../../bytes';
import type { Repository } from '../repository';
import { mayHideFiles, readHiddenEntries, readHidingBranch } from './hiddenEntries';

/** A file that the branch hides, with its annex key. */
export interface IHiddenFile {
  /** Relative to the dataset. */
  path: string;
  key: string;
}

/** The hidden files of a dataset in git's order, handed out while the index, in the same order, is read. */
export class HiddenStream {
  private next = 0;

  private constructor(private readonly files: readonly IHiddenFile[]) {}

  /** Empty on branches that hide nothing. */
  static async open(repository: Repository, signal?: AbortSignal): Promise<HiddenStream> {
    const branch = (await mayHideFiles(repository.folder)) ? await readHidingBranch(repository.git) : null;
    const entries = branch === null ? [] : await readHiddenEntries(repository.git, branch, signal);
    await repository.keys.load(entries, signal);
    return new HiddenStream(
      entries.flatMap(entry => {
        const key = repository.keys.of(entry);
        return key === null ? [] : [{ path: entry.path, key }];
      })
    );
  }

  /** What stands before a path of the index. A file of the index under the very name of a hidden one takes its place. */
  before(path: string): IHiddenFile[] {
    if (this.next >= this.files.length) {
      return [];
    }
    const found: IHiddenFile[] = [];
    for (let file = this.files[this.next]; file !== undefined; file = this.files[this.next]) {
      const order = Buffer.compare(encodePath(file.path), encodePath(path));
      if (order > 0) {
        break;
      }
      found.push(...(order < 0 ? [file] : []));
      this.next++;
    }
    return found;
  }

  /** What stands behind the last path of the index. */
  rest(): IHiddenFile[] {
    return this.files.slice(this.next);
  }
}
