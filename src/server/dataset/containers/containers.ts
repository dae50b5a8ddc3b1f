import { join } from 'node:path';
import type { CallOutput, ParsedCallInput } from '../../../protocol/contract';
import type { Container } from '../../../protocol/container';
import type { Row } from '../../../protocol/dataset';
import { fail } from '../../../protocol/failure';
import { displayName } from '../../bytes';
import type { CallHandlers } from '../../handlers';
import { mapLimited } from '../../mapLimited';
import type { AbsolutePath, PathBoundary } from '../../paths';
import { Redactor } from '../../redact';
import type { Repositories } from '../repositories';
import { imagePlace } from './containerSettings';
import { findContainers, type IFoundContainer } from './findContainers';

const AT_ONCE = 8;

export interface IContainersOptions {
  boundary: PathBoundary;
  repositories: Repositories;
  row: CallHandlers['row'];
}

/** Reads which containers are registered. Nothing here starts DataLad or git-annex, or writes anywhere. */
export class ContainerReader implements Pick<CallHandlers, 'containers'> {
  private readonly redactor = new Redactor(process.env);

  constructor(private readonly options: IContainersOptions) {}

  containers = async ({ dataset }: ParsedCallInput<'containers'>, signal: AbortSignal): Promise<CallOutput<'containers'>> => {
    const { boundary, repositories } = this.options;
    const root = await repositories.rootOf(boundary.resolve(dataset));
    if (root === null) {
      return fail('not-a-dataset', 'There is no dataset here.');
    }
    const { found, truncated } = await findContainers(root, {
      open: folder => repositories.open(folder),
      isRoot: folder => repositories.isRoot(folder),
      signal
    });
    return { containers: await mapLimited(found, AT_ONCE, each => this.describe(each, signal)), truncated };
  };

  private async describe({ repository, name, settings }: IFoundContainer, signal: AbortSignal): Promise<Container> {
    const last = (key: string): string | undefined => settings.values.get(key)?.at(-1);
    const imagePath = imagePlace(settings, repository.root);
    const callFormat = last('cmdexec');
    const updateUrl = last('updateurl');
    return {
      name: displayName(name),
      dataset: this.options.boundary.toContents(repository.root),
      imagePath: displayName(imagePath),
      image: isInside(imagePath) ? await this.imageAt(join(repository.root, imagePath) as AbsolutePath, signal) : null,
      ...(callFormat === undefined ? {} : { callFormat: displayName(callFormat) }),
      ...(updateUrl === undefined ? {} : { updateUrl: displayName(this.redactor.text(updateUrl)) }),
      extraInputs: (settings.values.get('extra-input') ?? []).map(displayName),
      ...(settings.local ? { local: true } : {})
    };
  }

  private async imageAt(path: AbsolutePath, signal: AbortSignal): Promise<Row | null> {
    return this.options.row({ path: this.options.boundary.toContents(path) }, signal);
  }
}

function isInside(path: string): boolean {
  return path !== '' && !path.startsWith('/') && path.split('/').every(name => name !== '..' && !name.includes('\0'));
}
