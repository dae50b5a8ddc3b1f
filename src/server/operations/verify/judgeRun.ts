import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Judged } from '../../../protocol/rerun';
import type { CommitId } from '../../../protocol/revision';
import { checksumOf } from '../../annex/checksum';
import { fsPath } from '../../bytes';
import type { Repository } from '../../dataset/repository';
import { objectSizes, readBlobs } from '../../git/objects';
import { hashFile } from '../../hashFile';
import { run } from '../../process/run';
import type { IFileChange, IFileSide } from './changes';
import type { IReplayed, Outputs } from './replay';

/** A file with what became of it. */
export interface IFileVerdict extends Judged {
  readonly path: string;
}

interface IOptions {
  readonly commit: CommitId;
  /** For files that are compared. */
  readonly folder: string;
  readonly env: Record<string, string>;
  readonly signal: AbortSignal;
}

/** Larger texts are not compared here. */
const MOST_TEXT = 256 * 1024;
const MOST_DIFFERENCE = 16 * 1024;

/** Tells of each file of a run what became of it. */
export async function judgeRun({ outputs, fresh }: IReplayed, options: IOptions): Promise<IFileVerdict[]> {
  const { commit: from } = options;
  const verdicts: IFileVerdict[] = [];
  for (const [path, { recorded, differs }] of outputs) {
    const was = recorded.now?.name;
    const told = { path, from, ...(was === undefined ? {} : { was }) };
    if (differs === null) {
      verdicts.push({ ...told, verdict: 'identical', ...(was === undefined ? {} : { now: was }) });
    } else if (differs.now === null) {
      verdicts.push({ ...told, verdict: 'missing' });
    } else {
      const same = await isSame(recorded.now, differs, options);
      const difference = same ? null : await differenceOf(recorded, differs, options);
      verdicts.push({
        ...told,
        verdict: same ? 'identical' : 'changed',
        now: differs.now.name,
        ...(difference === null ? {} : { difference })
      });
    }
  }
  return [...verdicts, ...fresh.map(({ path, now }) => ({ path, verdict: 'new' as const, from, now: now?.name ?? '' }))];
}

/** None of the files of a run was made. */
export function judgeFailed(outputs: Outputs, from: CommitId): IFileVerdict[] {
  return [...outputs.values()].map(({ path, now }) => ({ path, verdict: 'failed' as const, from, was: now?.name ?? '' }));
}

/** Whether content is the same under other names: of another backend, or in Git where it was in the annex. */
async function isSame(recorded: IFileSide | null, { repository, now }: IFileChange, { signal }: IOptions): Promise<boolean> {
  if (recorded === null || now === null || (recorded.key === null && now.key === null)) {
    return false;
  }
  if (recorded.key === null) {
    const found = await repository.store.look(now.key ?? '');
    const prefix = `blob ${found?.size ?? 0}\0`;
    return found !== null && (await hashFile(found.path, hashOfGit(recorded.oid), { prefix, signal })) === recorded.oid;
  }
  const checksum = checksumOf(recorded.key);
  if (!checksum?.hash || now.key === null) {
    return false;
  }
  const path = await repository.store.find(now.key);
  return path !== null && (await hashFile(path, checksum.hash, { signal })) === checksum.value;
}

function hashOfGit(oid: string): string {
  return oid.length === 40 ? 'sha1' : 'sha256';
}

/** Null where one of them is no small text, or its content is not here. */
async function differenceOf(recorded: IFileChange, differs: IFileChange, options: IOptions): Promise<string | null> {
  const [was, now] = [await textOf(recorded, options.signal), await textOf(differs, options.signal)];
  if (was === null || now === null) {
    return null;
  }
  const folder = join(options.folder, 'compared');
  await mkdir(folder, { recursive: true });
  try {
    await Promise.all([writeFile(join(folder, 'was'), was), writeFile(join(folder, 'now'), now)]);
    const args = ['diff', '--no-index', '--no-ext-diff', '--no-textconv', '--no-color', '-U3', 'was', 'now'];
    const { env, signal } = options;
    const { stdout } = await run('git', args, { cwd: folder, env: { ...env, GIT_CEILING_DIRECTORIES: options.folder }, signal });
    const text = stdout.toString('utf8');
    const hunks = text.slice(Math.max(0, text.indexOf('\n@@ ') + 1));
    return hunks.length > MOST_DIFFERENCE ? `${hunks.slice(0, MOST_DIFFERENCE)}…` : hunks;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function textOf({ repository, now }: IFileChange, signal: AbortSignal): Promise<Buffer | null> {
  const content = now === null ? null : await contentOf(repository, now, signal);
  return content === null || content.includes(0) ? null : content;
}

async function contentOf({ store, git }: Repository, { key, oid }: IFileSide, signal: AbortSignal): Promise<Buffer | null> {
  if (key !== null) {
    const found = await store.look(key);
    return found !== null && found.size <= MOST_TEXT ? await readFile(fsPath(found.path)) : null;
  }
  const size = (await objectSizes(git, [oid], signal)).get(oid);
  return size !== undefined && size <= MOST_TEXT ? ((await readBlobs(git, [oid], signal)).get(oid) ?? null) : null;
}
