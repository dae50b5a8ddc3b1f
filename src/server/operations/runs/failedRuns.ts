import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { fail } from '../../../protocol/failure';
import { RUN_BEGINS, RUN_ENDS, RUN_SUBJECT } from '../../../protocol/run';
import { fsPath } from '../../bytes';
import type { WorkTree } from '../../dataset/workTree';
import { exists } from '../../exists';

/** What can be saved of a run that failed. */
const FailedRun = v.object({
  /** With the whole record, as DataLad wrote it. */
  message: v.string(),
  /** The commit that the run began and ended at. */
  head: v.nullable(v.string()),
  /** Absolute paths that are saved; null: all changes. */
  paths: v.nullable(v.array(v.string()))
});
export type FailedRun = v.InferOutput<typeof FailedRun>;

/** A record in the message of a commit, as DataLad writes both: where it leaves none, as of a rerun. */
export function messageOf(title: string, record: Readonly<Record<string, unknown>>): string {
  const sorted = Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));
  const text = JSON.stringify(sorted, null, 1);
  return `${RUN_SUBJECT}${title}\n\n${RUN_BEGINS}\n${text}\n${RUN_ENDS}\n`;
}

/** As many of a dataset are kept. */
const MOST = 20;
/** A job's id as the name of a file. */
const ID = /^[\w-]{1,64}$/u;

/**
 * The records of runs that failed, kept in the repository, so that they can be saved later. DataLad leaves each only where git keeps the
 * message of the commit that is being written: the next commit of anybody writes over it.
 */
export class FailedRuns {
  private readonly folder: string;

  constructor(private readonly workTree: WorkTree) {
    this.folder = join(workTree.gitDir, 'jupyterlab-datalad', 'failed-runs');
  }

  /** The message that DataLad has just written; to be read at once. Null where there is none of a run. */
  messageLeft(): string | null {
    const file = join(this.workTree.gitDir, 'COMMIT_EDITMSG');
    const message = exists(file) ? readFileSync(fsPath(file), 'utf8') : '';
    return message.startsWith('[DATALAD RUNCMD]') ? message : null;
  }

  async keep(job: string, run: FailedRun): Promise<void> {
    mkdirSync(fsPath(this.folder), { recursive: true, mode: 0o700 });
    writeFileSync(fsPath(this.fileOf(job)), JSON.stringify(run), { mode: 0o600 });
    await this.forgetOld();
  }

  /** Fails with `not-found` where nothing is kept. */
  async find(job: string): Promise<FailedRun> {
    const text = exists(this.fileOf(job)) ? await readFile(fsPath(this.fileOf(job)), 'utf8') : null;
    return text === null
      ? fail('not-found', 'The record of this run is not kept any more.', { hint: 'Run the command again, or save the changes.' })
      : v.parse(FailedRun, JSON.parse(text));
  }

  async forget(job: string): Promise<void> {
    await rm(fsPath(this.fileOf(job)), { force: true });
  }

  private async forgetOld(): Promise<void> {
    const names = await readdir(fsPath(this.folder));
    if (names.length <= MOST) {
      return;
    }
    const files = names.map(name => join(this.folder, name));
    const aged = await Promise.all(files.map(async file => ({ file, time: (await stat(fsPath(file))).mtimeMs })));
    const old = aged.sort((one, other) => other.time - one.time).slice(MOST);
    await Promise.all(old.map(({ file }) => rm(fsPath(file), { force: true })));
  }

  private fileOf(job: string): string {
    return ID.test(job) ? join(this.folder, `${job}.json`) : fail('bad-request', 'This is no job.');
  }
}
