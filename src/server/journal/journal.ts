import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, stat, unlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job } from '../../protocol/job';
import type { ILog } from '../log';
import { describeError } from '../log';
import { stateFolder } from '../stateFolder';
import { type Before, type Entry, readEntry, writeEntry } from './entry';
import { isAlive, type Owner, ourselves } from './owner';

/** Servers of other machines see by it that this one lives. */
const HEARTBEAT = 60_000;
const DAY = 24 * 60 * 60_000;
/** Nobody resumes what is older. */
const MAX_AGE = 60 * DAY;
/** More interrupted jobs than anyone looks through; the oldest go. */
const MAX_ENTRIES = 200;

export interface IJournalOptions {
  /** Private to this user; shared by all servers of one contents root. */
  readonly folder: string;
  readonly log: ILog;
  readonly owner?: Owner;
}

/** What is worth writing down of a job. */
type JournalJob = Entry['job'];

/**
 * The jobs that have not ended, one file each, on the disk before the work begins and gone when it is over: what a server leaves behind
 * was interrupted. A job is never held up by a journal that cannot be written: on a full disk a drop is what helps.
 */
export class Journal {
  private readonly owner: Owner;
  private readonly ours = new Map<string, Promise<void>>();
  private heartbeat: NodeJS.Timeout | undefined;
  private ready: Promise<void> | undefined;

  constructor(private readonly options: IJournalOptions) {
    this.owner = options.owner ?? ourselves();
  }

  /** Resolves once a job that waits, or begins, is on the disk. */
  write(job: Job, before: Before = {}): Promise<void> {
    const { id, operation, dataset, input, command, created, started } = job;
    const kept: JournalJob = { id, operation, dataset, input, command, created, ...(started === undefined ? {} : { started }) };
    this.beat();
    return this.after(id, async () => {
      await (this.ready ??= this.prepare());
      await this.replace(id, writeEntry({ version: 1, owner: this.owner, job: kept, before }));
    });
  }

  /** Resolves once a job that has ended, or was dismissed, is forgotten. */
  async remove(id: string): Promise<void> {
    await this.after(id, async () => {
      await unlink(this.pathOf(id)).catch(missing);
      await this.sync();
    });
    this.ours.delete(id);
    if (this.ours.size === 0) {
      clearInterval(this.heartbeat);
      this.heartbeat = undefined;
    }
  }

  /** What servers that are gone left behind, the oldest first. What is too old is forgotten. */
  async interrupted(): Promise<Entry[]> {
    const found: { entry: Entry; path: string }[] = [];
    for (const name of await readdir(this.options.folder).catch(missing)) {
      const path = join(this.options.folder, name);
      const entry = await this.read(path, name);
      if (entry !== null) {
        found.push({ entry, path });
      }
    }
    found.sort((one, other) => one.entry.job.created - other.entry.job.created);
    const kept = found.slice(-MAX_ENTRIES).filter(({ entry }) => Date.now() - entry.job.created < MAX_AGE);
    const old = found.filter(item => !kept.includes(item));
    await Promise.all(old.map(({ path }) => unlink(path).catch(missing)));
    return kept.map(({ entry }) => entry);
  }

  /** The entry of a job that was interrupted; null when it is not there, or its owner still runs. */
  async find(id: string): Promise<Entry | null> {
    return isId(id) ? await this.read(this.pathOf(id), `${id}.json`) : null;
  }

  dispose(): void {
    clearInterval(this.heartbeat);
  }

  private async read(path: string, name: string): Promise<Entry | null> {
    const id = /^(.+)\.json$/u.exec(name)?.[1];
    const [text, stats] = await Promise.all([readFile(path, 'utf8').catch(missing), stat(path).catch(() => null)]);
    const entry = typeof text === 'string' ? readEntry(text) : null;
    if (stats === null || id === undefined || entry?.job.id !== id || !isId(id)) {
      await this.discard(path, stats?.mtimeMs ?? Date.now());
      return null;
    }
    return this.ours.has(id) || isAlive(entry.owner, stats.mtimeMs) ? null : entry;
  }

  /** A file that is no entry: the rest of a write that was cut off. A young one may be a write of this moment. */
  private async discard(path: string, written: number): Promise<void> {
    if (Date.now() - written > DAY) {
      await unlink(path).catch(missing);
    }
  }

  private async prepare(): Promise<void> {
    await mkdir(this.options.folder, { recursive: true, mode: 0o700 });
  }

  /** The new text or the old one is on the disk, whatever happens. */
  private async replace(id: string, text: string): Promise<void> {
    const fresh = join(this.options.folder, `${id}.new`);
    const file = await open(fresh, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(fresh, this.pathOf(id));
    await this.sync();
  }

  /** A name in a folder is on the disk only when the folder is. */
  private async sync(): Promise<void> {
    const folder = await open(this.options.folder, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  /** Changes of one entry follow each other. */
  private after(id: string, change: () => Promise<void>): Promise<void> {
    const done = (this.ours.get(id) ?? Promise.resolve()).then(change).catch((error: unknown) => {
      this.ready = undefined;
      this.options.log('warn', 'The journal could not be written.', { error: describeError(error) });
    });
    this.ours.set(id, done);
    return done;
  }

  private beat(): void {
    this.heartbeat ??= setInterval(() => {
      const now = new Date();
      [...this.ours.keys()].forEach(id => void utimes(this.pathOf(id), now, now).catch(() => undefined));
    }, HEARTBEAT).unref();
  }

  private pathOf(id: string): string {
    return join(this.options.folder, `${id}.json`);
  }
}

/** Where the journal of one contents root lies. */
export function journalFolder(root: string, env: NodeJS.ProcessEnv): string {
  return join(stateFolder('journal', env), createHash('sha256').update(root).digest('hex').slice(0, 16));
}

/** Ids are names of files. */
function isId(id: string): boolean {
  return /^[\w-]{1,64}$/u.test(id);
}

function missing(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
    return [];
  }
  throw error;
}
