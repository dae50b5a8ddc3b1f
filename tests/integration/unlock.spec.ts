import { appendFile, lstat, readFile } from 'node:fs/promises';
import { useJobs } from '../support/place';
import { failureOf, type RecordingTask } from '../support/recordingTask';

jest.setTimeout(60_000);

const dataset = 'ds';

describe('unlock', () => {
  const place = useJobs();

  it('makes a file writable without touching what others share, and says what it cannot unlock', async () => {
    const spec = {
      files: { 'notes.txt': 'in Git' },
      annexed: { 'here.txt': 'old', 'absent.bin': 1_000 },
      dropped: ['absent.bin']
    };
    const path = await place.workspace.dataset(spec);
    const unlock = (name: string): Promise<RecordingTask> => place.jobs.run('unlock', { dataset, paths: [`ds/${name}`] });
    expect((await unlock('here.txt')).summary).toEqual(['unlock ok ds/here.txt']);
    expect((await lstat(`${path}/here.txt`)).isFile()).toBe(true);
    await appendFile(`${path}/here.txt`, ' and new');
    await place.jobs.run('save', { dataset, message: 'Edited' });
    expect(await readFile(`${path}/here.txt`, 'utf8')).toBe('old and new');
    await place.workspace.annex(['fsck', '-q', '--all'], path);

    expect((await failureOf(unlock('absent.bin'))).kind).toBe('not-here');
    // The save has locked it again.
    await unlock('here.txt');
    expect((await failureOf(unlock('here.txt'))).kind).toBe('not-annexed');
    expect((await failureOf(unlock('gone.txt'))).kind).toBe('not-found');
    expect((await unlock('notes.txt')).summary).toEqual(['unlock notneeded ds/notes.txt']);
  });
});
