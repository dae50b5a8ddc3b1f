import { waitFor } from '@testing-library/dom';
import { ClientDouble, makeJob } from '../client/client.fixtures';
import type { CallOutput } from '../protocol/contract';
import { FailureError } from '../protocol/failure';
import type { Copies, Inspected } from '../protocol/inspect';
import { contentsPath } from '../protocol/paths';
import { InspectorModel } from './inspectorModel';
import { JobsModel } from './jobsModel';

const dataset = contentsPath('study');
const path = contentsPath('study/a.bin');
const KEY = 'MD5E-s3--900150983cd24fb0d6963f7d28e17f72.bin';
const ONE = { files: 1, bytes: 3, unsized: 0 };
const COPIES: Copies = { all: ONE, here: ONE, onlyHere: ONE, nowhere: ONE, maybe: ONE, places: [], subdatasets: 0 };

function makeInspector() {
  const world = { here: true, kind: 'annex' as Inspected['kind'], gone: false };
  const client = new ClientDouble({
    inspect: (): CallOutput<'inspect'> => {
      if (world.gone) {
        throw new FailureError({ kind: 'not-found', message: 'gone' });
      }
      const annex = { key: KEY, backend: 'MD5E', verifiable: true, here: world.here, urls: [], copies: COPIES };
      return { path, kind: world.kind, ...(world.kind === 'annex' ? { annex } : {}) };
    },
    copies: () => COPIES,
    origin: () => ({ last: null, run: null })
  });
  const jobs = new JobsModel(client);
  const model = new InspectorModel({ client, jobs });
  let told = 0;
  model.changed.connect(() => void told++);
  return {
    world,
    client,
    model,
    told: () => told,
    asked: (name: string) => client.asked.filter(line => line.startsWith(name)).length
  };
}

describe('InspectorModel', () => {
  it('asks about what is opened, and shows it before it is known where it comes from', async () => {
    const { client, model } = makeInspector();
    client.tell({ type: 'changed', dataset, what: 'state' });
    expect(client.asked).toEqual([]);
    model.open({ dataset, paths: [path] });
    expect(model.state.details).toBeNull();
    await waitFor(() => expect(model.state.origin).not.toBeNull());
    expect(model.state.details?.annex?.key).toBe(KEY);
    expect(model.state.copies).toBeNull();
  });

  it('tells nothing where a change of the dataset changed nothing here', async () => {
    const { world, client, model, told, asked } = makeInspector();
    model.open({ dataset, paths: [path] });
    await waitFor(() => expect(model.state.origin).not.toBeNull());
    const before = [model.state, told()];
    client.tell({ type: 'changed', dataset: contentsPath('other'), what: 'state' });
    expect(asked('inspect')).toBe(1);
    client.tell({ type: 'changed', dataset, what: 'state' });
    await waitFor(() => expect(asked('inspect')).toBe(2));
    await Promise.resolve();
    expect([model.state, told()]).toEqual(before);
    world.here = false;
    client.tell({ type: 'changed', dataset: null, what: 'figures' });
    await waitFor(() => expect(model.state.details?.annex?.here).toBe(false));
    expect(asked('origin')).toBeGreaterThan(1);
  });

  it('asks for the copies of folders and of several paths', async () => {
    const { world, model, asked } = makeInspector();
    model.open({ dataset, paths: [path, dataset] });
    await waitFor(() => expect(model.state.copies).toEqual(COPIES));
    expect(asked('inspect')).toBe(0);
    world.kind = 'directory';
    model.open({ dataset, paths: [dataset] });
    await waitFor(() => expect(model.state.copies).toEqual(COPIES));
    expect(model.state.details?.kind).toBe('directory');
    expect(asked('origin')).toBe(0);
  });

  it('keeps what was verified until the content is another one', async () => {
    const { world, client, model } = makeInspector();
    model.open({ dataset, paths: [path] });
    await waitFor(() => expect(model.state.details).not.toBeNull());
    const ended = model.verify();
    await waitFor(() => expect(model.state.verifying).toBe(true));
    await waitFor(() => expect(client.asked).toContain(`start verify ${JSON.stringify({ dataset, paths: [path], key: KEY })}`));
    const job = makeJob({ operation: 'verify', state: 'ok' });
    client.reports.set('job-1', { ...job, results: [], output: '' } as never);
    client.tell({ type: 'job', job });
    await ended;
    expect(model.state).toMatchObject({ verifying: false, verified: { key: KEY, failure: null } });
    world.here = false;
    client.tell({ type: 'changed', dataset, what: 'state' });
    await waitFor(() => expect(model.state.verified).toBeNull());
  });

  it('says when it is gone, and forgets all when it is closed', async () => {
    const { world, client, model } = makeInspector();
    model.open({ dataset, paths: [path] });
    await waitFor(() => expect(model.state.origin).not.toBeNull());
    world.gone = true;
    client.tell({ type: 'changed', dataset, what: 'state' });
    await waitFor(() => expect(model.state).toMatchObject({ details: null, failure: { kind: 'not-found' } }));
    model.close();
    expect(model.state.request).toBeNull();
    const before = client.asked.length;
    client.tell({ type: 'changed', dataset, what: 'state' });
    expect(client.asked.length).toBe(before);
  });
});
