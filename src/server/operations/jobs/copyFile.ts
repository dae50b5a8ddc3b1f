import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { cp, lstat, mkdir } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ParsedJobInput } from '../../../protocol/contract';
import { type Failure, fail } from '../../../protocol/failure';
import { displayName, fsPath } from '../../bytes';
import { execute, judge } from '../../datalad/execute';
import { findRepositories } from '../../dataset/findRepositories';
import { listFolder } from '../../dataset/listFolder';
import { exists } from '../../exists';
import type { ITask } from '../../handlers';
import type { AbsolutePath } from '../../paths';
import { type IJobContext, requireDataset } from './context';
import { datasetAround } from './datasetAround';
import { type IPlace, placesOf, requireFree } from './placing/places';
import { relink } from './placing/relink';
import { annexedFiles, readParts, storeOf } from './withoutDatalad/part';

const NOTHING: Failure = { kind: 'not-found', message: 'There was nothing to copy.' };

/**
 * Copies files and folders into a folder of a dataset. What comes from another dataset goes through `datalad copy-file`, which saves it
 * with its content; within the dataset another link to the same content is made, which takes no space and is not saved yet.
 */
export async function copyFile(context: IJobContext, input: ParsedJobInput<'copyFile'>, task: ITask): Promise<void> {
  const { boundary } = context;
  const { dataset, places } = placesOf(boundary, input);
  requireDataset(dataset);
  for (const { from } of places) {
    await refuseDatasets(from, task.signal);
  }
  for (const { from, to } of places) {
    const free = input.name === undefined ? freeName(to) : to;
    requireFree(free, boundary);
    const place = { from, to: free };
    if (datasetAround(dirname(from)) === dataset) {
      await copyWithin(place, dataset);
    } else {
      await copyAcross(context, { place, dataset }, task);
    }
    const path = boundary.toContents(free as AbsolutePath);
    task.result({ action: 'copy', status: 'ok', path, type: 'file', from: boundary.toContents(from) });
  }
}

/** A copy of a repository with everything in it would be two annexes that take each other for the same. */
async function refuseDatasets(from: AbsolutePath, signal: AbortSignal): Promise<void> {
  const { datasets, bare, complete } = await findRepositories(from, { signal });
  if (datasets.length + bare.length > 0) {
    fail('holds-dataset', 'A dataset cannot be copied like a folder: both copies would take themselves for the same place.', {
      hint: 'Clone it.'
    });
  }
  if (!complete) {
    fail('permission-denied', 'Not everything in it could be looked at.');
  }
}

async function copyWithin({ from, to }: IPlace, dataset: string): Promise<void> {
  await cp(fsPath(from) as string, fsPath(to) as string, {
    recursive: true,
    verbatimSymlinks: true,
    errorOnExist: true,
    force: false,
    mode: constants.COPYFILE_FICLONE
  });
  await relink(to, dataset);
}

async function copyAcross(
  context: IJobContext,
  { place: { from, to }, dataset }: { place: IPlace; dataset: AbsolutePath },
  task: ITask
): Promise<void> {
  const files = await requireContent(context, from, task.signal);
  const call = { command: 'copy_file', dataset, arguments: await copyArguments(from, to) };
  if (call.arguments.path.length > 0) {
    judge(await execute(context, call, task), NOTHING);
  }
  for (const file of files) {
    await requireSame(file, join(to, file.slice(from.length)), task.signal);
  }
}

/** DataLad puts a folder into another one, and cannot give it a new name: so what is in it is put into one of that name. */
async function copyArguments(from: string, to: string): Promise<{ path: string[]; [option: string]: unknown }> {
  if (!(await lstat(fsPath(from))).isDirectory()) {
    return { path: [from, to] };
  }
  await mkdir(fsPath(to));
  return { path: [...(await listFolder(from)).keys()].map(name => join(from, name)), target_dir: to, recursive: true };
}

/** The annexed files at or below a path; fails with `not-here` where one lacks its content: DataLad would leave half a copy of it. */
async function requireContent({ env }: IJobContext, from: string, signal: AbortSignal): Promise<string[]> {
  if (!exists(join(datasetAround(dirname(from)), '.git'))) {
    return [];
  }
  const files: string[] = [];
  for (const part of await readParts([from], { env, signal })) {
    const store = storeOf(part);
    for (const { path, key } of await annexedFiles(part, signal)) {
      if (exists(path)) {
        files.push(path);
        if (!(await store.has(key))) {
          fail('not-here', 'The content of this file is not here, and cannot be copied.', {
            hint: 'Get it first.',
            parameters: { files: 1, path: displayName(path) }
          });
        }
      }
    }
  }
  return files;
}

/** Whoever moves a file deletes it next: so the copy is read once more. Keys say nothing, since the other dataset may make others. */
async function requireSame(from: string, to: string, signal: AbortSignal): Promise<void> {
  const [one, other] = await Promise.all([digest(from, signal), digest(to, signal)]);
  if (one !== other) {
    fail('corrupt', 'The copy is not the same as the file.', { parameters: { path: displayName(to) } });
  }
}

async function digest(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(fsPath(path)), hash, { signal });
  return hash.digest('hex');
}

/** As Jupyter names copies: `a.txt`, then `a-Copy1.txt`. */
function freeName(path: string): string {
  const end = extname(path);
  const start = path.slice(0, path.length - end.length);
  for (let number = 0; ; number += 1) {
    const name = number === 0 ? path : `${start}-Copy${number}${end}`;
    if (!exists(name)) {
      return name;
    }
  }
}
