import { join } from 'node:path';
import * as v from 'valibot';
import { fail } from '../../../protocol/failure';
import type { CommitId } from '../../../protocol/revision';
import { execute, type IOutcome, judge } from '../../datalad/execute';
import type { WorkerPool } from '../../datalad/workerPool';
import { absentInputs } from '../../dataset/runs/absentInputs';
import { contentOf, type ITaken, Opened } from '../../dataset/runs/content';
import { folderOf, type IRunData } from '../../dataset/runs/parseRecord';
import { type IPlannedRun, obstacleIn } from '../../dataset/runs/rerunPlan';
import { Repository } from '../../dataset/repository';
import { GITLINK, isRegular, parseIndex, parseTree } from '../../git/entry';
import { objectIds } from '../../git/objects';
import type { ITask } from '../../handlers';
import { type AbsolutePath, PathBoundary } from '../../paths';
import { withoutResults } from '../../quietTask';
import { scan } from '../../trust/scan';
import { changesBetween, type IFileChange, type IFileSide } from './changes';
import { Clone, type ICloneOptions, isInstalled } from './clone';

/** What came out of a run that went well. */
export interface IReplayed {
  /** Files the run had made, by their paths: as it had made them, and how they differ now; null where they do not. */
  readonly outputs: Map<string, { recorded: IFileChange; differs: IFileChange | null }>;
  /** What it wrote beside them. */
  readonly fresh: IFileChange[];
}

/** The files that a run had made. */
export type Outputs = Map<string, IFileChange>;

const CommandEnd = v.looseObject({ action: v.literal('run'), exit_code: v.number() });

/** The record files that DataLad itself writes say when and where a command ran. */
const RECORDS = '.datalad/runinfo/';

/**
 * Repeats runs one by one in a clone, each in the commit that it was recorded on, with what the runs before it made this time where that is
 * not the same. What a run did not make is not there for the next one, either.
 */
export class Replay {
  /** What is other than recorded, by path: what was recorded, and what is there now. */
  private readonly remade = new Map<string, { recorded: string; now: IFileSide | null }>();
  private readonly subdatasets = new Map<string, Clone>();
  private opened: Opened;

  constructor(
    private readonly clone: Clone,
    private readonly options: ICloneOptions & { pool: WorkerPool }
  ) {
    this.opened = new Opened(options.env);
  }

  /** The files that a run had made, subdatasets by theirs where these are here. */
  async outputsOf({ step, parents }: IPlannedRun): Promise<Outputs> {
    const [from] = parents;
    if (from === undefined) {
      return fail('not-repeatable', 'There is no commit that this run began at.', { parameters: { obstacle: 'unreadable' } });
    }
    const original = new Opened(this.options.env);
    const { signal } = this.options;
    const changes = await changesBetween(this.clone.original, { from, to: step.commit, opened: original, signal });
    return new Map([...changes].filter(([path, { now }]) => now !== null && !path.startsWith(RECORDS)));
  }

  /** Fails as the command does, or for what kept it from being run. */
  async run(planned: IPlannedRun, outputs: Outputs, task: ITask): Promise<IReplayed> {
    const { signal } = this.options;
    const start = await this.begin(planned);
    await this.provide(planned, start, [...outputs.keys()]);
    await this.requireSafe(planned);
    await this.execute(planned.step.commit, task);
    const end = (await this.clone.idOf('HEAD')) as CommitId;
    this.opened = new Opened(this.options.env);
    const options = { opened: this.opened, signal };
    const differs = await changesBetween(this.clone.repository, { from: planned.step.commit, to: end, ...options });
    const made = await changesBetween(this.clone.repository, { from: start, to: end, ...options });
    const told = new Map([...outputs].map(([path, recorded]) => [path, { recorded, differs: differs.get(path) ?? null }]));
    for (const [path, { recorded, differs: other }] of told) {
      this.remember(path, recorded, other === null ? recorded.now : other.now);
    }
    const fresh = [...made.values()].filter(({ path, now }) => now !== null && !outputs.has(path) && !path.startsWith(RECORDS));
    return { outputs: told, fresh };
  }

  /** What a run was to make is not there for those after it. */
  lose(outputs: Outputs): void {
    outputs.forEach((recorded, path) => this.remember(path, recorded, null));
  }

  private remember(path: string, recorded: IFileChange, now: IFileSide | null): void {
    if (now?.name === recorded.now?.name) {
      this.remade.delete(path);
    } else if (recorded.now !== null) {
      this.remade.set(path, { recorded: recorded.now.name, now });
    }
  }

  /** Checks out the commit a run began at, with what is other by now, and with the file of its record. */
  private async begin({ step, parents, file }: IPlannedRun): Promise<CommitId> {
    const { clone } = this;
    const [parent = ''] = parents;
    await clone.checkOut(parent);
    const lines = await this.overlay(parent as CommitId);
    const [record] = file === null ? [] : parseTree(await clone.repository.git.read(['ls-tree', '-z', step.commit, '--', file]));
    if (record !== undefined) {
      lines.push(`${record.mode} ${record.oid}\t${file ?? ''}`);
    }
    if (lines.length === 0) {
      return parent as CommitId;
    }
    await clone.git(['update-index', '-z', '--index-info'], lines.map(line => `${line}\0`).join(''));
    const tree = (await clone.git(['write-tree'])).toString().trim();
    const commit = (await clone.git(['commit-tree', tree, '-p', parent, '-m', 'What the runs before have made']))
      .toString()
      .trim();
    await clone.checkOut(commit);
    return commit as CommitId;
  }

  /** Lines for `git update-index --index-info`, of files that are recorded in a commit and have come out otherwise. */
  private async overlay(commit: CommitId): Promise<string[]> {
    const { git, keys } = this.clone.repository;
    const paths = [...this.remade.keys()];
    const oids = await objectIds(
      git,
      paths.map(path => `${commit}:${path}`)
    );
    const lines: string[] = [];
    for (const [at, path] of paths.entries()) {
      const { recorded, now } = this.remade.get(path) ?? { recorded: '', now: null };
      const oid = oids[at] ?? null;
      const isRecorded = oid !== null && (await this.namesOf(oid, keys)).includes(recorded);
      if (isRecorded) {
        lines.push(now === null ? `0 ${'0'.repeat(oid.length)}\t${path}` : `${now.mode} ${now.oid}\t${path}`);
      }
    }
    return lines;
  }

  private async namesOf(oid: string, keys: Repository['keys']): Promise<string[]> {
    const found = await Promise.all(['120000', '100644'].map(mode => keys.read({ mode, oid })));
    return [...found.flatMap(key => key ?? []), `git:${oid}`];
  }

  /** Installs the subdatasets that a run needs, and puts content there as far as the original has it. */
  private async provide({ data, file }: IPlannedRun, start: CommitId, made: readonly string[]): Promise<void> {
    const { clone } = this;
    const { signal } = this.options;
    if (data === null) {
      return fail('not-repeatable', 'The record cannot be read.', { parameters: { obstacle: 'unreadable' } });
    }
    // DataLad reads a record in a file of its own there, which may be annexed, too.
    const changed = file === null ? made : [...made, file];
    await this.installSubdatasets(data, changed);
    this.opened = new Opened(this.options.env);
    const taken = await contentOf(clone.repository, { commit: start, data, changed, opened: this.opened, signal });
    const filled = new Map<Clone, string[]>();
    for (const { root, path, key, mode } of taken) {
      const owner = this.ownerOf(root);
      if ((await owner.place(key)) && isRegular(mode)) {
        filled.set(owner, [...(filled.get(owner) ?? []), path]);
      }
    }
    for (const [owner, paths] of filled) {
      await owner.fill(paths);
    }
    await this.requireContent(taken);
  }

  /** Without siblings nothing is got: that was not asked for. */
  private async requireContent(taken: readonly ITaken[]): Promise<void> {
    for (const { root, path, key } of this.options.siblings ? [] : taken.filter(({ needed }) => needed)) {
      if (!(await this.ownerOf(root).repository.store.has(key))) {
        fail('not-here', 'A file that the run needs is not here.', { parameters: { path } });
      }
    }
  }

  private ownerOf(root: AbsolutePath): Clone {
    return root === this.clone.root ? this.clone : (this.subdatasets.get(root) ?? this.clone);
  }

  /** Has the subdatasets that a run needs at the commits that are registered, as far as the original has them installed. */
  private async installSubdatasets(data: IRunData, changed: readonly string[]): Promise<void> {
    for (const [root, sub] of this.subdatasets) {
      const oid = isInstalled(root) ? await this.registeredAt(sub.root) : null;
      await (oid === null ? this.subdatasets.delete(root) : sub.checkOut(oid));
    }
    for (;;) {
      const places = await this.absentOn(data, changed);
      const next = places.filter(path => isInstalled(join(this.clone.original.root, path)));
      if (next.length === 0) {
        return;
      }
      for (const path of next) {
        await this.install(path);
      }
    }
  }

  private async absentOn(data: IRunData, changed: readonly string[]): Promise<string[]> {
    const { repository } = this.clone;
    const { env } = this.options;
    const named = { folder: folderOf(data) ?? '', inputs: [...data.inputs, ...data.extraInputs, ...data.outputs], env };
    const places = [
      ...(await absentInputs(repository, named)),
      ...(await absentInputs(repository, { folder: '', inputs: changed, env }))
    ];
    return [...new Set(places)];
  }

  private async install(path: string): Promise<void> {
    const root = join(this.clone.root, path) as AbsolutePath;
    const from = await Repository.open(join(this.clone.original.root, path) as AbsolutePath, this.options.env);
    const oid = await this.registeredAt(root);
    const made = await Clone.make(from, root, this.options);
    this.subdatasets.set(root, made);
    await made.checkOut(oid ?? 'HEAD');
  }

  /** The commit that the dataset around a place has there; null where it has no subdataset. */
  private async registeredAt(root: AbsolutePath): Promise<string | null> {
    const around = [this.clone, ...this.subdatasets.values()].filter(({ root: outer }) => root.startsWith(`${outer}/`));
    const [parent = this.clone] = around.sort((one, other) => other.root.length - one.root.length);
    const listed = await parent.git(['ls-files', '-s', '-z', '--', root.slice(parent.root.length + 1)]);
    return parseIndex(listed).find(({ mode }) => mode === GITLINK)?.oid ?? null;
  }

  /** What could not be seen before: what is in the folders at that commit. */
  private async requireSafe({ data }: IPlannedRun): Promise<void> {
    const { env, signal } = this.options;
    for (const clone of [this.clone, ...this.subdatasets.values()]) {
      await refuseOtherSettings(clone, env);
    }
    const { obstacle } =
      data === null ? { obstacle: 'unreadable' } : await obstacleIn(this.clone.repository, data, { env, signal });
    if (obstacle !== undefined) {
      fail('not-repeatable', 'This run cannot be repeated here.', { parameters: { obstacle } });
    }
  }

  private async execute(commit: CommitId, task: ITask): Promise<void> {
    const { root } = this.clone;
    let code: number | undefined;
    const call = { command: 'rerun', dataset: root, folder: root, arguments: { revision: commit, on_failure: 'stop' } };
    const quiet = withoutResults(task, () => true);
    const outcome = await execute({ pool: this.options.pool, boundary: new PathBoundary(root) }, call, quiet, record => {
      const end = v.safeParse(CommandEnd, record);
      if (end.success && record.status !== 'ok') {
        code = end.output.exit_code;
      }
    });
    judgeRun(outcome, code);
  }
}

function judgeRun(outcome: IOutcome, code: number | undefined): void {
  if (code !== undefined && code !== 0) {
    fail('command-failed', `The command ended with exit code ${code}.`, {
      detail: outcome.output.trim(),
      parameters: { code, why: 'verify' }
    });
  }
  judge(outcome, { kind: 'unknown', message: 'DataLad did not say what became of the run.' });
}

/** Files of an older commit by which git-annex and DataLad would start programs, and which are other ones than those that were looked at. */
async function refuseOtherSettings({ repository, original }: Clone, env: Record<string, string>): Promise<void> {
  const { settings } = await scan({ root: repository.root, folder: repository.folder, env });
  const names = settings.flatMap(({ reason, where }) =>
    reason === 'program' ? [where] : reason === 'passwords' ? ['.datalad/providers'] : []
  );
  const idsIn = async ({ git }: Repository): Promise<(string | null)[]> =>
    await objectIds(
      git,
      names.map(name => `HEAD:${name}`)
    );
  const [then, now] = [await idsIn(repository), await idsIn(original)];
  if (then.some((oid, at) => oid === null || oid !== now[at])) {
    fail(
      'untrusted',
      'The commit that this run was recorded on has settings that could run programs, and that nobody looked at.'
    );
  }
}
