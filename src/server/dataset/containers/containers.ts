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
import type { Repository } from '../repository';
import { type IContainerSettings, imagePlace, readContainerSettings } from './containerSettings';
import { readNamedSubdatasets } from './namedSubdatasets';

/** Subdatasets looked into. */
const MANY = 1_000;
const AT_ONCE = 8;

export interface IContainersOptions {
  boundary: PathBoundary;
  repositories: Repositories;
  row: CallHandlers['row'];
}

interface IFound {
  repository: Repository;
  /** Names of the subdatasets around it, each with a slash behind it. */
  prefix: string;
  settings: IContainerSettings;
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
    const { found, truncated } = await this.find(root, signal);
    return { containers: await mapLimited(found, AT_ONCE, each => this.describe(each, signal)), truncated };
  };

  /** Level by level, so that those of the dataset itself come first. */
  private async find(root: AbsolutePath, signal: AbortSignal): Promise<{ found: IFound[]; truncated: boolean }> {
    const { repositories } = this.options;
    const found: IFound[] = [];
    const queue = [{ folder: root, prefix: '' }];
    let looked = 0;
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (looked > MANY) {
        return { found, truncated: true };
      }
      looked += 1;
      const { folder, prefix } = next;
      const repository = await repositories.open(folder);
      const settings = await readContainerSettings(repository, signal);
      found.push(...settings.map(each => ({ repository, prefix, settings: each })));
      for (const { name, folder: below } of await readNamedSubdatasets(repository)) {
        if (await repositories.isRoot(below)) {
          queue.push({ folder: below, prefix: `${prefix}${name}/` });
        }
      }
    }
    return { found, truncated: false };
  }

  private async describe({ repository, prefix, settings }: IFound, signal: AbortSignal): Promise<Container> {
    const last = (key: string): string | undefined => settings.values.get(key)?.at(-1);
    const imagePath = imagePlace(settings, repository.root);
    const callFormat = last('cmdexec');
    const updateUrl = last('updateurl');
    return {
      name: displayName(`${prefix}${settings.name}`),
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
