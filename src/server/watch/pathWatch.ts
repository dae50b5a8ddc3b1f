import { type BigIntStats, type FSWatcher, watch } from 'node:fs';
import { stat, statfs } from 'node:fs/promises';
import { fsPath } from '../bytes';

/** Between two looks where the kernel cannot tell of changes, in milliseconds. */
const POLL = 30_000;
/** File systems whose changes by other machines reach no watch, by the type that statfs names: NFS, CIFS, SMB2, 9p. */
const REMOTE = new Set([0x6969, 0xff534d42, 0xfe534d42, 0x01021997]);

/** Watches opened so far. */
let opened = 0;

/**
 * Tells of changes of the names directly in one folder. It ends by itself when the folder goes away. Where the kernel has no watch
 * left, or cannot see changes, the folder's time stamp is looked at from time to time.
 */
export class PathWatch {
  private watcher: FSWatcher | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stamp = '';
  private inode = '';
  private ended = false;
  private heard = 0;
  private readonly number = (opened += 1);

  private constructor(
    readonly path: string,
    /** `name` as the kernel gave it; null when only something is known to have changed. */
    private readonly tell: (name: string | null) => void
  ) {}

  /** Null when there is no such folder. */
  static async open(path: string, changed: (name: string | null) => void): Promise<PathWatch | null> {
    const opened = new PathWatch(path, changed);
    return (await opened.start()) ? opened : null;
  }

  /** Whether the folder went away, or the watch was closed. */
  get isEnded(): boolean {
    return this.ended;
  }

  /** Changes with whatever is heard; null where the kernel cannot tell of every change. */
  get sign(): string | null {
    return this.ended || this.watcher === undefined ? null : `${this.number}:${this.heard}`;
  }

  /** Whether the folder at the path is still the one that is watched: one that was deleted and made again is not. */
  async isCurrent(): Promise<boolean> {
    return !this.ended && this.inode === inodeOf(await stat(fsPath(this.path), { bigint: true }).catch(() => null));
  }

  close(): void {
    this.ended = true;
    this.watcher?.close();
    clearInterval(this.timer);
  }

  private async start(): Promise<boolean> {
    const folder = await stat(fsPath(this.path), { bigint: true }).catch(() => null);
    if (folder?.isDirectory() !== true) {
      return false;
    }
    this.inode = inodeOf(folder);
    const remote = await statfs(fsPath(this.path)).then(
      ({ type }) => REMOTE.has(type),
      () => false
    );
    if (remote || !this.listen()) {
      await this.poll();
    }
    return true;
  }

  private changed(name: string | null): void {
    this.heard += 1;
    this.tell(name);
  }

  private listen(): boolean {
    try {
      this.watcher = watch(fsPath(this.path), { persistent: false, encoding: 'utf8' }, (type, name) => {
        this.changed(name);
        // The folder itself was moved or deleted: the kernel's watch is of no use any more.
        if (type === 'rename') {
          void this.checkStillThere();
        }
      });
      this.watcher.on('error', () => void this.poll());
      return true;
    } catch {
      // No watch left for this user, or none on this file system.
      return false;
    }
  }

  private async checkStillThere(): Promise<void> {
    if (!this.ended && !(await this.isCurrent())) {
      this.close();
      this.changed(null);
    }
  }

  private async poll(): Promise<void> {
    this.watcher?.close();
    this.watcher = undefined;
    this.stamp = await this.read();
    this.timer ??= setInterval(() => void this.look(), POLL).unref();
    if (this.ended) {
      clearInterval(this.timer);
    }
  }

  private async look(): Promise<void> {
    const stamp = await this.read();
    if (stamp !== this.stamp && !this.ended) {
      this.stamp = stamp;
      this.changed(null);
    }
  }

  private async read(): Promise<string> {
    return await stat(fsPath(this.path), { bigint: true }).then(
      stats => `${stats.ino} ${stats.mtimeNs}`,
      () => ''
    );
  }
}

/** Inode numbers are used again at once by some file systems, so the time of birth is part of it. */
function inodeOf(stats: BigIntStats | null): string {
  return stats === null ? '' : `${stats.dev} ${stats.ino} ${stats.birthtimeNs}`;
}
