import { dirname, join, relative } from 'node:path';
import { expandCall } from '../../../protocol/callFormat';
import type { AbsolutePath } from '../../paths';
import { imagePlace } from '../containers/containerSettings';
import { findContainers } from '../containers/findContainers';
import type { Repositories } from '../repositories';

/** What `datalad containers-run` makes of a command. */
export interface IContainerRun {
  /** With what gets it into the container; its own placeholders stay. Null where the call format cannot be filled in. */
  readonly command: string | null;
  /** Image and extra inputs, relative to the folder that it runs in: they are got whatever the command reads. */
  readonly needed: readonly string[];
}

interface IRequest {
  readonly name: string;
  readonly command: string;
  readonly root: AbsolutePath;
  /** Absolute: where the command runs. */
  readonly folder: string;
  /** The program that runs DataLad. */
  readonly python: string;
  readonly repositories: Pick<Repositories, 'open' | 'isRoot'>;
  readonly signal: AbortSignal;
}

/** The call of a container with its paths as they are in the folder where it runs; null where there is no such container. */
export async function callInContainer({ name, command, root, folder, python, ...rest }: IRequest): Promise<IContainerRun | null> {
  const { repositories, signal } = rest;
  const { found } = await findContainers(root, {
    open: each => repositories.open(each),
    isRoot: each => repositories.isRoot(each),
    signal
  });
  const container = found.find(each => each.name === name);
  if (container === undefined) {
    return null;
  }
  const { repository, settings } = container;
  const image = join(repository.root, imagePlace(settings, repository.root));
  const here = {
    img: relative(folder, image),
    img_dspath: relative(folder, repository.root) || '.',
    img_dirpath: dirname(relative(folder, image))
  };
  const callFormat = settings.values.get('cmdexec')?.at(-1);
  const extra = (settings.values.get('extra-input') ?? []).map(each => expandCall(each, { ...here, cmd: '', python: '' }));
  return {
    command: callFormat === undefined ? `${image} ${command}` : expandCall(callFormat, { ...here, cmd: command, python }),
    needed: [here.img, ...extra.filter(each => each !== null)]
  };
}
