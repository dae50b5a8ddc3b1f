import type { INotebookContent } from '@jupyterlab/nbformat';
import { nullTranslator } from '@jupyterlab/translation';
import { NO_HISTORY } from '../../models/historyModel';
import { NOTHING_INSPECTED } from '../../models/inspectorModel';
import { DisposableDelegate } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import * as v from 'valibot';
import type { IComparisonOpening } from '../../models/comparisonModel';
import type { GetPlan, IDialogs } from '../../components/dialogs/dialogs';
import { type CallInput, type CallName, type CallOutput, calls, type JobInput, type JobName } from '../../protocol/contract';
import { type Listing, Row, type Summary } from '../../protocol/dataset';
import { FailureError } from '../../protocol/failure';
import type { Job } from '../../protocol/job';
import { type ContentsPath, contentsPath, folderOf, isWithin } from '../../protocol/paths';
import type {
  ICurrentModel,
  IDataladClient,
  IHistoryModel,
  IHistoryRequest,
  IInspectorModel,
  IInspectRequest,
  IJobsModel,
  IOutcome,
  IRowsModel
} from '../../tokens';
import type { IVersionRequest } from '../../widgets/versionWidget';
import type { ICommandContext } from './context';
import type { IWorld } from './worldState.fixtures';

const ADA = { name: 'Ada', email: 'ada@example.org', suggestedName: 'ada' };

const NO_BRANCHES: CallOutput<'branches'> = {
  current: 'main',
  head: null,
  loose: 0,
  branches: [],
  tags: [],
  truncated: false,
  broken: [],
  unfinished: null,
  conflicts: []
};
const NOTHING = { files: 0, bytes: 0, unsized: 0 };

/** A context whose server, dialogs and file browser answer from `world`, and that notes what it was asked. */
export class FakeContext implements ICommandContext {
  readonly trans = nullTranslator.load('jupyterlab_datalad');
  /** Jobs in the order they were started. */
  readonly started: { name: JobName; input: unknown }[] = [];
  /** Questions asked of the user, by dialog. */
  readonly asked: { [D in keyof IDialogs]?: Parameters<IDialogs[D]>[0] } = {};
  readonly opened: string[] = [];
  readonly compared: IComparisonOpening[] = [];
  readonly settled: string[][] = [];
  readonly cancelled: string[] = [];
  readonly pinned: (string | null)[] = [];
  /** Histories that were to be shown. */
  readonly histories: IHistoryRequest[] = [];
  /** What was to be looked at closely. */
  readonly inspected: IInspectRequest[] = [];
  /** Datasets whose branches were to be shown. */
  readonly branchLists: string[] = [];
  copied = '';

  constructor(private readonly world: IWorld) {}

  readonly settings = () => ({ largeTransfer: 1024 ** 3 });

  readonly selection = {
    paths: () => (this.world.selected ?? []).map(contentsPath),
    rows: () => this.selection.paths().flatMap(path => this.row(path) ?? []),
    folder: () => contentsPath(this.world.folder ?? '')
  };

  readonly editors = {
    inFront: () => (this.world.inFront === undefined ? null : contentsPath(this.world.inFront)),
    settle: async (datasets: readonly ContentsPath[]) => {
      this.settled.push([...datasets]);
      return this.world.editorsSettled === false ? null : (this.world.documents ?? []).map(contentsPath);
    }
  };

  /** Notebooks that were written. */
  readonly written: [path: string, content: INotebookContent][] = [];
  readonly notebooks = {
    pathInFront: () => this.editors.inFront(),
    inFront: () => {
      const [path, live] = [this.editors.inFront(), this.world.live];
      return path === null || live === undefined ? null : { path, ...live };
    },
    names: async () => (this.world.rows ?? []).map(({ name }) => name),
    write: async (path: string, content: INotebookContent, { over }: { over: boolean }) => {
      const isFree = over || !this.world.rows?.some(row => row.path === path);
      this.written.push(...(isFree ? [[path, content] as [string, INotebookContent]] : []));
      return isFree;
    },
    read: async () => this.world.executed ?? { cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 }
  };

  /** Notebooks that get files when they are opened. */
  readonly getting = new Set<string>();
  readonly openHabits = {
    ready: Promise.resolve(),
    gets: (path: string) => this.getting.has(path),
    setGets: (path: string, on: boolean) => void (on ? this.getting.add(path) : this.getting.delete(path))
  };

  readonly openFolder = async (path: string) => void this.opened.push(path);
  /** Pages that were opened. */
  readonly pages: [name: string, dataset: string, path?: string][] = [];
  readonly openPage = async (name: string, dataset: string, path?: string) =>
    void this.pages.push(path === undefined ? [name, dataset] : [name, dataset, path]);
  readonly compare = async (request: IComparisonOpening) => void this.compared.push(request);
  /** Earlier versions of files that were opened. */
  readonly versions: IVersionRequest[] = [];
  readonly openVersion = async (request: IVersionRequest) => void this.versions.push(request);
  readonly copyText = (text: string) => void (this.copied = text);

  readonly dialogs: IDialogs = {
    get: async question => this.answer('get', question),
    drop: async question => this.answer('drop', question),
    save: async question => this.answer('save', question),
    clone: async question => this.answer('clone', question),
    create: async question => this.answer('create', question),
    identity: async question => this.answer('identity', question),
    discard: async question => this.answer('discard', question),
    undo: async question => this.answer('undo', question),
    restore: async question => this.answer('restore', question),
    remove: async question => this.answer('remove', question),
    removeRefused: async question => this.answer('removeRefused', question),
    copyTo: async question => this.answer('copyTo', question),
    chooseProcedure: async question => this.answer('chooseProcedure', question),
    run: async question => this.answer('run', question),
    rerun: async question => this.answer('rerun', question),
    verdicts: async question => this.answer('verdicts', question),
    verification: async question => this.answer('verification', question),
    runProcedure: async question => this.answer('runProcedure', question),
    runNotebook: async question => this.answer('runNotebook', question),
    execution: async question => this.answer('execution', question),
    exportArchive: async question => this.answer('exportArchive', question),
    addContainer: async question => this.answer('addContainer', question),
    removeContainer: async question => this.answer('removeContainer', question),
    download: async question => this.answer('download', question),
    addUrls: async question => this.answer('addUrls', question),
    source: async question => this.answer('source', question),
    unpack: async question => this.answer('unpack', question),
    discardParts: async question => this.answer('discardParts', question),
    removeDiscard: async question => this.answer('removeDiscard', question),
    name: async question => this.answer('name', question),
    confirm: async question => this.answer('confirm', question),
    help: async question => this.answer('help', question),
    trust: async question => this.answer('trust', question)
  };

  get datalad() {
    const jobs = { ...this.jobs, jobs: this.world.jobs ?? [] };
    return {
      client: this.client,
      jobs,
      rows: this.rowsModel,
      current: this.current,
      history: this.history,
      inspector: this.inspector
    };
  }

  private readonly client: IDataladClient = {
    call: async <N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> => {
      const output: unknown = this.call(name, v.parse(calls[name].input, input));
      return v.parse(calls[name].output, output) as CallOutput<N>;
    },
    start: () => Promise.reject(new Error('jobs are run through the jobs model')),
    list: async () => [],
    report: () => Promise.reject(new Error('not asked for')),
    cancel: async () => undefined,
    answer: async () => undefined,
    events: new Signal<IDataladClient, never>({} as IDataladClient),
    listen: () => new DisposableDelegate(() => undefined)
  };

  private readonly jobs: IJobsModel = {
    jobs: [],
    changed: new Signal<IJobsModel, void>({} as IJobsModel),
    ended: new Signal<IJobsModel, Job>({} as IJobsModel),
    run: async <N extends JobName>(name: N, input: JobInput<N>) => {
      this.started.push({ name, input });
      return { status: 'ok', jobs: [`job-${this.started.length}`], results: [], ...this.world.outcome } satisfies IOutcome;
    },
    cancel: async id => void this.cancelled.push(id),
    answer: async () => undefined,
    report: () => Promise.reject(new Error('not asked for')),
    clear: () => undefined
  };

  private readonly history: IHistoryModel = {
    state: NO_HISTORY,
    changed: new Signal<IHistoryModel, void>({} as IHistoryModel),
    asked: new Signal<IHistoryModel, void>({} as IHistoryModel),
    hold: () => new DisposableDelegate(() => undefined),
    open: request => void this.histories.push(request),
    setPath: () => undefined,
    setSearch: () => undefined,
    more: async () => undefined,
    openBranches: dataset => void this.branchLists.push(dataset),
    showBranches: () => undefined,
    select: () => undefined
  };

  private readonly inspector: IInspectorModel = {
    state: NOTHING_INSPECTED,
    changed: new Signal<IInspectorModel, void>({} as IInspectorModel),
    asked: new Signal<IInspectorModel, void>({} as IInspectorModel),
    open: request => void this.inspected.push(request),
    close: () => undefined,
    verify: async () => undefined
  };

  private readonly rowsModel: IRowsModel = {
    get: path => (this.world.shown === false ? undefined : this.row(path)),
    state: path => (this.row(path) ? 'ready' : null),
    listing: folder => (this.world.shown === false || folder !== (this.world.folder ?? '') ? undefined : this.listing(folder)),
    refresh: async () => undefined,
    show: () => new DisposableDelegate(() => undefined),
    progress: () => undefined,
    progressed: new Signal<IRowsModel, ContentsPath>({} as IRowsModel),
    changed: new Signal<IRowsModel, ContentsPath>({} as IRowsModel)
  };

  private get current(): ICurrentModel {
    const folder = contentsPath(this.world.folder ?? '');
    return {
      state: {
        folder,
        pinned: false,
        phase: 'dataset',
        summary: this.summary(folder),
        totals: null,
        health: null,
        failure: null
      },
      changed: new Signal<ICurrentModel, void>({} as ICurrentModel),
      pin: dataset => void this.pinned.push(dataset),
      refresh: async () => undefined
    };
  }

  private answer<D extends keyof IDialogs>(dialog: D, question: Parameters<IDialogs[D]>[0]): Awaited<ReturnType<IDialogs[D]>> {
    Object.assign(this.asked, { [dialog]: question });
    const answers: Partial<{ [K in keyof IDialogs]: Awaited<ReturnType<IDialogs[K]>> }> = this.world.answers ?? {};
    return (answers[dialog] ?? null) as Awaited<ReturnType<IDialogs[D]>>;
  }

  private call(name: CallName, input: object): unknown {
    const path = contentsPath('path' in input ? String(input.path) : 'folder' in input ? String(input.folder) : '');
    switch (name) {
      case 'dataset':
        return this.summary(path);
      case 'rows':
        return this.listing(path);
      case 'row':
        return this.row(path) ?? null;
      case 'totals':
        return { here: NOTHING, notHere: NOTHING, counting: false };
      case 'planGet':
        return { ...EMPTY_PLAN, ...this.world.plan };
      case 'planDrop':
        return { toDrop: NOTHING, shared: [], modified: [], ...this.world.dropPlan };
      case 'holdings':
        return ('paths' in input ? (input.paths as string[]) : []).map(held => ({
          path: held,
          ...HOLDS_NOTHING,
          ...this.world.holdings?.[held]
        }));
      case 'planUnpack':
        return this.archive();
      case 'planDiscard':
        return this.world.discardPlans ?? [];
      case 'containers':
        return { containers: [], truncated: false };
      case 'runnable':
        return this.world.runnable ?? [];
      case 'procedureScript':
        return this.world.script;
      case 'planNotebook':
        return this.world.notebook;
      case 'execution':
        return this.world.execution ?? null;
      case 'lostCommits':
        return this.world.lost ?? { count: 0, commits: [] };
      case 'branches':
        return { ...NO_BRANCHES, ...this.world.branches };
      case 'planUndo':
        return this.world.undo ?? { plan: null };
      case 'trust':
        return { dataset: 'dataset' in input ? input.dataset : '', items: this.world.trust ?? [], truncated: false };
      case 'identity':
        return { ...('dataset' in input ? { dataset: input.dataset } : {}), ...ADA, ...this.world.identity };
      default:
        throw new FailureError({ kind: 'unknown', message: `nobody expects ${name}` });
    }
  }

  private archive(): unknown {
    const { archive } = this.world;
    if (archive !== undefined && 'kind' in archive) {
      throw new FailureError(archive);
    }
    return archive;
  }

  private row(path: ContentsPath): Row | undefined {
    const row = this.world.rows?.find(candidate => candidate.path === path);
    return row && v.parse(Row, row);
  }

  private around(path: ContentsPath): ContentsPath[] {
    return (this.world.datasets ?? ['study'])
      .map(contentsPath)
      .filter(dataset => isWithin(path, dataset))
      .sort((one, other) => one.length - other.length);
  }

  private summary(path: ContentsPath): Summary | null {
    const chain = this.around(path).map(dataset => ({
      path: dataset,
      name: dataset || 'root',
      annex: this.world.plain?.includes(dataset) ? ('none' as const) : ('ready' as const),
      ...(this.world.untrusted?.includes(dataset) ? { trust: 'untrusted' as const } : {})
    }));
    const dataset = chain.at(-1);
    return dataset === undefined
      ? null
      : {
          dataset,
          branch: { name: 'main' },
          superdatasets: chain.slice(0, -1),
          changes: (this.world.rows ?? [])
            .map(row => v.parse(Row, row))
            .flatMap(row => (row.change === undefined ? [] : [{ ...row, change: row.change, staged: false }])),
          truncated: false,
          siblings: [],
          obstacles: []
        };
  }

  private listing(folder: ContentsPath): Listing {
    const rows = (this.world.rows ?? []).map(row => v.parse(Row, row)).filter(row => folderOf(row.path) === folder);
    return { folder, dataset: this.summary(folder)?.dataset ?? null, rows, truncated: false };
  }
}

const HOLDS_NOTHING = { isDataset: false, absorbed: false, datasets: [], unchecked: [], annexed: 0, absent: 0, complete: true };

const EMPTY_PLAN: GetPlan = {
  toGet: NOTHING,
  alreadyHere: NOTHING,
  sources: [],
  unavailable: 0,
  absentSubdatasets: [],
  free: null
};
