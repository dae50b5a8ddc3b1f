import { contentsPath } from '../../protocol/paths';
import { CommandIDs, type IOutcome } from '../../tokens';
import type { RawArguments } from './command';
import { FakeContext } from './context.fixtures';
import type { IWorld } from './worldState.fixtures';
import { allCommands } from './index';

const URL = 'https://example.org/data/a.csv';
const ANSWER = {
  url: URL,
  file: contentsPath('study/in/b.csv'),
  message: 'Add it',
  overwrite: false,
  noSave: false,
  archive: false
};

function given(world: IWorld) {
  const context = new FakeContext({ folder: 'study/in', ...world });
  const command = allCommands(context).find(({ id }) => id === CommandIDs.downloadUrl);
  const run = (args: RawArguments = {}): Promise<IOutcome> => command?.execute(args) ?? Promise.reject(new Error('none'));
  return { context, run };
}

const started = ({ started: jobs }: FakeContext): unknown[] => jobs.map(({ name, input }) => [name, input]);

describe('a download', () => {
  test('asks from where, and shows its command with what was typed, without a secret', async () => {
    const { context, run } = given({ answers: { download: ANSWER } });
    await run();
    const { download } = context.asked;
    expect(download).toMatchObject({ dataset: 'study', initial: { url: '', folder: 'study/in', name: null } });
    expect(download?.commandLine(ANSWER)).toBe(`datalad download-url -m 'Add it' -O in/b.csv ${URL}`);
    const secret = { ...ANSWER, url: 'https://ada:secret@example.org/a?token=b', noSave: true };
    expect(download?.commandLine(secret)).toBe("datalad download-url --nosave -O in/b.csv 'https://***@example.org/a?token=***'");
    expect(started(context)).toEqual([
      ['downloadUrl', { dataset: 'study', url: URL, file: 'study/in/b.csv', message: 'Add it' }]
    ]);
  });

  test('asks nothing where it was told from where and to where', async () => {
    const { context, run } = given({});
    await run({ url: URL, path: 'study/in/c.csv', message: 'm', overwrite: true });
    expect(context.asked).toEqual({});
    expect(started(context)).toEqual([
      ['downloadUrl', { dataset: 'study', url: URL, file: 'study/in/c.csv', message: 'm', overwrite: true }]
    ]);
  });

  test('into a folder has the name that is in the address', async () => {
    const rows = [{ name: 'in', path: 'study/in', kind: 'directory' as const }];
    const { context, run } = given({ folder: 'study', rows });
    await run({ url: URL, path: 'study/in/' });
    expect(started(context)).toEqual([['downloadUrl', { dataset: 'study', url: URL, file: 'study/in/a.csv' }]]);
    expect(await run({ url: 'https://example.org/', path: 'study/in' })).toMatchObject({ failure: { kind: 'bad-request' } });
  });

  test('is unpacked afterwards, but only when all went well', async () => {
    const archive = { url: 'https://example.org/a.zip', path: 'study/a.zip', archive: true };
    const { context, run } = given({});
    await run(archive);
    expect(started(context)).toEqual([
      ['downloadUrl', { dataset: 'study', url: archive.url, file: 'study/a.zip' }],
      ['addArchiveContent', { dataset: 'study', archive: 'study/a.zip', remove: true }]
    ]);
    const failing = given({ outcome: { status: 'error' } });
    await failing.run(archive);
    expect(started(failing.context)).toHaveLength(1);
  });

  test('that is not asked for after all starts nothing', async () => {
    const { context, run } = given({});
    expect((await run()).status).toBe('cancelled');
    expect(started(context)).toEqual([]);
  });
});
