import { join } from 'node:path';
import { openRegular } from '../../regularFile';
import type { GitReader } from '../reader';
import type { IRepositoryFolder } from '../repositoryFolder';
import { checksumOf, wrongChecksum } from './checksum';
import type { IndexFile } from './indexFile';
import { parseIndexFile } from './parseIndexFile';

/** How long an index that nobody asks for stays in memory, in milliseconds: that of a large dataset takes ten megabytes or more. */
const KEPT = 60_000;
/** An index that was written so short before it was read may be written once more without another time stamp, in milliseconds. */
const RACY = 50;

/** The index as it was at one moment. */
export interface IReadIndex {
  entries: IndexFile;
  /** When it was written, in milliseconds as `stat` says. */
  written: number;
}

/** What was found in the file. */
interface IFound {
  index: IReadIndex | null;
  isSound: boolean;
}

/** The index of one repository, read again when its file is another one. */
export class CurrentIndex {
  private known: (IFound & { stamp: string }) | null = null;
  /** The last one that nobody asked for in a while, for as long as somebody still has it: it need not be in memory twice. */
  private faded: { stamp: string; index: WeakRef<IReadIndex> } | null = null;
  private reading: Promise<IFound> | null = null;
  private timer: NodeJS.Timeout | undefined;
  private readonly path: string;

  constructor(
    private readonly git: GitReader,
    folder: IRepositoryFolder
  ) {
    this.path = join(folder.gitDir, 'index');
  }

  /** Null where only git can tell what is in it: there is none, it is damaged, or has parts of a kind that is not known here. */
  async read(): Promise<IReadIndex | null> {
    return (await this.find()).index;
  }

  /** Fails with `damaged-repository` when the index is not what git wrote; none at all is sound. */
  async verify(): Promise<void> {
    if (!(await this.find()).isSound) {
      throw wrongChecksum(this.path);
    }
  }

  private async find(): Promise<IFound> {
    this.reading ??= this.findNow().finally(() => (this.reading = null));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.fade(), KEPT).unref();
    return await this.reading;
  }

  private async findNow(): Promise<IFound> {
    const opened = await openRegular(this.path);
    if (opened === null) {
      return { index: null, isSound: true };
    }
    const { file, stats } = opened;
    try {
      const stamp = `${stats.dev} ${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs}`;
      this.known ??= this.revived(stamp);
      if (this.known?.stamp === stamp) {
        return this.known;
      }
      const written = Number(stats.mtimeNs) / 1e6;
      const found = await this.parse(await file.readFile(), written);
      this.known = Date.now() - written > RACY ? { stamp, ...found } : null;
      return found;
    } finally {
      await file.close();
    }
  }

  private fade(): void {
    const { stamp, index } = this.known ?? { stamp: '', index: null };
    this.faded = index === null ? null : { stamp, index: new WeakRef(index) };
    this.known = null;
  }

  private revived(stamp: string): (IFound & { stamp: string }) | null {
    const index = this.faded?.stamp === stamp ? this.faded.index.deref() : undefined;
    return index === undefined ? null : { stamp, index, isSound: true };
  }

  private async parse(bytes: Buffer, written: number): Promise<IFound> {
    const checksum = await checksumOf(bytes);
    if (checksum === 'wrong') {
      return { index: null, isSound: false };
    }
    const hash = checksum === 'none' ? (await this.git.config()).get('extensions.objectformat') : checksum;
    const entries = parseIndexFile(bytes, hash === 'sha256' ? 32 : 20);
    return { index: entries === null ? null : { entries, written }, isSound: true };
  }
}
