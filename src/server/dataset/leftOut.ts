import { splitZero } from '../git/split';
import type { Repository } from './repository';

/** How many files a sparse checkout keeps out of the folder; 0 where there is none, at no cost. */
export async function countLeftOut(repository: Repository): Promise<number> {
  if (!(await repository.git.config()).flag('core.sparsecheckout')) {
    return 0;
  }
  const index = await repository.index.read();
  if (index === null) {
    return await countByGit(repository);
  }
  let count = 0;
  for (let at = 0; at < index.entries.count; at++) {
    count += index.entries.isLeftOut(at) ? 1 : 0;
  }
  return count;
}

/** A sparse index has whole folders as one entry: git knows what is in them. */
async function countByGit({ git }: Repository): Promise<number> {
  return splitZero(await git.read(['ls-files', '-t', '-z'])).filter(line => line.startsWith('S ')).length;
}
