import { statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RerunGets, VerifyNeeds } from '../../../protocol/rerun';
import { keyBytes } from '../../annex/key';
import { fsPath } from '../../bytes';
import { exists } from '../../exists';
import { stateFolder } from '../../stateFolder';
import { basisOf } from '../history/basis';
import { freeSpace } from '../plans/diskReserve';
import type { Repository } from '../repository';
import { contentOf, Opened } from './content';
import { readOutputs } from './outputs';
import type { IPlannedRun } from './rerunPlan';

/** `<mode> <type> <oid> <size>`, then a tab and the path; of a subdataset there is no size. */
const SIZED = /^\d+ \w+ [0-9a-f]+ +(\d+)\t/u;

/** Where throw-away clones are made. */
export function throwAwayFolder(env: Readonly<Record<string, string>>): string {
  return stateFolder('verifications', env);
}

/** What a throw-away clone takes in which runs are verified. What one run makes and the next one takes is not counted as needed. */
export async function readNeeds(
  repository: Repository,
  runs: readonly IPlannedRun[],
  { env, signal }: { env: Record<string, string>; signal: AbortSignal }
): Promise<VerifyNeeds> {
  const opened = new Opened(env);
  const outputs = await readOutputs(
    repository.git,
    runs.map(({ step }) => step.commit),
    signal
  );
  const [here, absent] = [new Map<string, number>(), new Map<string, number>()];
  const made = new Map<string, number>();
  for (const { step, parents, data } of runs) {
    const [commit] = parents;
    const files = outputs.get(step.commit)?.files ?? [];
    const taken =
      data === null || commit === undefined
        ? []
        : await contentOf(repository, { commit, data, changed: files.map(({ path }) => path), opened, signal });
    for (const { key, root, needed } of taken.filter(({ key }) => !made.has(key))) {
      const store = (await opened.at(root))?.store ?? repository.store;
      const found = await store.look(key);
      if (found !== null) {
        here.set(key, found.size);
      } else if (needed) {
        absent.set(key, keyBytes(key) ?? 0);
      }
    }
    await repository.keys.load(files, signal);
    files.flatMap(file => repository.keys.of(file) ?? []).forEach(key => made.set(key, keyBytes(key) ?? 0));
  }
  const [hereBytes, absentBytes, madeBytes] = [here, absent, made].map(sum) as [number, number, number];
  const plain = await gitBytes(repository, signal);
  return {
    here: hereBytes,
    absent: absent.size,
    absentBytes,
    total: hereBytes + absentBytes + madeBytes + plain,
    free: await freeAt(throwAwayFolder(env))
  };
}

/** What DataLad gets before the commands of runs that are repeated in the dataset as it is; what one makes for the next one is not got. */
export async function readGets(
  repository: Repository,
  runs: readonly IPlannedRun[],
  { env, signal }: { env: Record<string, string>; signal: AbortSignal }
): Promise<RerunGets> {
  const opened = new Opened(env);
  const { commit } = await basisOf(repository);
  const outputs = await readOutputs(
    repository.git,
    runs.map(({ step }) => step.commit),
    signal
  );
  const made = new Set<string>();
  const absent = new Map<string, number | undefined>();
  for (const { step, data } of runs) {
    const taken =
      data === null || commit === null ? [] : await contentOf(repository, { commit, data, changed: [], opened, signal });
    for (const { key, root, path, needed } of taken) {
      const store = (await opened.at(root))?.store ?? repository.store;
      if (needed && !made.has(join(root, path)) && (await store.look(key)) === null) {
        absent.set(key, keyBytes(key));
      }
    }
    outputs.get(step.commit)?.files.forEach(({ path }) => made.add(join(repository.root, path)));
  }
  const sizes = [...absent.values()];
  return {
    files: absent.size,
    bytes: sizes.reduce<number>((total, bytes) => total + (bytes ?? 0), 0),
    unsized: sizes.filter(bytes => bytes === undefined).length,
    free: await freeSpace(repository)
  };
}

function sum(sizes: ReadonlyMap<string, number>): number {
  return [...sizes.values()].reduce((total, bytes) => total + bytes, 0);
}

/** Bytes of the files that Git itself has in the last save: a clone checks them out. */
async function gitBytes({ git }: Repository, signal: AbortSignal): Promise<number> {
  const listed = await git.readOr([128], ['ls-tree', '-r', '-l', '-z', 'HEAD'], { signal, noIndex: true });
  const entries = (listed?.toString('latin1') ?? '').split('\0');
  return entries.reduce((total, entry) => total + Number(SIZED.exec(entry)?.[1] ?? 0), 0);
}

/** Free bytes at a folder that may still be made; as many as can be counted where the file system does not tell. */
async function freeAt(folder: string): Promise<number> {
  if (!exists(folder)) {
    return await freeAt(dirname(folder));
  }
  const { bavail, bsize, blocks } = await statfs(fsPath(folder));
  return blocks > 0 ? bavail * bsize : Number.MAX_SAFE_INTEGER;
}
