import { join } from 'node:path';
import type { CallOutput, ParsedCallInput } from '../../../protocol/contract';
import type { Check, FoundGroup } from '../../../protocol/checkUp';
import { fail } from '../../../protocol/failure';
import type { ContentsPath } from '../../../protocol/paths';
import type { CallHandlers } from '../../handlers';
import type { AbsolutePath, PathBoundary } from '../../paths';
import type { Repositories } from '../repositories';
import type { Repository } from '../repository';
import { brokenLinks } from './brokenLinks';
import { copiesMissing } from './copies';
import { largeInGit, unpushed } from './inGit';
import { leftovers } from './leftovers';
import { oldVersions } from './oldVersions';

/** Looks for what is wrong in a dataset, or may once be. Nothing here starts DataLad or git-annex, or writes anywhere. */
export class CheckUp implements Pick<CallHandlers, 'checkUp'> {
  constructor(
    private readonly boundary: PathBoundary,
    private readonly repositories: Repositories
  ) {}

  checkUp = async ({ dataset, check }: ParsedCallInput<'checkUp'>, signal: AbortSignal): Promise<CallOutput<'checkUp'>> => {
    const root = await this.repositories.rootOf(this.boundary.resolve(dataset));
    if (root === null) {
      return fail('not-a-dataset', 'There is no dataset here.');
    }
    const repository = await this.repositories.open(root);
    const toContents = (path: string): ContentsPath => this.boundary.toContents(join(root, path) as AbsolutePath);
    return { groups: await checks[check](repository, { signal, toContents }) };
  };
}

type Look = (
  repository: Repository,
  options: { signal: AbortSignal; toContents(path: string): ContentsPath }
) => Promise<FoundGroup[]>;

const checks: Record<Check, Look> = {
  copies: copiesMissing,
  large: largeInGit,
  unpushed: (repository, { signal }) => unpushed(repository, signal),
  links: brokenLinks,
  leftovers: (repository, { signal }) => leftovers(repository, signal),
  old: (repository, { signal }) => oldVersions(repository, signal)
};
