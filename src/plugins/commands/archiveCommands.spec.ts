import { contentsPath } from '../../protocol/paths';
import { CommandIDs, type IOutcome } from '../../tokens';
import type { RawArguments } from './command';
import { FakeContext } from './context.fixtures';
import { annexed, type IWorld } from './worldState.fixtures';
import { allCommands } from './index';

function given(world: IWorld) {
  const context = new FakeContext(world);
  const commands = allCommands(context);
  const find = (id: string) => commands.find(command => command.id === id);
  const run = async (id: string, args: RawArguments = {}): Promise<IOutcome> =>
    find(id)?.execute(args) ?? Promise.reject(new Error(id));
  return { context, find, run };
}

const started = ({ started: jobs }: FakeContext): unknown[] => jobs.map(({ name, input }) => [name, input]);
const ARCHIVE = annexed('study/scans.zip', { here: 'yes' });
const PLAN = { files: 1, bytes: 5, links: 0, leading: '', names: ['a'] };
const HOW = { ownFolder: true, strip: false, overwrite: false, remove: false };

describe('unpacking an archive', () => {
  const world: IWorld = { folder: 'study', rows: [ARCHIVE], selected: ['study/scans.zip'], archive: PLAN };

  test('is offered for one archive alone', () => {
    const visible = (more: IWorld) =>
      given({ ...world, ...more })
        .find(CommandIDs.addArchiveContent)
        ?.options.isVisible?.({});
    expect(visible({})).toBe(true);
    expect(visible({ rows: [annexed('study/scans.nii')], selected: ['study/scans.nii'] })).toBe(false);
    const rows = [ARCHIVE, annexed('study/b.zip')];
    expect(visible({ rows, selected: ['study/scans.zip', 'study/b.zip'] })).toBe(false);
  });

  test('asks how, and shows what was saved', async () => {
    const commit = 'b'.repeat(40);
    const results = [{ action: 'commit', status: 'ok' as const, path: 'study', key: commit }];
    const { context, run } = given({ ...world, answers: { unpack: HOW }, outcome: { results } });
    await run(CommandIDs.addArchiveContent);
    expect(context.asked.unpack).toMatchObject({ archiveName: 'scans.zip', plan: PLAN, initial: HOW });
    expect(context.asked.unpack?.commandLine(HOW)).toBe('datalad add-archive-content --add-archive-leading-dir scans.zip');
    const place = { dataset: 'study', archive: 'study/scans.zip' };
    expect(started(context)).toEqual([['addArchiveContent', { ...place, ownFolder: true }]]);
    expect(context.histories).toEqual([{ dataset: 'study', commit }]);
  });

  test('asks nothing where it was told which, and how', async () => {
    const { context, run } = given(world);
    await run(CommandIDs.addArchiveContent, { paths: ['study/scans.zip'], remove: true });
    expect(context.asked).toEqual({});
    expect(started(context)).toEqual([['addArchiveContent', { dataset: 'study', archive: 'study/scans.zip', remove: true }]]);
  });

  test('gets the archive first where that is wanted', async () => {
    const archive = { kind: 'not-here' as const, message: 'Not here.' };
    const { context, run } = given({ ...world, archive, answers: { confirm: true }, outcome: { status: 'error' } });
    expect((await run(CommandIDs.addArchiveContent)).status).toBe('cancelled');
    expect(context.asked.confirm).toMatchObject({ accept: 'Get It and Go On', commandLine: 'datalad get scans.zip' });
    expect(started(context)).toEqual([['get', { dataset: 'study', paths: ['study/scans.zip'] }]]);
  });

  test('explains what stands against it, and starts nothing', async () => {
    const rows = [ARCHIVE, annexed('study/new.bin', { change: 'new' })];
    const unsaved = given({ ...world, rows, answers: { confirm: true, unpack: HOW } });
    expect((await unsaved.run(CommandIDs.addArchiveContent)).status).toBe('cancelled');
    expect(unsaved.context.asked.confirm?.text.join(' ')).toMatch(/not saved\. Save them first/);
    const archive = { kind: 'unsafe-archive' as const, message: 'The archive holds a link.', hint: 'Ask who made it.' };
    const unsafe = given({ ...world, archive, answers: { confirm: true, unpack: HOW } });
    expect((await unsafe.run(CommandIDs.addArchiveContent)).status).toBe('cancelled');
    expect(unsafe.context.asked.confirm?.text.join(' ')).toContain('The archive holds a link. Ask who made it.');
    expect([...started(unsaved.context), ...started(unsafe.context)]).toEqual([]);
  });
});

describe('exporting a dataset', () => {
  test('asks with what does not come along, beside the dataset under its name', async () => {
    const answer = { to: contentsPath('data'), name: 'study', format: 'zip', missing: 'error' } as const;
    const toGet = { files: 3, bytes: 7, unsized: 0 };
    const { context, run } = given({
      datasets: ['data/study'],
      folder: 'data/study',
      plan: { toGet, absentSubdatasets: ['data/study/sub'] },
      answers: { exportArchive: answer }
    });
    await run(CommandIDs.exportArchive);
    const initial = { to: 'data', name: 'study', format: 'tar.gz', missing: 'error' };
    expect(context.asked.exportArchive).toMatchObject({ absent: toGet, unsaved: 0, subdatasets: true, initial });
    expect(started(context)).toEqual([['exportArchive', { dataset: 'data/study', to: 'data', name: 'study', format: 'zip' }]]);
  });

  test('asks nothing where it was told the name', async () => {
    const { context, run } = given({ folder: 'study' });
    await run(CommandIDs.exportArchive, { dataset: 'study', name: 'v1', to: 'out', missing: 'ignore' });
    expect(context.asked).toEqual({});
    const input = { dataset: 'study', to: 'out', name: 'v1', format: 'tar.gz', missing: 'ignore' };
    expect(started(context)).toEqual([['exportArchive', input]]);
  });
});
