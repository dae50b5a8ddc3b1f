import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommitDetails, HistoryPage } from '../../src/protocol/history';
import { contentsPath } from '../../src/protocol/paths';
import type { CommitId } from '../../src/protocol/revision';
import { useReading } from '../support/place';

describe('records of runs', () => {
  const place = useReading();
  const dataset = contentsPath('ds');
  let ds: string;

  const git = async (...args: string[]): Promise<string> => (await place.workspace.git(args, ds)).trim();
  const head = (): Promise<string> => git('rev-parse', 'HEAD');
  const details = async (commit: string): Promise<CommitDetails> =>
    place.reading.datasets.history.commit({ dataset, commit: commit as CommitId }, place.reading.signal);
  const page = (): Promise<HistoryPage> => place.reading.datasets.history.history({ dataset }, place.reading.signal);
  /** What DataLad reads of the last commit. */
  const datalads = async (): Promise<unknown> => {
    const [found] = await place.workspace.records('datalad', ['-f', 'json', 'rerun', '--report'], ds);
    return found?.['run_info'];
  };
  const commitOf = async (message: string): Promise<string> => {
    const file = join(place.workspace.base, 'message');
    await writeFile(file, message);
    await git('commit', '-q', '--allow-empty', '--cleanup=verbatim', '-F', file);
    return await head();
  };

  beforeAll(async () => {
    ds = place.workspace.path('ds');
    await place.workspace.datalad(['create', '-c', 'text2git', ds]);
  });

  it('are read from files of their own, whose content a get brings', async () => {
    const [run, sidecar] = ['run', ['-c', 'datalad.run.record-sidecar=true']] as const;
    await place.workspace.datalad([...sidecar, run, '-m', 'Make it', '-o', 'made.txt', 'echo hello > made.txt'], ds);
    const made = await head();
    const { ran, message } = await details(made);
    expect(message).toMatch(/below ===\n"[0-9a-f]{32}"\n\^\^\^/u);
    const info = (await datalads()) as Record<string, unknown>;
    expect(ran).toMatchObject({
      state: 'read',
      facts: { command: info['cmd'], outputs: info['outputs'], dsid: info['dsid'], exit: info['exit'] },
      file: expect.stringMatching(/^ds\/\.datalad\/runinfo\/[0-9a-f]{32}$/u)
    });
    expect(ran?.state === 'read' ? JSON.parse(ran.text ?? '') : null).toEqual(info);
    const origin = await place.reading.datasets.inspector.origin(
      { dataset, path: contentsPath('ds/made.txt') },
      place.reading.signal
    );
    expect(origin.run?.record).toEqual(ran);

    // It is in the annex, and so may not be here.
    const file = ran?.state === 'read' ? (ran.file ?? '') : '';
    await place.workspace.annex(['drop', '-q', '--force', file.slice('ds/'.length)], ds);
    expect((await details(made)).ran).toEqual({ state: 'not-here', file });
    // DataLad reads it in the folder; here it is what the commit has.
    await git('rm', '-q', file.slice('ds/'.length));
    await git('commit', '-q', '-m', 'Remove it');
    expect((await details(made)).ran).toEqual({ state: 'not-here', file });
  });

  it('that nobody would write are told for what they are, and stall nothing', async () => {
    const around = (text: string): string =>
      `[DATALAD RUNCMD] what\n\n=== Do not change lines below ===\n${text}\n^^^ Do not change lines above ^^^\n`;
    const state = async (text: string): Promise<string | undefined> => (await details(await commitOf(around(text)))).ran?.state;
    expect(await state('{')).toBe('not-json');
    expect(await state('{"inputs": []}')).toBe('no-command');
    expect(await state('"../../../../etc/passwd"')).toBe('unsafe-name');
    expect(await state('"0123456789abcdef0123456789abcdef"')).toBe('lost');
    // A link that leads out of the dataset is not followed.
    await mkdir(join(ds, '.datalad/runinfo'), { recursive: true });
    await symlink('/etc/passwd', join(ds, '.datalad/runinfo/link'));
    await git('add', '-f', '.datalad/runinfo/link');
    expect(await state('"link"')).toBe('not-json');
    expect((await details(await commitOf(around('{"cmd": "true", "pwd": "../other"}')))).ran).toMatchObject({
      facts: { outside: true, folder: '../other' }
    });
    const inputs = Array.from({ length: 9_000 }, (_, at) => `data/${at}.dat`);
    const large = await commitOf(around(JSON.stringify({ cmd: 'cat {inputs}', inputs, outputs: [], pwd: '.' }, null, 1)));
    expect((await details(large)).ran).toMatchObject({ state: 'read', facts: { command: 'cat {inputs}' } });
    expect((await datalads()) as { inputs: string[] }).toMatchObject({ inputs });

    await commitOf(around(JSON.stringify({ cmd: `true ${' '.repeat(100_000_000)}` })));
    const huge = await head();
    const told = await details(huge);
    expect([told.ran, told.message.length]).toEqual([{ state: 'too-large' }, 100_000]);
    const { commits } = await page();
    expect(commits[0]).toMatchObject({ id: huge, subject: '[DATALAD RUNCMD] what', run: true });
    expect(commits).toHaveLength(Number(await git('rev-list', '--count', 'HEAD')));
    // All of it on one line.
    await commitOf(`[DATALAD RUNCMD] ${'x'.repeat(30_000_000)}`);
    expect((await page()).commits[0]?.subject).toMatch(/^\[DATALAD RUNCMD\] x{400,}\.\.$/u);
    expect((await details(await head())).commit.subject).toMatch(/^\[DATALAD RUNCMD\] x{400,}\.\.$/u);
  });
});
