import * as v from 'valibot';
import { type JobInput, jobs } from '../../src/protocol/contract';
import type { Job } from '../../src/protocol/job';
import { JobRegistry } from '../../src/server/jobs/jobRegistry';
import { Redactor } from '../../src/server/redact';
import { useJobs } from '../support/place';
import { until } from '../support/until';

jest.setTimeout(60_000);

const SAVES = 4;

describe('jobs of several tabs in one dataset', () => {
  const place = useJobs();
  let registry: JobRegistry;
  let path: string;

  beforeAll(async () => {
    path = await place.workspace.dataset({ annexed: { 'slow.bin': 12_000_000 }, dropped: true });
    registry = new JobRegistry({
      handlers: { ...place.jobs.handlers, trust: async () => undefined, untrust: async () => undefined },
      redactor: new Redactor(),
      log: () => undefined,
      tell: () => undefined,
      treeOf: async contents => contents.split('/')[0] ?? '',
      admit: async () => undefined,
      begun: () => undefined,
      ended: () => undefined,
      busy: () => undefined,
      journal: { queued: async () => undefined, begins: async () => undefined, remove: async () => undefined }
    });
  });

  afterAll(() => registry.dispose());

  const save = (input: JobInput<'save'>): Promise<string> => registry.start('save', v.parse(jobs.save.input, input));
  const job = (id: string): Job => registry.report(id).job;
  const ended = (ids: readonly string[]): Promise<unknown> =>
    until('the end of the jobs', () => ids.every(id => job(id).ended !== undefined));

  it('make one commit each, of their own files, while a get goes on', async () => {
    await place.workspace.git(['config', 'remote.origin.annex-bwlimit', '100KB'], path);
    const got = await registry.start('get', v.parse(jobs.get.input, { dataset: 'ds', paths: ['ds/slow.bin'] }));
    await until('bytes of the get', () => (job(got).progress?.bytes ?? 0) > 0);
    const names = Array.from({ length: SAVES }, (_, index) => `file-${index}.txt`);
    await place.workspace.write(Object.fromEntries(names.map(name => [`ds/${name}`, `${name}\n`])));
    const ids = await Promise.all(names.map(name => save({ dataset: 'ds', paths: [`ds/${name}`], message: `Save ${name}` })));
    await ended(ids);
    expect(ids.map(id => [job(id).state, job(id).notice])).toEqual(names.map(() => ['ok', undefined]));
    expect(job(got).state).toBe('running');

    const log = await place.workspace.git(['log', `-${SAVES}`, '--format=%s', '--name-only'], path);
    const expected = names.map(name => `Save ${name}\n\n${name}`).reverse();
    expect(log.trim()).toBe(expected.join('\n'));
    registry.cancel(got);
    await place.workspace.git(['config', '--unset', 'remote.origin.annex-bwlimit'], path);
    const resumed = await registry.start('get', v.parse(jobs.get.input, { dataset: 'ds', paths: ['ds/slow.bin'] }));
    await ended([got, resumed]);
    expect([job(got).state, job(resumed).state]).toEqual(['cancelled', 'ok']);
    await place.workspace.annex(['fsck', '-q'], path);
  });
});
