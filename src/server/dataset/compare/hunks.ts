import type { Hunks } from '../../../protocol/compare';
import { fail } from '../../../protocol/failure';
import { isUtf8 } from '../../bytes';
import type { Repository } from '../repository';
import type { ILocated } from './locate';
import { parseHunks } from './parseHunks';
import { readSource, type Source } from './source';

/** Larger texts are not compared: git alone would need several times as much memory. */
const MOST_COMPARED = 128_000_000;

/** How git is asked for hunks. */
export const DIFF = [
  'diff',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--text',
  '--no-renames',
  '-U3',
  '--submodule=short'
];

/** What changed between two texts of any size, found by git in a process of its own. */
export async function hunksOf(
  repository: Repository,
  sides: { before: ILocated; after: ILocated },
  { ignoreSpace, signal }: { ignoreSpace: boolean; signal?: AbortSignal }
): Promise<Hunks> {
  const [before, after] = [sides.before.at, sides.after.at].map(at => sourceOf(at));
  if (before === undefined || after === undefined || (before === null && after === null)) {
    return fail('bad-request', 'There is no text to compare.');
  }
  if ([before, after].some(source => (source?.bytes ?? 0) > MOST_COMPARED)) {
    return fail('bad-request', 'These files are too large to be compared line by line.');
  }
  const { args, input } = await argumentsFor(repository, before, after, signal);
  const output = await repository.git.readWorkTree([...DIFF, ...(ignoreSpace ? ['-w'] : []), ...args], {
    input,
    accept: [0, 1],
    signal
  });
  return parseHunks(output);
}

/** Null where there is no file; undefined where it has no content that could be read. */
function sourceOf(at: ILocated['at']): Source | null | undefined {
  return at.type === 'absent' ? null : at.type === 'blob' || at.type === 'file' ? at : undefined;
}

async function argumentsFor(
  repository: Repository,
  before: Source | null,
  after: Source | null,
  signal?: AbortSignal
): Promise<{ args: string[]; input?: Buffer }> {
  if (before?.type === 'blob' && after?.type === 'blob') {
    return { args: [before.oid, after.oid] };
  }
  const blob = [before, after].find(source => source?.type === 'blob');
  const name = (source: Source | null): string => (source === null ? '/dev/null' : source.type === 'blob' ? '-' : source.path);
  const names = [name(before), name(after)];
  if (!names.every(isUtf8)) {
    fail('unsafe-name', 'The name of this file is no valid UTF-8, so git cannot be asked about it.');
  }
  return {
    args: ['--no-index', '--', ...names],
    ...(blob === undefined || blob === null ? {} : { input: await readSource(repository, blob, { most: blob.bytes, signal }) })
  };
}
