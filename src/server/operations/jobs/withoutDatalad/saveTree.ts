import type { ParsedJobInput } from '../../../../protocol/contract';
import { FailureError } from '../../../../protocol/failure';
import type { ITask } from '../../../handlers';
import type { IJobContext } from '../context';
import { WorkTree } from '../../../dataset/workTree';
import { isWithin } from '../../../nesting';

/** A save in one dataset. */
export interface ISaveOne {
  readonly workTree: WorkTree;
  /** Absolute; null for everything. */
  readonly paths: readonly string[] | null;
  readonly input: ParsedJobInput<'save'>;
  /** DataLad would lose a name of this dataset, or fail. */
  readonly lost: boolean;
}

interface ITreeSave extends Omit<ISaveOne, 'lost'> {
  readonly saveOne: (context: IJobContext, save: ISaveOne, task: ITask) => Promise<void>;
}

/** Whether DataLad cannot save a dataset, or an installed subdataset of it: it would lose a name, tracked or not, or fail halfway. */
export async function isBeyondDatalad(
  workTree: WorkTree,
  options: { recursive: boolean; env: Record<string, string>; signal: AbortSignal }
): Promise<boolean> {
  if (await cannotSave(workTree)) {
    return true;
  }
  for (const folder of options.recursive ? await workTree.subdatasets() : []) {
    if (await isBeyondDatalad(await WorkTree.open(folder, options), options)) {
      return true;
    }
  }
  return false;
}

async function cannotSave(workTree: WorkTree): Promise<boolean> {
  return (await workTree.losesNames()) || (await workTree.unregistersStaged());
}

/**
 * Saves dataset by dataset, the innermost first, so that each is saved in the way that loses none of its names. A dataset records what was
 * saved in those below it.
 */
export async function saveTree(context: IJobContext, save: ITreeSave, task: ITask): Promise<void> {
  const { workTree, paths, input, saveOne } = save;
  const recorded: string[] = [];
  for (const folder of await workTree.subdatasets()) {
    const inside = paths?.filter(path => path.startsWith(`${folder}/`)) ?? [];
    const whole = input.recursive === true && (paths?.some(path => isWithin(folder, path)) ?? true);
    if (whole || inside.length > 0) {
      const below = await WorkTree.open(folder, { env: context.env, signal: task.signal });
      await unlessNothing(saveTree(context, { ...save, workTree: below, paths: whole ? null : inside }, task));
      recorded.push(folder);
    }
  }
  const isOwn = (path: string): boolean => !recorded.some(folder => path.startsWith(`${folder}/`));
  const own = paths === null ? null : [...new Set([...paths.filter(isOwn), ...recorded])];
  const one = { workTree, paths: own, input: { ...input, recursive: false }, lost: await cannotSave(workTree) };
  await saveOne(context, one, task);
}

/** A subdataset without changes is none of the reasons to stop. */
async function unlessNothing(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof FailureError && error.failure.kind === 'nothing-saved')) {
      throw error;
    }
  }
}
