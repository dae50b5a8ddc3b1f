import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ParsedCallInput } from '../../../protocol/contract';
import { fail } from '../../../protocol/failure';
import { type RunMatch, type RunMatches, SHOWN_MATCHES } from '../../../protocol/runRequest';
import { displayName, fsPath } from '../../bytes';
import { isWithin } from '../../nesting';
import type { PathBoundary } from '../../paths';
import { Matches } from '../runs/matches';

/** What the inputs and outputs of a run stand for at present; fails with `outside-root` for a folder that is not in the dataset. */
export async function readRunMatches(
  { dataset, workingFolder = dataset, inputs = [], outputs = [] }: ParsedCallInput<'runMatches'>,
  { boundary, signal }: { boundary: PathBoundary; signal: AbortSignal }
): Promise<RunMatches> {
  const [root, folder] = [boundary.resolveFolder(dataset), boundary.resolve(workingFolder)];
  if (!isWithin(folder, root)) {
    fail('outside-root', `${workingFolder} is not in this dataset.`, { parameters: { path: workingFolder } });
  }
  const matches = new Matches(root, folder, signal);
  const told = async (patterns: readonly string[]): Promise<RunMatch[]> => {
    const found: RunMatch[] = [];
    for (const pattern of patterns) {
      found.push(await matchOf(pattern));
    }
    return found;
  };
  const matchOf = async (pattern: string): Promise<RunMatch> => {
    const { paths, found } = await matches.of(pattern);
    if (found === 'none') {
      return { pattern, found, count: 0, names: [] };
    }
    const names = paths.slice(0, SHOWN_MATCHES).map(displayName);
    const [first = ''] = paths;
    const isFolder = found === 'all' && paths.length === 1 && (await isDirectory(join(folder, first)));
    return { pattern, found: found === 'folders' ? found : isFolder ? 'folder' : 'files', count: paths.length, names };
  };
  return { inputs: await told(inputs), outputs: await told(outputs), truncated: matches.truncated };
}

async function isDirectory(path: string): Promise<boolean> {
  return await stat(fsPath(path)).then(
    stats => stats.isDirectory(),
    () => false
  );
}
