import type { JobName, ParsedJobInput } from '../../protocol/contract';
import type { Job } from '../../protocol/job';
import type { LeftJob } from '../jobs/jobRecord';
import type { IJobJournal } from '../jobs/jobRegistry';
import { describeError, type ILog } from '../log';
import { throwAwayFolder } from '../dataset/runs/needs';
import type { PathBoundary } from '../paths';
import { removeAskFolders } from '../journal/askFolders';
import { readBefore } from './jobs/interrupted/before';
import type { Entry } from '../journal/entry';
import { Journal, journalFolder } from '../journal/journal';
import { orphansEnded } from '../journal/orphans';
import { executionsFolder } from './notebooks/places';
import { removeLeftThrowAways } from './throwAway';
import { wasDone } from './jobs/interrupted/outcome';

export interface IJobJournalOptions {
  readonly boundary: PathBoundary;
  /** The environment of git and git-annex. */
  readonly env: Record<string, string>;
  readonly log: ILog;
}

/** The journal of the jobs of one contents root, and what servers before left in it. */
export class JobJournal implements IJobJournal {
  private readonly journal: Journal;
  /** Resolves when nothing works any more that a server before had started. */
  private quiet: Promise<void> = Promise.resolve();

  constructor(private readonly options: IJobJournalOptions) {
    const { boundary, env, log } = options;
    this.journal = new Journal({ folder: journalFolder(boundary.root, env), log });
  }

  queued(job: Job): Promise<void> {
    return this.journal.write(job);
  }

  async begins(job: Job, name: JobName, input: ParsedJobInput<JobName>): Promise<void> {
    await this.quiet;
    await this.journal.write(job, await readBefore(name, input, this.options));
  }

  remove(id: string): Promise<void> {
    return this.journal.remove(id);
  }

  /** What is known of a job that was interrupted; null when it was dismissed, or nobody interrupted it. */
  find(id: string): Promise<Entry | null> {
    return this.journal.find(id);
  }

  /** Hands over the jobs that were interrupted, as soon as it is known how they ended, and clears away what dead workers left. */
  async recover(adopt: (job: LeftJob, done: boolean) => void): Promise<void> {
    const { env } = this.options;
    const found = this.journal.interrupted();
    this.quiet = found.then(entries => orphansEnded(entries.map(({ owner }) => owner))).catch(this.report);
    removeAskFolders().catch(this.report);
    // Not while a command of theirs may still work in one.
    for (const place of [throwAwayFolder(env), executionsFolder(env)]) {
      this.quiet.then(() => removeLeftThrowAways(place)).catch(this.report);
    }
    try {
      const entries = await found;
      await this.quiet;
      for (const entry of entries) {
        adopt(entry.job, await wasDone(entry, this.options));
      }
    } catch (error) {
      this.report(error);
    }
  }

  dispose(): void {
    this.journal.dispose();
  }

  private readonly report = (error: unknown): void =>
    this.options.log('warn', 'What a server before left behind could not be read.', { error: describeError(error) });
}
