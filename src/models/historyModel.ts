import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';
import type { Commit, Cursor, HistoryPage, HistorySearch } from '../protocol/history';
import { expectedFailure } from '../protocol/failure';
import type { ServerEvent } from '../protocol/job';
import type { ContentsPath } from '../protocol/paths';
import type { CommitId } from '../protocol/revision';
import type { IDataladClient, IHistoryModel, IHistoryRequest, IHistoryState } from '../tokens';
import { throttle } from './throttle';

const PAGE = 100;

/** Before any dataset was asked about. */
export const NO_HISTORY: IHistoryState = {
  dataset: null,
  path: null,
  search: {},
  branch: null,
  commits: [],
  subdatasets: new Set(),
  phase: 'loading',
  more: false,
  failure: null,
  selected: null,
  details: null,
  branchesShown: false,
  branches: null
};

/** The history of one dataset, page by page; while a view holds it, it follows what is committed. */
export class HistoryModel implements IHistoryModel, IDisposable {
  constructor(private readonly client: IDataladClient) {
    client.events.connect(this.onEvent, this);
  }

  readonly changed: ISignal<this, void> = new Signal<this, void>(this);
  readonly asked: ISignal<this, void> = new Signal<this, void>(this);

  get state(): IHistoryState {
    return this._state;
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  hold(dataset: ContentsPath): IDisposable {
    this.holders++;
    if (dataset !== this._state.dataset) {
      this.begin({ ...NO_HISTORY, dataset });
    } else {
      void this.refresh();
      void this.readBranches();
    }
    return new DisposableDelegate(() => this.holders--);
  }

  open({ dataset, commit, ...request }: IHistoryRequest): void {
    const path = request.path ?? null;
    if (dataset !== this._state.dataset || path !== this._state.path) {
      this.begin({ ...NO_HISTORY, dataset, path });
    }
    this.select(commit ?? null);
    (this.asked as Signal<this, void>).emit();
  }

  setPath(path: ContentsPath | null): void {
    this.begin({ ...NO_HISTORY, dataset: this._state.dataset, path });
  }

  setSearch(search: HistorySearch): void {
    const { dataset, path, commits, selected, details } = this._state;
    // What is there stays until the answer, so that nothing flickers while one types; a commit opened in the pause after that stays open.
    this.begin({ ...NO_HISTORY, dataset, path, search, commits, selected, details });
  }

  async more(): Promise<void> {
    if (this.next !== null && this._state.phase === 'ready') {
      this.set({ phase: 'loading' });
      await this.readPage(this.next);
    }
  }

  openBranches(dataset: ContentsPath): void {
    if (dataset !== this._state.dataset) {
      this.begin({ ...NO_HISTORY, dataset });
    }
    this.showBranches(true);
    (this.asked as Signal<this, void>).emit();
  }

  showBranches(shown: boolean): void {
    this.set({ branchesShown: shown, ...(shown ? { selected: null, details: null } : { branches: null }) });
    if (shown) {
      void this.readBranches();
    }
  }

  select(commit: CommitId | null, parent?: CommitId): void {
    const { dataset } = this._state;
    this.set({ selected: commit, details: null, ...(commit === null ? {} : { branchesShown: false }) });
    if (commit === null || dataset === null) {
      return;
    }
    const wanted = ++this.detailTurn;
    void this.client.call('commit', { dataset, commit, ...(parent === undefined ? {} : { parent }) }).then(
      details => wanted === this.detailTurn && this._state.selected === commit && this.set({ details }),
      (reason: unknown) => {
        const failure = expectedFailure(reason);
        if (wanted === this.detailTurn) {
          this.set({ selected: null, failure });
        }
      }
    );
  }

  dispose(): void {
    this.disposed = true;
    Signal.disconnectReceiver(this);
    Signal.clearData(this);
  }

  private begin(state: IHistoryState): void {
    this.turn++;
    this.next = null;
    this._state = state;
    (this.changed as Signal<this, void>).emit();
    if (state.dataset !== null) {
      void this.readPage(null);
    }
  }

  /** Reads the page at a cursor, or the first; an answer for what is no longer asked for is no answer. */
  private async readPage(cursor: Cursor | null): Promise<void> {
    const { turn } = this;
    try {
      const page = await this.ask(cursor);
      if (turn !== this.turn) {
        return;
      }
      const before = cursor === null ? [] : this._state.commits;
      const known = new Set(before.map(({ id }) => id));
      const fresh = page.commits.filter(({ id }) => !known.has(id));
      this.take([...before, ...fresh], page);
      void this.mark(fresh);
      // Where clocks went wrong, a page may hold nothing new.
      if (fresh.length === 0 && cursor !== null) {
        await this.more();
      }
    } catch (reason) {
      const failure = expectedFailure(reason);
      if (turn === this.turn) {
        this.set({ phase: 'failed', failure, more: false, ...(cursor === null ? { commits: [] } : {}) });
      }
    }
  }

  private ask(cursor: Cursor | null): Promise<HistoryPage> {
    const { dataset, path, search } = this._state;
    return this.client.call('history', {
      dataset: dataset ?? '',
      search,
      limit: PAGE,
      ...(path === null ? {} : { path }),
      ...(cursor === null ? {} : { cursor })
    });
  }

  private take(commits: readonly Commit[], { next, branch, failure }: HistoryPage): void {
    this.next = next;
    this.set({ commits, branch, more: next !== null, phase: 'ready', failure: failure ?? null });
    if (this.missed) {
      this.missed = false;
      void this.refresh();
    }
  }

  private async readBranchesNow(): Promise<void> {
    const { dataset } = this._state;
    if (dataset === null || !this._state.branchesShown) {
      return;
    }
    try {
      const branches = await this.client.call('branches', { dataset });
      if (this._state.dataset === dataset) {
        this.set({ branches });
      }
    } catch (reason) {
      const failure = expectedFailure(reason);
      if (this._state.dataset === dataset) {
        this.set({ failure });
      }
    }
  }

  /** Looks whether there are new commits, or others than before: those that are known stay as they are, and what was loaded stays loaded. */
  private async refreshNow(): Promise<void> {
    const { turn } = this;
    if (this._state.dataset === null || this._state.phase === 'loading') {
      // What is read at the moment may have been read before the change.
      this.missed = true;
      return;
    }
    try {
      const page = await this.ask(null);
      if (turn !== this.turn) {
        return;
      }
      const before = this._state.commits;
      const joined = joinPages(page.commits, before);
      if (joined === null) {
        this.turn++;
        this.take(page.commits, page);
      } else {
        this.set({
          commits: joined,
          branch: page.branch,
          ...(this._state.phase === 'failed' ? { phase: 'ready', more: this.next !== null, failure: null } : {})
        });
      }
      const known = new Set(before.map(({ id }) => id));
      void this.mark(page.commits.filter(({ id }) => !known.has(id)));
    } catch (reason) {
      const failure = expectedFailure(reason);
      if (turn === this.turn) {
        this.set({ failure });
      }
    }
  }

  private async mark(commits: readonly Commit[]): Promise<void> {
    const { turn } = this;
    const { dataset } = this._state;
    if (commits.length === 0 || dataset === null) {
      return;
    }
    try {
      const { subdatasets } = await this.client.call('historyMarks', { dataset, commits: commits.map(({ id }) => id) });
      if (turn === this.turn && subdatasets.length > 0) {
        this.set({ subdatasets: new Set([...this._state.subdatasets, ...subdatasets]) });
      }
    } catch (reason) {
      // A list without marks is still one.
      expectedFailure(reason);
    }
  }

  private onEvent(_: IDataladClient, event: ServerEvent): void {
    const { dataset } = this._state;
    const concerned = event.type === 'hello' ? event.gap : event.type === 'changed' && event.what === 'state';
    if (
      concerned &&
      this.holders > 0 &&
      (event.type === 'hello' || (event.type === 'changed' && (event.dataset ?? dataset) === dataset))
    ) {
      void this.refresh();
      void this.readBranches();
    }
  }

  private set(change: Partial<IHistoryState>): void {
    if (!this.disposed) {
      this._state = { ...this._state, ...change };
      (this.changed as Signal<this, void>).emit();
    }
  }

  private readonly refresh = throttle(() => this.refreshNow());
  private readonly readBranches = throttle(() => this.readBranchesNow());
  private _state = NO_HISTORY;
  private next: Cursor | null = null;
  private holders = 0;
  /** Something changed while a page was read. */
  private missed = false;
  /** Raised with each other question. */
  private turn = 0;
  private detailTurn = 0;
  private disposed = false;
}

/**
 * The first page as it is now, and below it what was loaded before; null where these do not meet: another branch, a commit that was
 * amended, or more new commits than fit into a page.
 */
export function joinPages(now: readonly Commit[], before: readonly Commit[]): readonly Commit[] | null {
  const [head] = before;
  const shift = head === undefined ? -1 : now.findIndex(({ id }) => id === head.id);
  if (shift < 0) {
    return null;
  }
  const again = now.slice(shift);
  return again.every(({ id }, at) => before[at] === undefined || before[at].id === id) && before.length >= again.length
    ? [...now, ...before.slice(again.length)]
    : null;
}
