import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asShell, commandOf } from '../../src/protocol/command';
import type { JobInput, ParsedJobInput } from '../../src/protocol/contract';
import { contentsPath } from '../../src/protocol/paths';
import { RUNTIMES } from '../../src/protocol/runtime';
import { readContainerCode } from '../../src/server/dataset/containers/containerCode';
import { readRuntimes } from '../../src/server/operations/calls/runtimes';
import { Redactor } from '../../src/server/redact';
import { IN_IMAGE, makeImage } from '../support/containerImage';
import { findRuntime, type IContainerRuntime } from '../support/containerRuntime';
import { useReadingAndJobs } from '../support/place';
import { failureOf } from '../support/recordingTask';
import { sha256 } from '../support/sha256';

jest.setTimeout(180_000);

type Add = Omit<JobInput<'containersAdd'>, 'dataset'>;
const dataset = contentsPath('ds');

describe('containers', () => {
  const place = useReadingAndJobs();
  const root = () => place.workspace.path('ds');
  const image = () => join(place.workspace.base, 'image.tar');
  const add = (input: Add) => place.jobs.run('containersAdd', { dataset, ...input });
  const refused = (input: Add) => place.jobs.failure('containersAdd', { dataset, ...input });
  const listed = () => place.workspace.records('datalad', ['-f', 'json', 'containers-list', '-d', 'ds']);
  const ours = async (name: string) =>
    (await place.reading.datasets.containers.containers({ dataset }, place.reading.signal)).containers.find(
      each => each.name === name
    );
  const keyAt = async (path: string) => (await place.workspace.annex(['lookupkey', path], root())).trim();
  const code = (container: string) =>
    readContainerCode(
      { root: place.jobs.boundary.resolve(dataset), name: container },
      { env: place.workspace.env, signal: place.reading.signal }
    );
  const clean = async () => (await place.workspace.git(['status', '--porcelain'], root())) === '';
  let runtime: IContainerRuntime;

  beforeAll(async () => {
    const { workspace } = place;
    await workspace.datalad(['create', 'ds']);
    await workspace.write({ 'ds/in.txt': 'hello\n' });
    await workspace.datalad(['save', '-d', 'ds', '-m', 'Input']);
    await makeImage(workspace, image());
    runtime = await findRuntime(workspace);
  });

  it('are registered with an image of this machine, and run what the command line gives them, again in a clone', async () => {
    const { workspace } = place;
    const input: Add = { name: 'tiny', url: image(), callFormat: runtime.callFormat };
    await add(input);
    expect(await clean()).toBe(true);
    expect(await listed()).toMatchObject([
      { name: 'tiny', cmdexec: runtime.callFormat, path: join(root(), '.datalad/environments/tiny/image') }
    ]);
    expect(await ours('tiny')).toMatchObject({ image: { kind: 'annex', here: 'yes' }, callFormat: runtime.callFormat });
    const command = `sh -c 'cat "$IMAGE/etc/made-here"; tr a-z A-Z < in.txt > out.txt'`;
    const request = { dataset, container: 'tiny', command, message: 'Up', inputs: ['in.txt'], outputs: ['out.txt'] };
    expect(await place.jobs.failure('run', request)).toMatchObject({ kind: 'changed-since' });
    expect(await place.jobs.failure('run', { ...request, container: 'nosuch' })).toMatchObject({
      kind: 'no-container',
      parameters: { name: 'nosuch', known: expect.stringContaining(request.container) as unknown }
    });
    const { fingerprint } = await code('tiny');
    const ran = await place.jobs.run('run', { ...request, fingerprint });
    expect(ran.text).toContain(IN_IMAGE);
    expect(ran.summary).toContain('run ok ds');
    expect(await readFile(join(root(), 'out.txt'), 'utf8')).toBe('HELLO\n');
    await workspace.git(['clone', '-q', root(), workspace.path('again')]);
    const again = await workspace.records('datalad', ['-f', 'json', 'rerun', 'HEAD'], workspace.path('again'));
    expect(again.filter(({ status }) => status === 'error')).toEqual([]);
    expect(await workspace.git(['rev-parse', 'HEAD'], workspace.path('again'))).toBe(
      await workspace.git(['rev-parse', 'HEAD'], root())
    );
    expect(await sha256(workspace.path('again/out.txt'))).toBe(await sha256(join(root(), 'out.txt')));
    expect(await sha256(workspace.path('again/.datalad/environments/tiny/image'))).toBe(await sha256(image()));
  });

  it('keep the image that was when they are updated, also where the new one cannot be had', async () => {
    const { workspace } = place;
    const path = '.datalad/environments/tiny/image';
    const before = await keyAt(path);
    expect(await refused({ name: 'tiny', url: image() })).toMatchObject({ kind: 'name-taken' });
    expect(await refused({ name: 'tiny', url: join(workspace.base, 'nowhere'), update: true })).toMatchObject({
      kind: 'not-found'
    });
    expect(await refused({ name: 'tiny', url: 'http://127.0.0.1:9/image', update: true })).toBeTruthy();
    expect(await keyAt(path)).toBe(before);
    expect(await clean()).toBe(true);
    const newer = join(workspace.base, 'newer.tar');
    await makeImage(workspace, newer, 'newer');
    await add({ name: 'tiny', url: newer, extraInputs: ['in.txt'], update: true });
    const after = await keyAt(path);
    expect(after).not.toBe(before);
    expect((await workspace.annex(['contentlocation', before], root())).trim()).not.toBe('');
    expect(await ours('tiny')).toMatchObject({ callFormat: runtime.callFormat, extraInputs: ['in.txt'] });
    await add({ name: 'tiny', callFormat: 'other {img} {cmd}', update: true });
    expect(await ours('tiny')).toMatchObject({ callFormat: 'other {img} {cmd}', extraInputs: ['in.txt'] });
    expect(await keyAt(path)).toBe(after);
  });

  it('never write over or through what is there', async () => {
    const { workspace } = place;
    const kept = await sha256(join(root(), 'in.txt'));
    expect(await refused({ name: 'over', url: image(), image: 'in.txt' })).toMatchObject({ kind: 'in-the-way' });
    expect(await refused({ name: 'over', url: image(), image: '../out.tar' })).toMatchObject({ kind: 'bad-request' });
    expect(await refused({ name: 'over', url: image(), image: '.git/hooks/post-commit' })).toMatchObject({ kind: 'bad-request' });
    await mkdir(workspace.path('beside'));
    await symlink(workspace.path('beside'), join(root(), 'aside'));
    expect(await refused({ name: 'over', url: image(), image: 'aside/image' })).toMatchObject({ kind: 'bad-request' });
    await workspace.run('rm', [join(root(), 'aside')]);
    expect(await refused({ name: 'over', image: 'not/there' })).toMatchObject({ kind: 'not-found' });
    expect(await sha256(join(root(), 'in.txt'))).toBe(kept);
    expect(await clean()).toBe(true);
  });

  it('are not registered where clones would not have them', async () => {
    await place.workspace.dataset({ path: 'all-annexed' });
    const input = { dataset: contentsPath('all-annexed'), name: 'x', url: image() };
    expect(await place.jobs.failure('containersAdd', input)).toMatchObject({
      kind: 'bad-request',
      hint: expect.stringContaining('largefiles')
    });
  });

  it.each<[string, Add, string]>([
    ['a folder', { name: 'x', url: '.' }, 'bad-request'],
    ['an address with a password', { name: 'x', url: 'https://me:secret-word@example.org/image' }, 'bad-url'],
    ['an address that nothing can be got from', { name: 'x', url: 'ext::sh -c date' }, 'not-found'],
    ['another one', { name: 'x', url: 'file:///etc/passwd' }, 'bad-url'],
    ['an option in disguise', { name: 'x', url: 'dhub://--config=x' }, 'bad-url'],
    ['a call format with braces that DataLad refuses', { name: 'x', url: '/dev/null', callFormat: '{img {cmd}' }, 'bad-request'],
    ['one with a placeholder that is none', { name: 'x', url: '/dev/null', callFormat: '{img} {command}' }, 'bad-request']
  ])('are not registered with %s', async (_, input, kind) => {
    expect(await refused(input)).toMatchObject({ kind });
  });

  it('can have a folder of the dataset for an image, and go without the content of their image', async () => {
    const { workspace } = place;
    await workspace.write({ 'ds/box/run': 'x', 'ds/box/new.txt': 'new' });
    await workspace.datalad(['save', '-d', 'ds', '-m', 'Box', 'ds/box/run']);
    await add({ name: 'box', image: 'box', callFormat: 'sh {img}/run {cmd}' });
    expect(await ours('box')).toMatchObject({ imagePath: 'box', image: { kind: 'directory' } });
    const remove = (removeImage: boolean) => place.jobs.run('containersRemove', { dataset, name: 'box', removeImage });
    expect(await failureOf(remove(true))).toMatchObject({ kind: 'unsaved-changes' });
    expect(await readFile(join(root(), 'box/new.txt'), 'utf8')).toBe('new');
    await remove(false);
    expect(await ours('box')).toBeUndefined();
    expect(await readFile(join(root(), 'box/run'), 'utf8')).toBe('x');
    const key = await keyAt('.datalad/environments/tiny/image');
    await place.jobs.run('containersRemove', { dataset, name: 'tiny', removeImage: true });
    expect(await listed()).toEqual([]);
    expect((await workspace.annex(['contentlocation', key], root())).trim()).not.toBe('');
    expect(await place.jobs.failure('containersRemove', { dataset, name: 'tiny' })).toMatchObject({ kind: 'not-found' });
  });

  it('are shown with the scripts that their call formats name, and are not used when these change', async () => {
    const { workspace } = place;
    await workspace.write({ 'ds/code/start': 'shift; exec "$@"\n' });
    await workspace.datalad(['save', '-d', 'ds', '-m', 'Script', 'ds/code/start']);
    await add({ name: 'scripted', image: 'box', callFormat: 'sh {img_dspath}/code/start {img} {cmd}' });
    const shown = await code('scripted');
    expect(shown.scripts).toEqual([{ file: 'code/start', text: 'shift; exec "$@"\n' }]);
    const request = { dataset, container: 'scripted', command: 'touch made', outputs: ['made'] };
    await workspace.annex(['unlock', '-q', 'code/start'], root());
    await workspace.write({ 'ds/code/start': 'rm -rf important\n' });
    expect(await place.jobs.failure('run', { ...request, fingerprint: shown.fingerprint })).toMatchObject({
      kind: 'changed-since'
    });
    expect((await code('scripted')).scripts[0]?.text).toBe('rm -rf important\n');
  });

  it('have runtimes that are tried, each of which says why it does not work', async () => {
    const { workspace } = place;
    const folder = join(workspace.base, 'programs');
    await mkdir(folder);
    // Stand-ins: no machine has all of them, nor one that fails on demand.
    await writeFile(
      join(folder, 'podman'),
      '#!/bin/sh\n[ "$1" = --version ] && echo podman version 4.3.1 || { echo no cgroups >&2; exit 125; }\n'
    );
    await writeFile(join(folder, 'apptainer'), '#!/bin/sh\n[ "$1" = --version ] && echo apptainer version 1.3.6-1\nexit 0\n');
    await Promise.all(['podman', 'apptainer'].map(name => chmod(join(folder, name), 0o755)));
    const env = { ...workspace.env, PATH: `${folder}:${workspace.env['PATH'] ?? ''}` };
    const found = await readRuntimes({ env, redactor: new Redactor() });
    expect(found.map(({ name }) => name)).toEqual([...RUNTIMES]);
    const of = (name: string) => found.find(each => each.name === name);
    expect(of('podman')).toMatchObject({ version: '4.3.1', start: 'fails', said: 'no cgroups' });
    expect(of('apptainer')).toMatchObject({ version: '1.3.6-1', start: 'works' });
    const works = await workspace.run('sh', ['-c', 'bwrap --ro-bind / / --dev-bind /dev /dev true && echo yes || echo no']);
    expect(of('bubblewrap')?.start).toBe(works.trim() === 'yes' ? 'works' : 'fails');
    const cancelled = readRuntimes({ env, redactor: new Redactor(), signal: AbortSignal.abort() });
    expect(await failureOf(cancelled)).toMatchObject({ kind: 'cancelled' });
  });

  it('have lines that mean the same to the command line', async () => {
    const { workspace } = place;
    const input = { dataset, name: 'typed', url: image(), callFormat: `x "{cmd}" {img} '`, extraInputs: ['in.txt', 'a b'] };
    const line = asShell(commandOf('containersAdd', input as ParsedJobInput<'containersAdd'>));
    await workspace.run('sh', ['-c', line], root());
    expect(await ours('typed')).toMatchObject({ callFormat: input.callFormat, extraInputs: input.extraInputs });
  });
});
