import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Job } from '../../src/protocol/job';
import type { Lock } from '../../src/protocol/lock';
import { startOf } from '../../src/server/journal/owner';
import { KillTally } from './killTally';
import { KnownContent } from './knownContent';
import { bytesFor } from './makeDataset';
import { NodeServer } from './nodeServer';
import { descendants, processesAt } from './processes';
import { until } from './until';
import type { Workspace } from './workspace';

export const OPERATIONS = ['get', 'drop', 'save', 'clone'] as const;
export type KilledOperation = (typeof OPERATIONS)[number];

/** `worker`: DataLad with everything it started; `server`: the Node server alone; `all`: both at once, as when a machine stops. */
export const VICTIMS = ['worker', 'server', 'all'] as const;
export type Victim = (typeof VICTIMS)[number];

const FILES = 8;
const SIZE = 400_000;

/**
 * A clone `ds` with a source outside the contents root, in which jobs are killed, and everything that is known of it: after each kill
 * nothing may be lost, and what the next server offers must lead to what the job was to do.
 */
export class KillBench {
  readonly tally = new KillTally();
  private readonly content: KnownContent;
  private readonly durations = new Map<KilledOperation, number>();
  private round = 0;

  private constructor(
    readonly workspace: Workspace,
    private server: NodeServer,
    private readonly random: () => number
  ) {
    this.content = new KnownContent(workspace, this.tally);
  }

  static async start(workspace: Workspace, random: () => number): Promise<KillBench> {
    const names = Array.from({ length: FILES }, (_, at) => `data/file ${at}.bin`);
    await workspace.dataset({
      annexed: Object.fromEntries(names.map(name => [name, SIZE])),
      files: Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`texts/${at}.txt`, `text ${at}\n`.repeat(200)])),
      dropped: true
    });
    const bench = new KillBench(workspace, await NodeServer.start(workspace), random);
    names.forEach(name => bench.content.add(name, bytesFor(name, SIZE)));
    return bench;
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }

  /** Runs each operation once to its end, to know how long it takes. */
  async calibrate(): Promise<void> {
    for (const operation of OPERATIONS) {
      const input = await this.prepare(operation);
      const job = await this.server.end(await this.server.start(operation, input));
      if (job.state !== 'ok') {
        throw new Error(`${operation} failed before anything was killed: ${JSON.stringify(job.failure)}`);
      }
      this.durations.set(operation, (job.ended ?? 0) - (job.started ?? 0));
    }
  }

  /** One kill with everything that follows. */
  async kill(operation: KilledOperation, victim: Victim): Promise<void> {
    const input = await this.prepare(operation);
    const id = await this.server.start(operation, input);
    const moment = this.random() * 1.05 * (this.durations.get(operation) ?? 1_000);
    await until('the begin of the job', async () => (await this.stateOf(id)) !== 'queued');
    await pause(moment);
    this.tally.counts.kills += 1;
    const what = `${operation} ${victim} after ${Math.round(moment)} ms (kill ${this.tally.counts.kills})`;
    await this.strike(victim);
    await this.content.check(what);
    const job = await this.afterwards(id, victim);
    this.tally.counts.midway += job !== null && job.state !== 'ok' ? 1 : 0;
    this.tally.counts.done += job?.notice?.parameters?.['reached'] === 'done' ? 1 : 0;
    await this.cure(operation, { id, job, input });
    await this.retry(operation, { job, input, what });
    await this.content.checkEnd(what, {
      got: operation === 'get',
      cloned: operation === 'clone' ? `clones/clone-${this.round}` : undefined
    });
  }

  /** The state an operation starts from, and its input. */
  private async prepare(operation: KilledOperation): Promise<Record<string, unknown>> {
    const { workspace } = this;
    const ds = workspace.path('ds');
    this.round += 1;
    switch (operation) {
      case 'get':
        await workspace.annex(['drop', '-q', '--fast', 'data'], ds);
        return { dataset: 'ds', paths: ['ds/data'] };
      case 'drop':
        await workspace.annex(['get', '-q', 'data'], ds);
        return { dataset: 'ds', paths: ['ds/data'] };
      case 'save': {
        const names = Array.from({ length: 6 }, (_, at) => `new-${this.round}-${at}.bin`);
        for (const name of names) {
          const content = randomBytes(100_000);
          this.content.add(name, content);
          await writeFile(join(ds, name), content);
        }
        return { dataset: 'ds', message: `round ${this.round}` };
      }
      case 'clone':
        return { source: join(workspace.sources, 'ds'), path: `clones/clone-${this.round}` };
    }
  }

  private async strike(victim: Victim): Promise<void> {
    const { pid } = this.server;
    const children = victim === 'server' ? [] : descendants(pid).map(child => child.pid);
    const victims = victim === 'worker' ? children : [pid, ...children];
    const began = new Map(victims.map(one => [one, startOf(one)]));
    victims.forEach(killNow);
    if (victim !== 'worker') {
      await this.server.ended;
    }
    // What the server started ends by itself; the reads of a server that lives do not concern a dataset for long.
    await until('the end of what was killed', async () => {
      // What ends loses its environment, by which it is found, before its locks.
      if ([...began].some(([one, start]) => start !== '' && startOf(one) === start)) {
        return false;
      }
      const working = processesAt(this.workspace.base);
      return working.every(
        ({ command }) => victim === 'worker' && /server\/main\.js|jupyterlab_datalad\/worker\b/u.test(command.join(' '))
      );
    });
  }

  /** The job as the server knows it now, after a restart where it was killed. */
  private async afterwards(id: string, victim: Victim): Promise<Job | null> {
    if (victim === 'worker') {
      return await this.server.end(id);
    }
    this.server = await NodeServer.start(this.workspace);
    // A job that ended in the moment of the kill is forgotten, and rightly so.
    let job: Job | undefined;
    await until('the journal', async () => {
      job = (await this.server.jobs()).find(entry => entry.id === id);
      return job !== undefined || !(await this.isInJournal(id));
    });
    return job ?? null;
  }

  private async isInJournal(id: string): Promise<boolean> {
    const listed = await this.workspace.run('find', [this.workspace.home, '-name', `${id}.json`]);
    return listed.trim() !== '';
  }

  /** What the panel offers: a lock is removed, a check of the touched files made, a half-made clone cleared away. */
  private async cure(
    operation: KilledOperation,
    { id, job, input }: { id: string; job: Job | null; input: Record<string, unknown> }
  ): Promise<void> {
    const locks = await this.locks();
    this.tally.counts.locks += locks.length;
    for (const { name } of locks) {
      // As if the ten seconds had passed in which none is removed.
      await utimes(join(this.workspace.path('ds', '.git'), name), new Date(0), new Date(0));
      const lock = (await this.locks()).find(entry => entry.name === name);
      await this.expectOk('removeLock', { dataset: 'ds', name, id: lock?.id });
    }
    if (job?.state !== 'interrupted') {
      return;
    }
    if (operation === 'clone') {
      this.tally.counts.leftovers += existsSync(this.workspace.path(String(input['path']))) ? 1 : 0;
      await this.expectOk('removeLeftover', { job: id });
    } else if (operation !== 'save' && this.random() < 0.5) {
      await this.expectOk('fsck', { dataset: 'ds', paths: input['paths'] });
    }
  }

  private async locks(): Promise<Lock[]> {
    return (await this.server.call('locks', { dataset: 'ds' })).json() as Lock[];
  }

  /** The same work again; it must come to what was wanted. */
  private async retry(
    operation: KilledOperation,
    { job, input, what }: { job: Job | null; input: Record<string, unknown>; what: string }
  ): Promise<void> {
    if (job === null || job.state === 'ok') {
      return;
    }
    this.tally.counts.retries += 1;
    let again = await this.server.end(await this.server.start(operation, input));
    if (again.failure?.kind === 'transfer-busy') {
      // Seen of git-annex now and then, although nothing of what was killed lives: the panel offers the same once more.
      this.tally.counts.busy += 1;
      again = await this.server.end(await this.server.start(operation, input));
    }
    // A commit that was made just before its maker was killed leaves nothing to save.
    const good = again.state === 'ok' || (operation === 'save' && again.failure?.kind === 'nothing-saved');
    this.tally.counts.retriesOk += good ? 1 : 0;
    if (!good) {
      this.tally.problems.push(`${what}: the retry failed: ${JSON.stringify(again.failure)}`);
    }
  }

  private async expectOk(operation: string, input: Record<string, unknown>): Promise<void> {
    const job = await this.server.end(await this.server.start(operation, input));
    if (job.state !== 'ok') {
      this.tally.problems.push(`${operation} ${JSON.stringify(input)}: ${JSON.stringify(job.failure)}`);
    }
  }

  private async stateOf(id: string): Promise<string | undefined> {
    return (await this.server.jobs()).find(job => job.id === id)?.state;
  }
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
