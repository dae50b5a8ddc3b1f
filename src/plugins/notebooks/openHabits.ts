import type { Contents } from '@jupyterlab/services';
import type { IStateDB } from '@jupyterlab/statedb';
import { wirePath } from '../../models/wirePath';
import { type ContentsPath, contentsPath, isContentsPath, isWithin } from '../../protocol/paths';
import type { IOpenHabits } from './tokens';

const KEY = 'jupyterlab-datalad:get-on-open';
/** Of more notebooks, those that were switched on first are forgotten. */
const KEPT = 500;

/** Kept in JupyterLab's state database: a notebook is not written to because of it, and it is each user's own matter. */
export class OpenHabits implements IOpenHabits {
  readonly ready: Promise<void>;
  private readonly getting = new Set<ContentsPath>();

  constructor(
    private readonly state: IStateDB | null,
    private readonly contents: Contents.IManager
  ) {
    this.ready = this.restore();
    contents.fileChanged.connect((_, { type, oldValue, newValue }) => {
      if (oldValue?.path !== undefined && (type === 'rename' || type === 'delete')) {
        this.moved(oldValue.path, type === 'rename' ? newValue?.path : undefined);
      }
    });
  }

  gets(path: ContentsPath): boolean {
    return this.getting.has(path);
  }

  setGets(path: ContentsPath, on: boolean): void {
    if (on) {
      this.getting.add(path);
    } else {
      this.getting.delete(path);
    }
    this.keep();
  }

  private async restore(): Promise<void> {
    // Without it nothing is got, which is what is done without a word.
    const saved = await this.state?.fetch(KEY).catch(() => undefined);
    for (const path of Array.isArray(saved) ? saved : []) {
      if (typeof path === 'string' && isContentsPath(path)) {
        this.getting.add(path);
      }
    }
  }

  /** A notebook, or a folder with some in it, has another place, or is gone. */
  private moved(from: string, to: string | undefined): void {
    const [old, now] = [wirePath(this.contents, from), to === undefined ? null : wirePath(this.contents, to)];
    const concerned = old === null ? [] : [...this.getting].filter(path => isWithin(path, old));
    for (const path of concerned) {
      this.getting.delete(path);
      if (now !== null && old !== null) {
        this.getting.add(contentsPath(`${now}${path.slice(old.length)}`));
      }
    }
    if (concerned.length > 0) {
      this.keep();
    }
  }

  private keep(): void {
    void this.state?.save(KEY, [...this.getting].slice(-KEPT));
  }
}
