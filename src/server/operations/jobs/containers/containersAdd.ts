import { join } from 'node:path';
import type { ParsedJobInput } from '../../../../protocol/contract';
import { callFormatProblems } from '../../../../protocol/callFormat';
import { fail, type Failure, FailureError } from '../../../../protocol/failure';
import { execute, judge } from '../../../datalad/execute';
import { failureOf } from '../../../datalad/failures';
import { imagePlace, readContainerSettings, settingOf } from '../../../dataset/containers/containerSettings';
import { Repository } from '../../../dataset/repository';
import { BRANCH_CONFIG } from '../../../dataset/branchConfig';
import { readDestinations } from '../../../dataset/destinations/readDestinations';
import { exists } from '../../../exists';
import type { ITask } from '../../../handlers';
import type { AbsolutePath } from '../../../paths';
import { run } from '../../../process/run';
import { requirePlainFile } from '../configure';
import { type IJobContext, requireDataset, resolvePath } from '../context';
import { checkImagePlace, requireSaved } from './checkImage';
import { imageSource } from './imageSource';

const NOTHING: Failure = { kind: 'unknown', message: 'DataLad did not say what became of the container.' };
const LOCATION = 'datalad.containers.location';
/** Where DataLad puts images unless it is told otherwise. */
const USUAL_LOCATION = '.datalad/environments';

/**
 * Registers a container, with an image that is copied, downloaded or in the dataset already, or changes one that is registered. DataLad would
 * write over what is at the place of the image, through the link of an annexed file into its content; and an update would begin with a commit
 * that removes the image that was, after which nothing brings it back where the new one cannot be had.
 */
export async function containersAdd(context: IJobContext, input: ParsedJobInput<'containersAdd'>, task: ITask): Promise<void> {
  const { boundary, env, runPool } = context;
  const { name, callFormat, update } = input;
  const dataset = resolvePath(boundary, input.dataset);
  requireDataset(dataset);
  const [problem] = callFormat === undefined ? [] : callFormatProblems(callFormat).filter(({ kind }) => REFUSED.has(kind));
  if (problem !== undefined) {
    fail('bad-request', 'This call format could not be used.', { parameters: { problem: problem.kind } });
  }
  const repository = await Repository.open(dataset, env);
  await requireConfigInGit(repository, context, task);
  const known = (await readContainerSettings(repository, task.signal)).find(each => each.name === name);
  if (known !== undefined && update !== true) {
    fail('name-taken', 'There is a container of this name already.', { hint: 'Choose another name, or update it.' });
  }
  const before = (key: string): string | undefined => known?.values.get(key)?.at(-1);
  const image = input.image ?? (known === undefined ? await usualPlace(repository, name) : imagePlace(known, dataset));
  await checkImagePlace(image, dataset);
  const nothingNew = input.url === undefined && input.image === undefined && callFormat === undefined;
  const source = input.url ?? (nothingNew ? before('updateurl') : undefined);
  const url = source === undefined ? undefined : await imageSource(source, { dataset, env });
  const there = exists(join(dataset, image));
  if (url === undefined && !there) {
    fail('not-found', `There is no image at ${image}.`, { parameters: { path: image } });
  }
  if (url !== undefined && there && update !== true) {
    fail('in-the-way', 'There is something at the place of the image already.', {
      hint: 'Choose another name.',
      parameters: { path: boundary.toContents(join(dataset, image) as AbsolutePath), why: 'taken' }
    });
  }
  const call = {
    command: 'containers_add',
    dataset,
    arguments: {
      name,
      url: url ?? null,
      call_fmt: callFormat ?? null,
      image,
      update: update === true,
      // Without any DataLad takes away those that were.
      extra_input: input.extraInputs ?? [...(known?.values.get('extra-input') ?? [])]
    }
  };
  const work = async (): Promise<void> => judge(await execute({ pool: runPool, boundary }, call, task), NOTHING);
  await (url !== undefined && there ? replacing(repository, image, { env, task, work }) : work());
}

/** Where the rules put all into the annex, DataLad would put `.datalad/config` there, too, and clones would be without it, id and all. */
async function requireConfigInGit(repository: Repository, { boundary }: IJobContext, { signal }: ITask): Promise<void> {
  await requirePlainFile(repository.root, true);
  const path = boundary.toContents(join(repository.root, BRANCH_CONFIG) as AbsolutePath);
  const [destination] = await readDestinations(repository, [path], { boundary, signal });
  if (destination?.to === 'annex') {
    fail(
      'bad-request',
      'The rules of this dataset would put .datalad/config into the annex, and clones would have no containers.',
      {
        hint: 'Add the rule "annex.largefiles=nothing" for .datalad/config, and save it.'
      }
    );
  }
}

/** Those by which no command could be run. */
const REFUSED: ReadonlySet<string> = new Set(['braces', 'list', 'placeholder']);

/** As `datalad.containers.location` says. */
async function usualPlace(repository: Repository, name: string): Promise<string> {
  const location = (await settingOf(repository, LOCATION)) ?? USUAL_LOCATION;
  return [...location.split('/').filter(part => part !== '' && part !== '.'), name, 'image'].join('/');
}

/** Takes the image that was from the folder alone: its content stays in the annex, and it comes back where the work fails. */
async function replacing(
  { root, git }: Repository,
  image: string,
  { env, task, work }: { env: Record<string, string>; task: ITask; work(): Promise<void> }
): Promise<void> {
  await requireSaved(git, image, task.signal);
  await change(root, ['rm', '-r', '--quiet', '--', image], env);
  try {
    await work();
  } catch (error) {
    await change(root, ['restore', '--source=HEAD', '--staged', '--worktree', '--', image], env);
    throw error;
  }
}

async function change(root: string, args: readonly string[], env: Record<string, string>): Promise<void> {
  const { code, stderr } = await run('git', ['--literal-pathspecs', ...args], { cwd: root, env, timeout: 600_000 });
  if (code !== 0) {
    throw new FailureError(failureOf(stderr));
  }
}
