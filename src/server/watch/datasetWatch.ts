import { join } from 'node:path';
import type { IRepositoryFolder } from '../git/repositoryFolder';
import { Burst } from './burst';
import { PathWatch } from './pathWatch';

/** Names in the git folder whose changes mean nothing to a reader. */
const NOISE = /^(?:gc\.pid|description|.*\.(?:tmp|pid)|tmp_.*|(?!index\.).*\.lock|COMMIT_EDITMSG)$/;

/**
 * Watches what git and git-annex write while they change a dataset: a handful of folders, none of them in the work tree and none
 * below `annex/objects`, which has two folders for each key.
 */
export class DatasetWatch {
  private readonly watches = new Map<string, PathWatch>();
  private readonly burst: Burst;
  private closed = false;
  private ensuring: Promise<void> | null = null;

  constructor(
    private readonly folder: IRepositoryFolder,
    /** Index, branch, siblings or content changed. */
    tell: () => void,
    /** Full name of the branch that is checked out: branches with a slash in their name live in a folder of their own. */
    private readonly branch: () => Promise<string | null>
  ) {
    this.burst = new Burst(() => {
      void this.ensure();
      tell();
    });
  }

  /** Changes with whatever is heard; null where the kernel cannot tell of every change. */
  get sign(): string | null {
    const signs = [...this.watches.values()].map(({ sign }) => sign);
    return this.closed || signs.includes(null) ? null : signs.join();
  }

  /** Opens the watches that are missing: some folders come into being with the first get. */
  async ensure(): Promise<void> {
    this.ensuring ??= this.open().finally(() => (this.ensuring = null));
    await this.ensuring;
  }

  close(): void {
    this.closed = true;
    this.burst.cancel();
    this.watches.forEach(watch => watch.close());
    this.watches.clear();
  }

  private async open(): Promise<void> {
    const wanted = await this.folders();
    for (const [path, watch] of this.watches) {
      if (!wanted.includes(path) || !(await watch.isCurrent())) {
        watch.close();
        this.watches.delete(path);
      }
    }
    for (const path of wanted.filter(path => !this.watches.has(path))) {
      const watch = await PathWatch.open(path, name => this.hear(path, name));
      if (this.closed) {
        watch?.close();
      } else if (watch !== null) {
        this.watches.set(path, watch);
      }
    }
  }

  private async folders(): Promise<string[]> {
    const { gitDir, commonDir } = this.folder;
    const heads = join(commonDir, 'refs/heads');
    const branch = (await this.branch().catch(() => null))?.replace(/^refs\/heads\//, '') ?? '';
    const parts = branch.split('/').slice(0, -1);
    const ofBranch = parts.map((_, index) => join(heads, ...parts.slice(0, index + 1)));
    const annex = join(commonDir, 'annex');
    return [...new Set([gitDir, commonDir, heads, ...ofBranch, annex, join(annex, 'journal'), join(annex, 'keysdb')])];
  }

  private hear(path: string, name: string | null): void {
    if (!this.closed && !(name !== null && path === this.folder.gitDir && NOISE.test(name))) {
      this.burst.add();
    }
  }
}
