import { join } from 'node:path';
import { readChanges } from './changes';
import { Repository } from './repository';
import { nestedNames } from '../trust/installed';
import type { AbsolutePath } from '../paths';
import { exists } from '../exists';

/** Whether a dataset, or one installed below it, has unsaved changes, told without starting any program that they name. */
export async function isDirty(root: string, options: { env: Record<string, string>; signal: AbortSignal }): Promise<boolean> {
  const repository = await Repository.open(root as AbsolutePath, options.env);
  if ((await readChanges(repository, '', options.signal)).size > 0) {
    return true;
  }
  for (const name of await nestedNames(repository.git, options)) {
    const nested = join(root, name);
    if (exists(join(nested, '.git')) && (await isDirty(nested, options))) {
      return true;
    }
  }
  return false;
}
