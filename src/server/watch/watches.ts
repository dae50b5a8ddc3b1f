import { LRUCache } from 'lru-cache';
import type { ContentsPath } from '../../protocol/paths';
import type { AbsolutePath } from '../paths';
import { Burst } from './burst';
import type { DatasetWatch } from './datasetWatch';
import { PathWatch } from './pathWatch';

/** Folders and datasets watched at one time: what open tabs show, with some to spare. */
const FOLDERS = 12;
const DATASETS = 12;

/** A folder as a client asked for it. */
export interface IShownFolder {
  /** Its real path. */
  real: AbsolutePath;
  /** As it was asked for, which may lead over links. */
  asked: ContentsPath;
  /** The dataset around it. */
  root: AbsolutePath | null;
}

interface IWatchesOptions {
  /** Makes a watch that calls `changed` itself. */
  openDataset(root: AbsolutePath): Promise<DatasetWatch>;
  folderChanged(folder: IShownFolder): void;
}

/** Watches what is in view while anyone listens; without listeners nothing is watched. */
export class Watches {
  private readonly folders = new LRUCache<string, Promise<PathWatch | null>>({ max: FOLDERS, dispose: closeLater });
  private readonly datasets = new LRUCache<AbsolutePath, Promise<DatasetWatch | null>>({ max: DATASETS, dispose: closeLater });
  private listening = false;
  /** What was in view last, for the next listener. */
  private readonly shown = new LRUCache<string, IShownFolder>({ max: FOLDERS });
  private readonly opened = new LRUCache<AbsolutePath, true>({ max: DATASETS });

  constructor(private readonly options: IWatchesOptions) {}

  /** A stream was opened, or the last one closed. */
  setListening(listening: boolean): void {
    this.listening = listening;
    if (!listening) {
      this.folders.clear();
      this.datasets.clear();
      return;
    }
    [...this.shown.values()].reverse().forEach(folder => void this.showFolder(folder));
    [...this.opened.keys()].reverse().forEach(root => void this.showDataset(root));
  }

  /**
   * A folder is in view; resolves once it is watched, with the sign of the watch: read it after that, or changes in between are lost.
   */
  async showFolder(folder: IShownFolder): Promise<string | null> {
    const identity = `${folder.asked}\0${folder.root ?? ''}`;
    this.shown.set(identity, folder);
    if (!this.listening) {
      return null;
    }
    const known = this.folders.get(identity);
    if (known === undefined || (await (await known)?.isCurrent()) !== true) {
      this.folders.set(identity, this.openFolder(folder));
    }
    return (await this.folders.get(identity))?.sign ?? null;
  }

  /** A dataset is in view; resolves once it is watched, with the sign of the watch. */
  async showDataset(root: AbsolutePath): Promise<string | null> {
    this.opened.set(root, true);
    if (!this.listening) {
      return null;
    }
    const known = this.datasets.get(root);
    if (known === undefined || (await known) === null) {
      this.datasets.set(root, this.openDataset(root));
    }
    const watch = (await this.datasets.get(root)) ?? null;
    await watch?.ensure();
    return watch?.sign ?? null;
  }

  dispose(): void {
    this.setListening(false);
  }

  private async openFolder(folder: IShownFolder): Promise<PathWatch | null> {
    const burst = new Burst(() => {
      if (this.listening) {
        this.options.folderChanged(folder);
      }
    });
    return await PathWatch.open(folder.real, () => burst.add());
  }

  private async openDataset(root: AbsolutePath): Promise<DatasetWatch | null> {
    // What cannot be read is not watched; the read that follows tells why, and the next one tries again.
    return await this.options.openDataset(root).catch(() => null);
  }
}

/** Watches are closed when they fall out of the cache, also while they are still being opened. */
function closeLater(watch: Promise<{ close(): void } | null>): void {
  void watch.then(opened => opened?.close());
}
