import { mkdir, mkdtemp, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, type Failure } from '../../../../protocol/failure';
import { checksumOf } from '../../../annex/checksum';
import { parseKey } from '../../../annex/key';
import { fsPath } from '../../../bytes';
import { execute, judge } from '../../../datalad/execute';
import type { ITask } from '../../../handlers';
import { hashFile } from '../../../hashFile';
import { withoutResults } from '../../../quietTask';
import type { IJobContext } from '../context';
import type { IAnnexed } from './annexedFile';

const NOTHING: Failure = { kind: 'unknown', message: 'DataLad did not say what became of the download.' };

/**
 * Downloads what is at an address, and fails where that is not the content of a key; nothing of it is kept. git-annex itself compares
 * sizes: with another content of the same size noted as a source, a drop could take away the last copy there is.
 */
export async function requireSame(
  context: IJobContext,
  { url, workTree, key, path }: Pick<IAnnexed, 'workTree' | 'key'> & { url: string; path: string },
  task: ITask
): Promise<void> {
  const checksum = checksumOf(key);
  if (!checksum?.hash) {
    return fail('no-checksum', 'There is no checksum to compare with that can be computed here.', {
      hint: 'Compare the size alone.',
      parameters: { path }
    });
  }
  const bytes = parseKey(key)?.bytes;
  const aside = join(workTree.gitDir, 'jupyterlab-datalad');
  await mkdir(fsPath(aside), { recursive: true });
  await requireRoom(aside, bytes ?? 0);
  const folder = await mkdtemp(join(aside, 'compared-'));
  try {
    const content = join(folder, 'content');
    const options = { urls: [url], path: content, save: false };
    const quiet = withoutResults(task, ({ status }) => status === 'ok');
    judge(await execute(context, { command: 'download_url', dataset: null, arguments: options }, quiet), NOTHING);
    const { size } = await stat(fsPath(content));
    if (
      (bytes !== undefined && size !== bytes) ||
      (await hashFile(content, checksum.hash, { signal: task.signal })) !== checksum.value
    ) {
      fail('other-content', 'What is at this address is not the content of the file.', {
        hint: 'Nothing was noted. Check the address.',
        parameters: { path, bytes: size, ...(bytes === undefined ? {} : { expected: bytes }) }
      });
    }
  } finally {
    await rm(fsPath(folder), { recursive: true, force: true });
  }
}

async function requireRoom(folder: string, needed: number): Promise<void> {
  const { bavail, bsize, blocks } = await statfs(fsPath(folder));
  if (blocks > 0 && needed > bavail * bsize) {
    fail('no-space', 'There is no room to download the content and compare it.', {
      parameters: { needed, free: bavail * bsize }
    });
  }
}
