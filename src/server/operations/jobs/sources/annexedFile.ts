import { dirname } from 'node:path';
import { fail } from '../../../../protocol/failure';
import type { ContentsPath } from '../../../../protocol/paths';
import type { WorkTree } from '../../../dataset/workTree';
import type { AbsolutePath } from '../../../paths';
import { type IJobContext, requireDataset, resolvePath } from '../context';
import { datasetAround } from '../datasetAround';
import { annexedFiles, readPart } from '../withoutDatalad/part';

/** A file that can have sources. */
export interface IAnnexed {
  readonly dataset: AbsolutePath;
  /** Absolute. */
  readonly file: AbsolutePath;
  /** Relative to the dataset. */
  readonly name: string;
  readonly key: string;
  readonly workTree: WorkTree;
}

/** One file of a dataset that is saved and annexed; fails where it is not: git-annex would add a new file then. */
export async function annexedFile(
  { boundary, env }: IJobContext,
  input: { dataset: ContentsPath; file: ContentsPath },
  signal: AbortSignal
): Promise<IAnnexed> {
  const dataset = resolvePath(boundary, input.dataset);
  const file = resolvePath(boundary, input.file);
  const path = input.file;
  requireDataset(dataset);
  if (file === dataset || datasetAround(dirname(file)) !== dataset) {
    fail('outside-root', 'This is no file of the dataset, or one of a subdataset.', { parameters: { path } });
  }
  const part = await readPart(dataset, [file], { env, signal });
  const [annexed, ...others] = await annexedFiles(part, signal);
  if (part.entries.length === 0) {
    fail('unsaved-changes', 'The file is not saved yet.', { hint: 'Save it first.', parameters: { path, why: 'source' } });
  }
  if (annexed === undefined || others.length > 0 || annexed.path !== file) {
    return fail('not-annexed', 'The file is kept in Git: only annexed files have sources.', {
      parameters: { path, why: 'source' }
    });
  }
  return { dataset, file, name: annexed.entry.path, key: annexed.key, workTree: part.workTree };
}
