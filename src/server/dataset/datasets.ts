import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { CallOutput, ParsedCallInput } from '../../protocol/contract';
import type { DatasetRef, Row } from '../../protocol/dataset';
import { fail } from '../../protocol/failure';
import type { ServerEvent } from '../../protocol/job';
import type { ContentsPath } from '../../protocol/paths';
import { displayName } from '../bytes';
import type { CallHandlers } from '../handlers';
import type { AbsolutePath, PathBoundary } from '../paths';
import { attempt } from './attempt';
import { CheckUp } from './checkUp/checkUp';
import { ContainerReader } from './containers/containers';
import { Comparisons } from './compare/comparisons';
import { strongest } from './changes';
import { readDestinations } from './destinations/readDestinations';
import { FigureBoard, type RowFigures } from './figures/figureBoard';
import { Freshness } from './freshness';
import { type IFound, readFolder, readRoots, toRow, toRows } from './folderRows';
import { History } from './history/history';
import { hiddenIn } from './hidden/hiddenListing';
import type { IWitnessedCommits } from './headWitness';
import { Inspector } from './inspect/inspector';
import { mapLimited } from '../mapLimited';
import { isWithin } from '../nesting';
import { readMessages } from './messages';
import { summaryOfOther } from './owner';
import { forgetFolders, type IReadOptions } from './quick/quickFolder';
import { planDrop } from './plans/planDrop';
import { planGet } from './plans/planGet';
import { planRun } from './plans/planRun';
import { select } from './plans/selection';
import { Repositories } from './repositories';
import type { Repository } from './repository';
import { TrustKeeper } from '../trust/trust';
import { RulesReader } from './rules/rules';
import { ProvenanceReader } from './runs/provenance';
import { readSummary } from './summary';

/** What {@link Datasets} needs. */
export interface IDatasetsOptions {
  boundary: PathBoundary;
  /** Says which datasets have settings of their own that could run programs. */
  trust?: TrustKeeper;
  /** The environment of git; see `process/environment.ts`. */
  env: Record<string, string>;
  /** The environment of the user's own commands. */
  terminalEnv?: Record<string, string>;
  /** The program that unpacks run records. */
  python: string;
  /** Told what changed, for the streams that are open. */
  emit(event: ServerEvent): void;
  /** Commits were seen that no job of this server made. */
  onCommit?(dataset: AbsolutePath, commits: IWitnessedCommits): void;
  log(message: string, details?: Record<string, unknown>): void;
}

/** How long an answer waits for a count, in milliseconds. */
const PATIENCE = 10_000;
/** How long a summary waits for a look into subdatasets, in milliseconds. */
const LOOK_PATIENCE = 500;

type ReadHandlers = Pick<
  CallHandlers,
  'rows' | 'row' | 'dataset' | 'totals' | 'hidden' | 'planGet' | 'planDrop' | 'planRun' | 'destinations' | 'messages'
>;

/** Answers everything that is read of datasets. Nothing here starts DataLad or git-annex, or writes anywhere. */
export class Datasets implements ReadHandlers {
  /** What is read of the past. */
  readonly history: History;
  readonly comparisons: Comparisons;
  readonly rules: RulesReader;
  readonly inspector: Inspector;
  readonly checkUp: CheckUp;
  /** What was made of what; its `indexes` know the runs of each dataset. */
  readonly provenance: ProvenanceReader;
  readonly containers: ContainerReader;
  private readonly boundary: PathBoundary;
  private readonly repositories: Repositories;
  private readonly board: FigureBoard;
  private readonly freshness: Freshness;
  private readonly trust: TrustKeeper;

  constructor(private readonly options: IDatasetsOptions) {
    this.boundary = options.boundary;
    this.trust = options.trust ?? new TrustKeeper(options.env);
    this.repositories = new Repositories(options.boundary, options.env);
    this.history = new History(options.boundary, this.repositories, options);
    this.comparisons = new Comparisons(options.boundary, this.repositories);
    this.rules = new RulesReader(options.boundary, this.repositories);
    this.provenance = new ProvenanceReader(options.boundary, this.repositories, options);
    this.checkUp = new CheckUp(options.boundary, this.repositories);
    this.board = new FigureBoard({
      repositories: this.repositories,
      told: root => this.tellFigures(root),
      failed: (root, error) => options.log('counting failed', { dataset: root, error: String(error) })
    });
    const { boundary, repositories, board } = this;
    this.containers = new ContainerReader({ boundary, repositories, row: (input, signal) => this.row(input, signal) });
    this.inspector = new Inspector({
      boundary,
      repositories,
      board,
      python: options,
      row: (input, signal) => this.row(input, signal)
    });
    this.freshness = new Freshness({
      boundary: options.boundary,
      repositories: this.repositories,
      emit: options.emit,
      onCommit: options.onCommit,
      failed: (root, error) => options.log('looking at commits failed', { dataset: root, error: String(error) })
    });
  }

  /** The innermost dataset root that a path is or lies in; null outside datasets. */
  rootOf(path: AbsolutePath): Promise<AbsolutePath | null> {
    return this.repositories.rootOf(path);
  }

  /** The outermost dataset root around a path; null outside datasets. */
  async topOf(path: AbsolutePath): Promise<AbsolutePath | null> {
    return (await this.repositories.rootsAround(path))[0] ?? null;
  }

  rows = async ({ folder, complete }: ParsedCallInput<'rows'>, signal: AbortSignal): Promise<CallOutput<'rows'>> => {
    const asked = this.boundary.resolve(folder);
    const real = await this.repositories.realFolder(asked);
    const root = await this.repositories.rootOf(real);
    const repository = root === null ? null : await this.repositories.open(root);
    const heard = await this.freshness.showFolder(folder, real, root);
    const sign = complete === true ? null : heard;
    const [found, dataset] = await Promise.all([
      repository === null ? readRoots(real) : this.readWithin(repository, real, { signal, sign }),
      repository === null ? null : this.reference(repository)
    ]);
    if (complete === true) {
      await this.settle(repository, real, found);
    }
    await this.addFigures(repository, real, found);
    return {
      folder,
      dataset,
      rows: toRows(this.boundary, asked, found.rows),
      truncated: found.truncated,
      ...(found.failure === undefined ? {} : { failure: found.failure })
    };
  };

  row = async ({ path }: ParsedCallInput<'row'>, signal: AbortSignal): Promise<Row | null> => {
    const asked = this.boundary.resolve(path);
    const folder = dirname(asked) as AbsolutePath;
    if (asked === this.boundary.root || !(await this.repositories.isFolder(folder))) {
      return null;
    }
    const real = await this.repositories.realFolder(folder);
    const root = await this.repositories.rootOf(real);
    const only = basename(asked);
    const found =
      root === null ? await readRoots(real) : await this.readWithin(await this.repositories.open(root), real, { signal, only });
    found.rows = found.rows.filter(({ name }) => name === only);
    await this.addFigures(root === null ? null : await this.repositories.open(root), real, found);
    const [row] = found.rows;
    return row === undefined ? null : toRow(this.boundary, folder, row);
  };

  dataset = async ({ path, complete }: ParsedCallInput<'dataset'>, signal: AbortSignal): Promise<CallOutput<'dataset'>> => {
    const roots = await this.repositories.rootsAround(this.boundary.resolve(path));
    const root = roots.pop();
    if (root === undefined) {
      return null;
    }
    const repository = await this.repositories.open(root);
    const look = complete === true ? { patience: PATIENCE, age: 0 } : { patience: LOOK_PATIENCE };
    await this.freshness.showDataset(root);
    try {
      const around = await Promise.all(roots.map(async outer => await this.reference(await this.repositories.open(outer))));
      return await readSummary(repository, {
        dataset: await this.reference(repository),
        superdatasets: around,
        toContents: relative => this.boundary.toContents(join(root, relative) as AbsolutePath),
        dirtySubdatasets: () => this.board.dirtySubdatasets(repository, look),
        signal
      });
    } catch (error) {
      return await summaryOfOther(error, repository, { path: this.boundary.toContents(root), name: displayName(basename(root)) });
    }
  };

  totals = async ({ dataset, complete }: ParsedCallInput<'totals'>): Promise<CallOutput<'totals'>> => {
    const repository = await this.openAt(dataset);
    if (complete === true) {
      await Promise.race([this.board.figures(repository), pause(PATIENCE, undefined, { ref: false })]);
    }
    return this.board.totals(repository);
  };

  hidden = async ({ folder }: ParsedCallInput<'hidden'>): Promise<CallOutput<'hidden'>> => {
    const repository = await this.openAt(folder);
    const asked = this.boundary.resolve(folder);
    const { rows, truncated } = hiddenIn(await this.board.figures(repository), asked.slice(repository.root.length + 1));
    return { folder, rows: rows.map(row => toRow(this.boundary, asked, row)), truncated };
  };

  planGet = async (input: ParsedCallInput<'planGet'>, signal: AbortSignal): Promise<CallOutput<'planGet'>> => {
    const { selections, absent } = await this.select(input, signal);
    return { ...(await planGet(selections, signal)), absentSubdatasets: this.toContents(absent) };
  };

  planDrop = async (input: ParsedCallInput<'planDrop'>, signal: AbortSignal): Promise<CallOutput<'planDrop'>> => {
    const { selections } = await this.select(input, signal);
    const { toDrop, shared, modified } = await planDrop(selections, signal);
    return { toDrop, shared: this.toContents(shared), modified: this.toContents(modified) };
  };

  planRun = async (input: ParsedCallInput<'planRun'>, signal: AbortSignal): Promise<CallOutput<'planRun'>> => {
    const { boundary, repositories, board, options } = this;
    const repository = await this.openAt(input.dataset);
    const folder = boundary.resolve(input.workingFolder ?? input.dataset);
    if (!isWithin(folder, repository.root)) {
      fail('outside-root', 'This folder is not in the dataset.', { parameters: { path: input.workingFolder ?? '' } });
    }
    const { env, terminalEnv = {}, python } = options;
    return await planRun(input, { repository, folder, repositories, board, env, terminalEnv, python, signal });
  };

  destinations = async (
    { dataset, paths }: ParsedCallInput<'destinations'>,
    signal: AbortSignal
  ): Promise<CallOutput<'destinations'>> => {
    const repository = await this.openAt(dataset);
    return await readDestinations(repository, paths, { boundary: this.boundary, signal });
  };

  messages = async ({ dataset }: ParsedCallInput<'messages'>, signal: AbortSignal): Promise<CallOutput<'messages'>> =>
    await readMessages(await this.openAt(dataset), signal);

  /** Forgets what may have changed after a job and tells the streams; null: anywhere. */
  changed(dataset: AbsolutePath | null): void {
    this.board.forget(dataset);
    this.options.emit({ type: 'changed', dataset: dataset === null ? null : this.boundary.toContents(dataset), what: 'state' });
  }

  /** A stream of events was opened, or the last one closed: nothing is watched while nobody listens. */
  setListening(listening: boolean): void {
    this.freshness.setListening(listening);
  }

  /** Call with true before a job works in a dataset and with false after it: what is committed in between is not told by `onCommit`. */
  setBusy(dataset: AbsolutePath, busy: boolean): void {
    this.freshness.setBusy(dataset, busy);
  }

  /** Forgets all that was read; nothing is lost but time. */
  forget(): void {
    this.board.clear();
    this.repositories.clear();
    forgetFolders();
  }

  dispose(): void {
    this.freshness.dispose();
  }

  private async readWithin(repository: Repository, folder: AbsolutePath, options: IReadOptions): Promise<IFound> {
    const relative = folder.slice(repository.root.length + 1);
    // What git keeps for itself has no rows.
    return relative === '.git' || relative.startsWith('.git/')
      ? { rows: [], truncated: false }
      : await readFolder(repository, relative, options);
  }

  private async select({ paths, recursive = false }: ParsedCallInput<'planGet'>, signal: AbortSignal): ReturnType<typeof select> {
    const { boundary, repositories, board } = this;
    return await select(
      paths.map(path => boundary.resolve(path)),
      { repositories, board, recursive, signal }
    );
  }

  private toContents(paths: readonly AbsolutePath[]): ContentsPath[] {
    return paths.map(path => this.boundary.toContents(path));
  }

  private async settle(repository: Repository | null, folder: AbsolutePath, found: IFound): Promise<void> {
    const roots = found.rows
      .filter(({ facts }) => facts.kind === 'dataset')
      .map(({ name }) => join(folder, name) as AbsolutePath);
    await Promise.race([
      Promise.all([
        ...roots.map(root => this.board.settleRow(root)),
        ...(repository === null
          ? []
          : [
              attempt(this.board.figures(repository)),
              attempt(this.board.dirtySubdatasets(repository, { patience: PATIENCE, age: 0 }))
            ])
      ]),
      pause(PATIENCE, undefined, { ref: false })
    ]);
  }

  private async addFigures(repository: Repository | null, folder: AbsolutePath, found: IFound): Promise<void> {
    const ofFolder: (name: string) => RowFigures =
      repository === null ? () => ({}) : this.board.folders(repository, folder.slice(repository.root.length + 1));
    const withFigures = found.rows.filter(({ facts: { kind } }) => kind === 'directory' || kind === 'dataset');
    await mapLimited(withFigures, 8, async row => {
      const { kind, change } = row.facts;
      if (kind === 'directory') {
        const { change: below, ...figures } = ofFolder(row.name);
        const strong = strongest([change, below]);
        row.facts = { ...row.facts, ...figures, ...(strong === undefined ? {} : { change: strong }) };
      } else if (kind === 'dataset') {
        const figures = await this.board.dataset(join(folder, row.name) as AbsolutePath);
        const untrusted = await this.isUntrusted(join(folder, row.name) as AbsolutePath);
        row.facts = {
          ...row.facts,
          ...figures,
          ...(change === undefined ? {} : { change }),
          ...(untrusted ? { untrusted: true as const } : {})
        };
      }
    });
  }

  private async isUntrusted(root: AbsolutePath): Promise<boolean> {
    const { folder } = await this.repositories.open(root);
    return (await this.trust.trustOf(root, folder)) === 'untrusted';
  }

  /** Figures of a dataset show on its own folders and on its row in the folder around it. */
  private tellFigures(root: AbsolutePath): void {
    const { boundary, options } = this;
    options.emit({ type: 'changed', dataset: boundary.toContents(root), what: 'figures' });
    const around = dirname(root);
    if (root !== boundary.root && boundary.contains(around)) {
      const folder = boundary.toContents(around);
      this.repositories.rootOf(around).then(
        outer =>
          options.emit({ type: 'changed', dataset: outer === null ? null : boundary.toContents(outer), what: 'figures', folder }),
        () => undefined
      );
    }
  }

  private async openAt(path: ContentsPath): Promise<Repository> {
    const root = await this.repositories.rootOf(this.boundary.resolve(path));
    return root === null ? fail('not-a-dataset', 'There is no dataset here.') : await this.repositories.open(root);
  }

  private async reference(repository: Repository): Promise<DatasetRef> {
    const { root, folder } = repository;
    const trust = await this.trust.trustOf(root, folder);
    return {
      path: this.boundary.toContents(root),
      name: displayName(basename(root)),
      ...(trust === null ? {} : { trust }),
      annex: (await attempt(repository.annexState())).value ?? 'unknown'
    };
  }
}
