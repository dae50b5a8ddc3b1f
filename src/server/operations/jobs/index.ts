import type { WorkHandlers } from '../../handlers';
import { clone } from './clone';
import type { IJobContext } from './context';
import { create } from './create';
import { createExample } from './createExample';
import { drop, dropLastCopies } from './drop';
import { fsck } from './fsck';
import { get } from './get';
import { exceptLeftOut } from './leftOut';
import { removeLeftover } from './removeLeftover';
import { removeLock } from './removeLock';
import { withHidden } from './hidden/getHidden';
import { thenHide } from './hidden/hideDropped';
import { restore } from './restore/restore';
import { save } from './save';
import { setIdentity } from './setIdentity';
import { inSound } from './sound';
import { unlock } from './unlock';

export type { IJobContext } from './context';

/**
 * The handlers of the jobs that work in datasets: each job has a file of its name, what several share stands beside them. In
 * `withoutDatalad/` is what git and git-annex do where DataLad would lose a name, in `hidden/` what a branch asks for that hides files, in
 * `interrupted/` what is known of jobs that a server left behind.
 */
export function createJobHandlers(context: IJobContext): WorkHandlers {
  return {
    get: (input, task) => inSound(exceptLeftOut(withHidden(get)), {})(context, input, task),
    drop: (input, task) => inSound(thenHide(drop), { frees: true })(context, input, task),
    dropLastCopies: (input, task) => inSound(thenHide(dropLastCopies), { frees: true })(context, input, task),
    save: (input, task) => inSound(save, { commits: true })(context, input, task),
    clone: (input, task) => clone(context, input, task),
    create: (input, task) => create(context, input, task),
    createExample: (input, task) => createExample(context, input, task),
    restore: (input, task) => inSound(restore, {})(context, input, task),
    unlock: (input, task) => inSound(unlock, {})(context, input, task),
    fsck: (input, task) => fsck(context, input, task),
    removeLock: input => removeLock(context, input),
    removeLeftover: (input, task) => removeLeftover(context, input, task),
    setIdentity: (input, task) => setIdentity(context, input, task)
  };
}
