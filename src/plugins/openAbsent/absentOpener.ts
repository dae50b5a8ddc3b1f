import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { Row } from '../../protocol/dataset';
import { FailureError } from '../../protocol/failure';
import { type ContentsPath, folderOf } from '../../protocol/paths';
import { wirePath } from '../../models/wirePath';
import type { IDatalad } from '../../tokens';
import type { KnownDatasets } from './knownDatasets';
import { isPointer } from './pointerText';

type Open = IDocumentManager['open'];
type Opened = ReturnType<Open>;

/** A file that somebody wants opened, and how to do so with everything they asked for. */
export interface IOpening {
  path: ContentsPath;
  open: () => void;
  /** It is a tab of the last session, not something the user has just clicked. */
  restored: boolean;
}

export interface IAbsentOpenerOptions {
  datalad: IDatalad;
  manager: IDocumentManager;
  known: KnownDatasets;
  /** The layout of the last session is being restored. */
  isRestoring: () => boolean;
  /** There is no file browser to have read the folder before: ask about every file. */
  alwaysAsk: boolean;
  /** Content is not here: offer to get it. */
  offer: (opening: IOpening) => void;
}

/** Milliseconds for the server to tell what a file is. A restored tab may wait for the server's start, JupyterLab does not. */
const PATIENCE = 1_000;
const PATIENCE_RESTORING = 30_000;

/** Milliseconds that a file which was written is taken to be here; later it may have been dropped where no row shows it. */
const BELIEVED = 10_000;

/** Whether opening a row would fail or show its pointer's text. */
function isAbsent(row: Row): boolean {
  return (row.kind === 'annex' || row.kind === 'annex-unlocked') && row.here === 'no';
}

/** Stands before the document manager and stops files from being opened whose content is not here. */
export class AbsentOpener {
  constructor(private readonly options: IAbsentOpenerOptions) {
    const { datalad, manager } = options;
    manager.services.contents.fileChanged.connect((_, { type, newValue }) => {
      const path = newValue?.path === undefined ? null : this.wire(newValue.path);
      if (path !== null && (type === 'new' || type === 'save')) {
        this.written.set(path, Date.now());
      }
    });
    datalad.rows.changed.connect(rows => {
      for (const path of this.written.keys()) {
        if (rows.get(path) !== undefined || !this.wasWritten(path)) {
          this.written.delete(path);
        }
      }
    });
  }

  /** Wraps `open`, which everything that opens a document goes through, `openOrReveal` too. */
  install(): void {
    const { manager } = this.options;
    const stock = manager.open;
    manager.open = (...all: Parameters<Open>): Opened => this.open(all[0], () => stock.apply(manager, all));
  }

  private open(path: string, stock: () => Opened): Opened {
    const wire = this.wire(path);
    const decision = wire === null ? 'open' : this.decide(wire);
    if (wire === null || decision === 'open') {
      return stock();
    }
    const restored = this.options.isRestoring();
    const opening: IOpening = { path: wire, open: () => void stock(), restored };
    if (decision === 'absent') {
      this.options.offer(opening);
      return undefined;
    }
    const opened = this.ask(path, opening, stock);
    if (!restored) {
      return undefined;
    }
    // Restored tabs are opened by commands, which wait for a promise: so the tab gets its old place in the layout.
    return Promise.race([opened, later(PATIENCE)]) as unknown as Opened;
  }

  private decide(path: ContentsPath): 'open' | 'absent' | 'ask' {
    const { datalad, known, isRestoring, alwaysAsk } = this.options;
    if (this.wasWritten(path) || datalad.current.state.phase === 'silent') {
      return 'open';
    }
    const row = datalad.rows.get(path);
    if (row !== undefined) {
      return isAbsent(row) ? 'absent' : 'open';
    }
    const listing = path.startsWith('bytes:') ? undefined : datalad.rows.listing(folderOf(path));
    if (listing !== undefined && listing.dataset === null) {
      return 'open';
    }
    const reached = !isRestoring() && datalad.current.state.health !== null;
    return known.has(path) || reached || alwaysAsk ? 'ask' : 'open';
  }

  private wasWritten(path: ContentsPath): boolean {
    return Date.now() - (this.written.get(path) ?? -Infinity) < BELIEVED;
  }

  private async ask(path: string, opening: IOpening, stock: () => Opened): Promise<Opened> {
    if (await this.isAbsent(path, opening)) {
      this.options.offer(opening);
      return undefined;
    }
    return stock();
  }

  private async isAbsent(path: string, { path: wire, restored }: IOpening): Promise<boolean> {
    const { datalad, manager } = this.options;
    const abort = new AbortController();
    const answer = datalad.client.call('row', { path: wire }, abort.signal).catch(error => {
      if (error instanceof FailureError) {
        return undefined;
      }
      throw error;
    });
    const row = await Promise.race([answer, later(restored ? PATIENCE_RESTORING : PATIENCE)]);
    abort.abort();
    return row === undefined ? isPointer(manager.services.contents, path) : row !== null && isAbsent(row);
  }

  private wire(path: string): ContentsPath | null {
    return wirePath(this.options.manager.services.contents, path);
  }

  /** Files JupyterLab itself has just written, and when: they are here, and their rows are not read yet. */
  private readonly written = new Map<ContentsPath, number>();
}

function later(milliseconds: number): Promise<undefined> {
  return new Promise(resolve => setTimeout(() => resolve(undefined), milliseconds));
}
