import { join } from 'node:path';
import { jobs as contract, type JobName, type ParsedJobInput } from '../../protocol/contract';
import { FailureError } from '../../protocol/failure';
import type { Job } from '../../protocol/job';
import type { ContentsPath } from '../../protocol/paths';
import { workerEnvironment } from '../datalad/workerEnvironment';
import { WorkerPool } from '../datalad/workerPool';
import { readContainerCode } from '../dataset/containers/containerCode';
import { Datasets } from '../dataset/datasets';
import type { CallHandlers, JobHandlers } from '../handlers';
import { committedIn, placesOf } from '../jobs/jobRecord';
import { JobJournal } from './jobJournal';
import { readDiscarded, readDiscardPlan, readPartsPlan } from './calls/discards';
import { HelpKeeper } from './calls/help';
import { readHoldings } from './calls/holdings';
import { readLocks } from './calls/locks';
import { planUndo } from './calls/planUndo';
import { readProcedures } from './calls/procedures';
import { planAddUrls } from './calls/planAddUrls';
import { planUnpack } from './calls/planUnpack';
import { readRuntimes } from './calls/runtimes';
import { readRunnable, readScript } from './calls/runnable';
import { readKnownSettings, readSettings } from './calls/settings';
import { readSetup } from './calls/setup';
import { type AbsolutePath, PathBoundary } from '../paths';
import { terminalEnvironment } from '../process/environment';
import { Redactor } from '../redact';
import { Rest } from '../rest';
import { Gate } from '../trust/gate';
import { guarded, isGuarded } from '../trust/guarded';
import { together } from '../together';
import { TrustKeeper } from '../trust/trust';
import { readIdentity, requireIdentity } from './calls/identity';
import { createJobHandlers } from './jobs';
import { isInstalled } from './jobs/datasetAround';
import type { IOperations, IOperationsOptions } from './operations';
import { ExecutionBook } from './notebooks/executionBook';
import { readAbsentFiles } from './notebooks/absentFiles';
import { planNotebook } from './notebooks/planNotebook';
import { RunBook } from './runs/runBook';
import { SaveBook } from './undo/saveTrace';

/** What a command left running in the background must not print into the next one: each gets a worker of its own, a warm one. */
const RUN_WORKERS = { maxUses: 1, idleTime: 60_000 };

type CommonCalls = Pick<CallHandlers, 'health' | 'job'>;

/** The operations on the datasets below one contents root. */
export class Workspace implements IOperations {
  readonly calls: CallHandlers;
  readonly jobs: JobHandlers;
  readonly journal: JobJournal;
  private readonly boundary: PathBoundary;
  private readonly datasets: Datasets;
  private readonly pool: WorkerPool;
  private readonly runPool: WorkerPool;
  /** Of programs that are the user's own. */
  private readonly terminalEnv: Record<string, string>;
  private readonly rest = new Rest(() => this.datasets.forget());
  private readonly trust: TrustKeeper;
  private readonly gate: Gate;
  private readonly saves = new SaveBook();
  private readonly executions = new ExecutionBook();
  private readonly runs = new RunBook();
  private readonly redactor = new Redactor(process.env);
  private readonly help: HelpKeeper;
  private known: ReturnType<CallHandlers['knownSettings']> | undefined;
  /** Where running jobs work. */
  private readonly working = new Map<string, AbsolutePath>();

  constructor(
    root: string,
    private readonly env: Record<string, string>,
    common: CommonCalls,
    private readonly options: IOperationsOptions
  ) {
    const { server, report } = options;
    this.boundary = new PathBoundary(root);
    this.help = new HelpKeeper({ env, python: server.python });
    this.trust = new TrustKeeper(env);
    this.gate = new Gate({ boundary: this.boundary, trust: this.trust, env });
    this.terminalEnv = terminalEnvironment(process.env, server.binaries);
    this.datasets = this.openDatasets();
    this.journal = new JobJournal({ boundary: this.boundary, env, log: options.log });
    const worker = { python: server.python, script: join(server.packageFolder, 'worker') };
    this.pool = new WorkerPool({ ...worker, env: workerEnvironment(env) });
    this.runPool = new WorkerPool({ ...worker, env: this.terminalEnv, ...RUN_WORKERS });
    const interrupted = (id: string): ReturnType<JobJournal['find']> => this.journal.find(id);
    const handlers = createJobHandlers({
      boundary: this.boundary,
      pool: this.pool,
      runPool: this.runPool,
      python: server.python,
      env,
      terminalEnv: this.terminalEnv,
      packageFolder: server.packageFolder,
      executions: this.executions,
      runs: this.runs,
      report,
      interrupted,
      saves: this.saves
    });
    this.jobs = guarded(handlers, this.gate);
    this.calls = this.createCalls(common);
  }

  /** Where no dataset is yet, a clone or create has a lane of its own. */
  async treeOf(path: ContentsPath): Promise<string> {
    return (await this.datasets.topOf(this.boundary.resolve(path))) ?? path;
  }

  async admit(name: JobName, input: ParsedJobInput<JobName>): Promise<void> {
    placesOf(input).forEach(path => this.boundary.resolveFolder(path));
    await together([
      ...(isGuarded(name) ? [this.gate.admit(name, input)] : []),
      ...(contract[name].commits ? committedIn(name, input) : []).map(path =>
        requireIdentity({ folder: this.repositoryAt(path), env: this.env })
      )
    ]);
  }

  begun({ id, dataset }: Job): void {
    const root = this.placeOf(dataset);
    if (root !== null) {
      this.working.set(id, root);
      this.datasets.setBusy(root, true);
    }
  }

  ended({ id, operation }: Job): void {
    if (operation === 'setExtension') {
      this.help.forget();
    }
    const root = this.working.get(id) ?? null;
    if (root !== null) {
      this.working.delete(id);
      this.datasets.setBusy(root, false);
    }
    this.datasets.changed(root);
  }

  recover(adopt: Parameters<JobJournal['recover']>[0]): Promise<void> {
    return this.journal.recover(adopt);
  }

  listening(anyone: boolean): void {
    this.datasets.setListening(anyone);
    this.rest.listening(anyone);
    if (!anyone) {
      this.pool.cool();
      this.runPool.cool();
    }
  }

  async dispose(): Promise<void> {
    this.rest.dispose();
    this.datasets.dispose();
    this.journal.dispose();
    await Promise.all([this.pool.dispose(), this.runPool.dispose()]);
  }

  private openDatasets(): Datasets {
    const { boundary, env, terminalEnv, options, trust } = this;
    return new Datasets({
      boundary,
      trust,
      env,
      terminalEnv,
      python: options.server.python,
      emit: options.emit,
      onCommit: (dataset, { subjects, files }) =>
        options.witness({ operation: 'terminal', dataset: boundary.toContents(dataset), input: { subjects, files } }),
      log: (message, details) => options.log('warn', message, details)
    });
  }

  private createCalls(common: CommonCalls): CallHandlers {
    const { boundary, env, saves } = this;
    const { report, list, server } = this.options;
    const { python } = server;
    const {
      rows,
      row,
      dataset,
      totals,
      hidden,
      destinations,
      messages,
      planGet,
      planDrop,
      planRun,
      history: past
    } = this.datasets;
    const { differences, content, hunks } = this.datasets.comparisons;
    const { rules, rulePreview } = this.datasets.rules;
    const { copies, inspect, origin } = this.datasets.inspector;
    return {
      ...common,
      rows,
      row,
      totals,
      hidden,
      dataset,
      destinations,
      messages,
      checkUp: this.datasets.checkUp.checkUp,
      containers: (input, signal) => {
        // The form of a run asks for them, while somebody types a command.
        this.runPool.prewarm();
        return this.datasets.containers.containers(input, signal);
      },
      containerCode: ({ dataset, container }, signal) =>
        readContainerCode({ root: boundary.resolveFolder(dataset), name: container }, { env, signal }),
      runtimes: (_, signal) =>
        readRuntimes({ env: terminalEnvironment(process.env, server.binaries), redactor: this.redactor, signal }),
      rules,
      rulePreview,
      history: past.history,
      commit: past.commit,
      historyMarks: past.historyMarks,
      blame: past.blame,
      planRerun: (input, signal) => {
        // The records are looked at next, and then run.
        this.runPool.prewarm();
        return past.planRerun(input, signal);
      },
      branches: past.branches,
      lostCommits: past.lostCommits,
      differences,
      content,
      hunks,
      copies,
      inspect,
      origin,
      provenance: this.datasets.provenance.provenance,
      provDocument: this.datasets.provenance.provDocument,
      planGet: this.beforeJob(planGet),
      planDrop: this.beforeJob(planDrop),
      planRun,
      planUnpack: this.beforeJob((input, signal) => planUnpack(input, { boundary, env, python, signal })),
      planAddUrls: this.beforeJob((input, signal) => planAddUrls(input, { boundary, env, signal })),
      planNotebook: this.beforeJob((input, signal) => planNotebook(input, { boundary, env: this.terminalEnv, signal })),
      absentFiles: input => readAbsentFiles(input, boundary),
      execution: async ({ job }) => this.executions.find(job)?.execution ?? null,
      planDiscard: (input, signal) => readDiscardPlan(input, { boundary, env, runs: this.runs, signal }),
      holdings: (input, signal) => readHoldings(input, { boundary, env, signal }),
      planParts: (input, signal) => readPartsPlan(input, { boundary, env, signal }),
      discarded: (input, signal) => readDiscarded(input, { boundary, env, signal }),
      planUndo: (input, signal) => planUndo(input, { boundary, env, signal, saves, report, list, planGet, planDrop }),
      locks: (input, signal) => readLocks(input, { boundary: this.boundary, env: this.env, signal }),
      procedures: (_, signal) => readProcedures({ env: this.env, python, signal }),
      runnable: (input, signal) => readRunnable(boundary.resolveFolder(input.dataset), { boundary, env, python, signal }),
      procedureScript: (input, signal) =>
        readScript(boundary.resolveFolder(input.dataset), input.procedure, { boundary, env, python, signal }),
      settings: (input, signal) => readSettings(boundary.resolveFolder(input.dataset), { env, redactor: this.redactor, signal }),
      knownSettings: async () => this.knownSettings(),
      help: ({ subject }) => this.help.read(subject),
      setup: ({ dataset }, signal) => this.setup(common, dataset, signal),
      trust: (input, signal) => this.gate.question(input, signal),
      identity: this.beforeJob(({ dataset }, signal) => this.identity(dataset, signal))
    };
  }

  /** What is asked when a job is near, and not before: who only looks needs no worker, which takes as much memory as this server. */
  private beforeJob<I, O>(call: (input: I, signal: AbortSignal) => O): (input: I, signal: AbortSignal) => O {
    return (input, signal) => {
      this.pool.prewarm();
      return call(input, signal);
    };
  }

  private async identity(path: ContentsPath | null, signal: AbortSignal): ReturnType<CallHandlers['identity']> {
    const folder = this.repositoryAt(path);
    const person = await readIdentity({ folder, env: this.env, signal });
    return { ...person, suggestedName: this.options.server.user, dataset: folder === null ? null : path };
  }

  /** What at a place says who commits are made by: what is no repository yet will know no more than the user's own configuration. */
  private repositoryAt(path: ContentsPath | null): AbsolutePath | null {
    const folder = path === null ? null : this.boundary.resolve(path);
    return folder !== null && isInstalled(folder) ? folder : null;
  }

  /** One that failed is not remembered. */
  private knownSettings(): ReturnType<CallHandlers['knownSettings']> {
    const asked = (this.known ??= readKnownSettings({ env: this.env, python: this.options.server.python }));
    asked.catch(() => (this.known = undefined));
    return asked;
  }

  private async setup(common: CommonCalls, path: ContentsPath | null, signal: AbortSignal): ReturnType<CallHandlers['setup']> {
    const { boundary, env } = this;
    const { python } = this.options.server;
    const dataset = path === null ? null : boundary.resolve(path);
    return readSetup({ health: await common.health({}, signal), env, python, dataset, signal });
  }

  /** Where a job works; null when that is outside any dataset, or when the dataset's place cannot be told any more. */
  private placeOf(dataset: ContentsPath | null): AbsolutePath | null {
    try {
      return dataset === null ? null : this.boundary.resolve(dataset);
    } catch (error) {
      if (error instanceof FailureError) {
        return null;
      }
      throw error;
    }
  }
}
