import type { WorkHandlers } from '../../handlers';
import { addArchiveContent } from './addArchiveContent';
import { addRules } from './addRules';
import { deleteBranch, renameBranch } from './branches/changeBranch';
import { conclude } from './branches/conclude';
import { createBranch } from './branches/createBranch';
import { mergeBranch } from './branches/mergeBranch';
import { resolve } from './branches/resolve';
import { switchBranch } from './branches/switchBranch';
import { createTag, deleteTag } from './branches/tags';
import { clean } from './clean';
import { clone } from './clone';
import { configure } from './configure';
import { containersAdd } from './containers/containersAdd';
import { containersRemove } from './containers/containersRemove';
import type { IJobContext } from './context';
import { copyFile } from './copyFile';
import { copyOut } from './copyOut';
import { create } from './create';
import { createExample } from './createExample';
import { deleteCopied } from './deleteCopied';
import { deleteFiles } from './deleteFiles';
import { discard } from './discard';
import { addUrls } from './downloads/addUrls';
import { downloadUrl } from './downloads/downloadUrl';
import { drop, dropLastCopies } from './drop';
import { exportArchive } from './exportArchive';
import { fsck } from './fsck';
import { get } from './get';
import { getKeys } from './getKeys';
import { dropOld } from './dropOld';
import { editRules } from './editRules';
import { exceptLeftOut } from './leftOut';
import { keepReport } from './keepReport';
import { lock } from './lock';
import { move } from './move';
import { remove, removeRefused } from './remove';
import { removeLeftover } from './removeLeftover';
import { removeLock } from './removeLock';
import { rerun } from './rerun';
import { withHidden } from './hidden/getHidden';
import { thenHide } from './hidden/hideDropped';
import { restore } from './restore/restore';
import { run } from './run';
import { recordNotebook } from './recordNotebook';
import { runNotebook } from './runNotebook';
import { runProcedure } from './runProcedure';
import { save } from './save';
import { saveRun } from './saveRun';
import { addSource } from './sources/addSource';
import { removeSource } from './sources/removeSource';
import { setExtension } from './setExtension';
import { setIdentity } from './setIdentity';
import { inSound } from './sound';
import { removeDiscard, undoDiscard } from './undoDiscard';
import { noted, undoSave } from './undoSave';
import { unlock } from './unlock';
import { wtf } from './wtf';
import { verify } from './verify';
import { verifyRuns } from './verifyRuns';

export type { IJobContext } from './context';

/** DataLad saves what a command changed in subdatasets, too. */
const always = (): boolean => true;

/**
 * The handlers of the jobs that work in datasets: each job has a file of its name, what several share stands beside them. In
 * `withoutDatalad/` is what git and git-annex do where DataLad would lose a name, in `hidden/` what a branch asks for that hides files, in
 * `interrupted/` what is known of jobs that a server left behind.
 */
export function createJobHandlers(context: IJobContext): WorkHandlers {
  return {
    get: (input, task) => inSound(exceptLeftOut(withHidden(get)), {})(context, input, task),
    getKeys: (input, task) => inSound(getKeys, {})(context, input, task),
    drop: (input, task) => inSound(thenHide(drop), { frees: true })(context, input, task),
    dropLastCopies: (input, task) => inSound(thenHide(dropLastCopies), { frees: true })(context, input, task),
    save: (input, task) =>
      inSound(
        noted(save, input => input.recursive === true),
        { commits: true }
      )(context, input, task),
    clone: (input, task) => clone(context, input, task),
    create: (input, task) => create(context, input, task),
    createExample: (input, task) => createExample(context, input, task),
    addRules: (input, task) => addRules(context, input, task),
    dropOld: (input, task) => inSound(dropOld, { frees: true })(context, input, task),
    clean: (input, task) => inSound(clean, { frees: true })(context, input, task),
    editRules: (input, task) => editRules(context, input, task),
    rerun: (input, task) => inSound(noted(rerun, always), { commits: true })(context, input, task),
    verifyRuns: (input, task) => verifyRuns(context, input, task),
    keepReport: (input, task) => keepReport(context, input, task),
    runProcedure: (input, task) => inSound(runProcedure, { commits: true })(context, input, task),
    saveRun: (input, task) => inSound(noted(saveRun, always), { commits: true })(context, input, task),
    run: (input, task) => inSound(noted(run, always), { commits: true })(context, input, task),
    runNotebook: (input, task) => inSound(runNotebook, {})(context, input, task),
    recordNotebook: (input, task) => inSound(noted(recordNotebook, always), { commits: true })(context, input, task),
    downloadUrl: (input, task) => inSound(noted(downloadUrl), { commits: true })(context, input, task),
    addUrls: (input, task) => inSound(noted(addUrls), { commits: true })(context, input, task),
    addSource: (input, task) => inSound(addSource, {})(context, input, task),
    removeSource: (input, task) => inSound(removeSource, {})(context, input, task),
    exportArchive: (input, task) => inSound(exportArchive, {})(context, input, task),
    addArchiveContent: (input, task) => inSound(noted(addArchiveContent), { commits: true })(context, input, task),
    containersAdd: (input, task) => inSound(containersAdd, { commits: true })(context, input, task),
    containersRemove: (input, task) => inSound(containersRemove, { commits: true })(context, input, task),
    restore: (input, task) => inSound(restore, {})(context, input, task),
    remove: (input, task) => inSound(remove, { commits: true, frees: true })(context, input, task),
    removeRefused: (input, task) => inSound(removeRefused, { commits: true, frees: true })(context, input, task),
    deleteFiles: (input, task) => inSound(deleteFiles, { frees: true })(context, input, task),
    deleteCopied: (input, task) => inSound(deleteCopied, { frees: true })(context, input, task),
    move: (input, task) => inSound(move, {})(context, input, task),
    copyFile: (input, task) => inSound(copyFile, { commits: true })(context, input, task),
    copyOut: (input, task) => inSound(copyOut, { frees: true })(context, input, task),
    unlock: (input, task) => inSound(unlock, {})(context, input, task),
    lock: (input, task) => inSound(lock, {})(context, input, task),
    discard: (input, task) => inSound(discard, { frees: true })(context, input, task),
    undoDiscard: (input, task) => inSound(undoDiscard, { frees: true })(context, input, task),
    removeDiscard: (input, task) => removeDiscard(context, input, task),
    undoSave: (input, task) => inSound(undoSave, { commits: true })(context, input, task),
    switchBranch: (input, task) => inSound(switchBranch, {})(context, input, task),
    createBranch: (input, task) => inSound(createBranch, {})(context, input, task),
    renameBranch: (input, task) => inSound(renameBranch, { frees: true })(context, input, task),
    deleteBranch: (input, task) => inSound(deleteBranch, { frees: true })(context, input, task),
    mergeBranch: (input, task) => inSound(mergeBranch, { commits: true })(context, input, task),
    resolve: (input, task) => inSound(resolve, { commits: true })(context, input, task),
    conclude: (input, task) => inSound(conclude, { commits: true })(context, input, task),
    createTag: (input, task) => inSound(createTag, {})(context, input, task),
    deleteTag: (input, task) => inSound(deleteTag, { frees: true })(context, input, task),
    fsck: (input, task) => fsck(context, input, task),
    verify: (input, task) => verify(context, input, task),
    removeLock: input => removeLock(context, input),
    removeLeftover: (input, task) => removeLeftover(context, input, task),
    configure: (input, task) => configure(context, input, task),
    wtf: (_, task) => wtf(context, task),
    setExtension: (input, task) => setExtension(context, input, task),
    setIdentity: (input, task) => setIdentity(context, input, task)
  };
}
