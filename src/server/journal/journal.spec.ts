import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Job } from '../../protocol/job';
import { contentsPath } from '../../protocol/paths';
import { Redactor } from '../redact';
import { JobRecord } from '../jobs/jobRecord';
import { Journal, journalFolder } from './journal';
import { isAlive, type Owner, ourselves } from './owner';

const us = ourselves();
/** A server of this machine that has ended: our pid, but another start. */
const dead: Owner = { ...us, start: '1' };

let base: string;
let folder: string;
const warnings: string[] = [];

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'datalad-journal-'));
  folder = join(base, 'state', 'journal');
  warnings.length = 0;
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

function journal(owner: Owner = us): Journal {
  return new Journal({ folder, owner, log: (_, message) => warnings.push(message) });
}

function job(more: Partial<Job> = {}): Job {
  const counts = { ok: 0, notneeded: 0, failed: 0 };
  const input = { dataset: 'study', paths: ['study/a.bin'] };
  return {
    id: 'job-1',
    operation: 'get',
    origin: 'panel',
    dataset: contentsPath('study'),
    input,
    command: ['datalad', 'get', 'a.bin'],
    state: 'running',
    created: Date.now(),
    counts,
    ...more
  };
}

describe('the journal', () => {
  it('tells the next server what a dead one had not ended, with input and begin', async () => {
    const before = journal(dead);
    await before.write(job({ id: 'ended' }));
    await before.write(job({ id: 'waited', created: Date.now() - 2 }));
    await before.write(job({ id: 'ran', created: Date.now() - 1, started: 5 }), { head: 'abc' });
    await before.remove('ended');
    before.dispose();
    const left = await journal().interrupted();
    expect(left.map(({ job: { id, started } }) => [id, started])).toEqual([
      ['waited', undefined],
      ['ran', 5]
    ]);
    expect(left[1]).toMatchObject({ before: { head: 'abc' }, job: { input: job().input, dataset: 'study' } });
    expect(await journal().find('ran')).toMatchObject({ job: { id: 'ran' } });
    await journal().remove('ran');
    expect(await journal().find('ran')).toBeNull();
  });

  it('leaves the jobs of a second server that runs to that one', async () => {
    const second = journal(us);
    await second.write(job());
    expect(await journal().interrupted()).toEqual([]);
    expect(await journal().find('job-1')).toBeNull();
    second.dispose();
  });

  it('is readable for its user alone', async () => {
    const own = journal();
    await own.write(job());
    own.dispose();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder)).toEqual(['job-1.json']);
    expect(statSync(join(folder, 'job-1.json')).mode & 0o777).toBe(0o600);
  });

  it('keeps no secret of an address', async () => {
    const input = { source: 'https://ada:hunter2secret@example.org/d', path: contentsPath('d') };
    const record = JobRecord.of('clone-1', 'clone', input, new Redactor());
    const own = journal();
    await own.write(record.snapshot);
    own.dispose();
    expect(readFileSync(join(folder, 'clone-1.json'), 'utf8')).toContain('example.org');
    expect(readFileSync(join(folder, 'clone-1.json'), 'utf8')).not.toContain('hunter2secret');
  });

  it('forgets what is old, too much or no entry', async () => {
    const before = journal(dead);
    await before.write(job({ id: 'old', created: Date.now() - 100 * 24 * 3_600_000 }));
    const large = { dataset: 'study', paths: Array.from({ length: 5 }, () => 'x'.repeat(1024 * 1024)) };
    await before.write(job({ id: 'large', input: large }));
    before.dispose();
    writeFileSync(join(folder, 'half.json'), '{"version":1,');
    writeFileSync(join(folder, 'half.new'), '');
    writeFileSync(join(folder, 'job.json'), JSON.stringify({ version: 2 }));
    const longAgo = new Date(Date.now() - 3 * 24 * 3_600_000);
    ['half.json', 'half.new'].forEach(name => utimesSync(join(folder, name), longAgo, longAgo));
    const left = await journal().interrupted();
    expect(left.map(entry => [entry.job.id, entry.job.input])).toEqual([['large', null]]);
    expect(readdirSync(folder).sort()).toEqual(['job.json', 'large.json']);
  });

  it('holds up nothing where it cannot be written', async () => {
    writeFileSync(join(base, 'state'), 'no folder');
    const own = journal();
    await own.write(job());
    await own.remove('job-1');
    own.dispose();
    expect(warnings.length).toBeGreaterThan(0);
    expect(await journal().interrupted()).toEqual([]);
  });

  it('has the last word on the disk, however fast the changes come', async () => {
    const own = journal(dead);
    const writes = Array.from({ length: 20 }, (_, started) => own.write(job({ started })));
    await Promise.all(writes);
    await pause(0);
    own.dispose();
    expect((await journal().interrupted())[0]?.job.started).toBe(19);
  });

  it('lies in the state folder of the user, one for each root', () => {
    expect(journalFolder('/a', { XDG_STATE_HOME: '/state' })).toMatch(/^\/state\/jupyterlab-datalad\/journal\/[0-9a-f]{16}$/);
    expect(journalFolder('/a', { XDG_STATE_HOME: 'relative', HOME: '/home/ada' })).toMatch(/^\/home\/ada\/\.local\/state\//);
    expect(journalFolder('/a', {})).not.toBe(journalFolder('/b', {}));
  });
});

describe('isAlive', () => {
  const now = Date.now();
  const hourAgo = now - 3_600_000;

  it('looks at the process on this machine', () => {
    expect(isAlive(us, hourAgo)).toBe(true);
    expect(isAlive({ ...us, start: '1' }, now)).toBe(false);
    expect(isAlive({ ...us, pid: 2 ** 22 + 1 }, now)).toBe(false);
    expect(isAlive({ ...us, boot: 'before the reboot' }, now)).toBe(false);
  });

  it('goes by the heartbeat of other machines and containers', () => {
    expect(isAlive({ ...us, host: 'elsewhere' }, now)).toBe(true);
    expect(isAlive({ ...us, host: 'elsewhere' }, hourAgo)).toBe(false);
    expect(isAlive({ ...us, space: 'pid:[1]' }, now)).toBe(true);
    expect(isAlive({ ...us, space: 'pid:[1]' }, hourAgo)).toBe(false);
  });

  it('believes in no heartbeat of the future: a clock was set back', () => {
    expect(isAlive({ ...us, host: 'elsewhere' }, now + 60_000)).toBe(true);
    expect(isAlive({ ...us, host: 'elsewhere' }, now + 3_600_000)).toBe(false);
    expect(isAlive(us, now + 3_600_000)).toBe(true);
  });
});
