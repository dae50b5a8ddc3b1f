import type { ICommand } from './command';
import type { ICommandContext } from './context';
import { addArchiveContent } from './addArchiveContent';
import { blame } from './blame';
import { cancel } from './cancel';
import { checkUp } from './checkUp';
import { addSource, removeSource } from './sources';
import { clean } from './clean';
import { clone } from './clone';
import { conclude } from './conclude';
import { configure } from './configure';
import { containers } from './containers';
import { containersAdd } from './containersAdd';
import { containersRemove } from './containersRemove';
import { copyCommand } from './copyCommand';
import { copyFile } from './copyFile';
import { create } from './create';
import { createBranch } from './createBranch';
import { createExample } from './createExample';
import { diagnostics } from './diagnostics';
import { createTag } from './createTag';
import { deleteBranch } from './deleteBranch';
import { deleteTag } from './deleteTag';
import { addUrls } from './addUrls';
import { diff } from './diff';
import { discard } from './discard';
import { downloadUrl } from './downloadUrl';
import { drop } from './drop';
import { exportArchive } from './exportArchive';
import { fsck } from './fsck';
import { get } from './get';
import { getOnOpen } from './getOnOpen';
import { help } from './help';
import { history } from './history';
import { inspect } from './inspect';
import { lock } from './lock';
import { mergeBranch } from './mergeBranch';
import { openVersion } from './openVersion';
import { pin } from './pin';
import { provenance } from './provenance';
import { recordExecution } from './recordExecution';
import { recordSelection } from './recordSelection';
import { refresh } from './refresh';
import { remove } from './remove';
import { renameBranch } from './renameBranch';
import { resolve } from './resolve';
import { restore } from './restore';
import { rules } from './rules';
import { rerun } from './rerun';
import { run } from './run';
import { runNotebook } from './runNotebook';
import { runProcedure } from './runProcedure';
import { save } from './save';
import { saveRun } from './saveRun';
import { setIdentity } from './setIdentity';
import { status } from './status';
import { switchBranch } from './switchBranch';
import { trust, untrust } from './trust';
import { undo } from './undo';
import { unlock } from './unlock';
import { verdicts } from './verdicts';

/** Every command of this extension but the one that shows the panel, in the order of the palette. */
export function allCommands(context: ICommandContext): ICommand[] {
  return [
    get,
    drop,
    save,
    unlock,
    lock,
    ...(context.compare === null ? [] : [diff]),
    discard,
    undo,
    history,
    ...(context.openPage === null ? [] : [blame]),
    inspect,
    ...(context.openVersion === null ? [] : [openVersion]),
    restore,
    copyFile,
    remove,
    switchBranch,
    createBranch,
    renameBranch,
    deleteBranch,
    mergeBranch,
    resolve,
    conclude,
    createTag,
    deleteTag,
    fsck,
    ...(context.openPage === null ? [] : [rules, checkUp, containers, provenance]),
    containersAdd,
    containersRemove,
    clean,
    clone,
    create,
    createExample,
    run,
    saveRun,
    rerun,
    verdicts,
    runNotebook,
    recordExecution,
    recordSelection,
    getOnOpen,
    runProcedure,
    downloadUrl,
    addUrls,
    addSource,
    removeSource,
    exportArchive,
    addArchiveContent,
    status,
    copyCommand,
    help,
    refresh,
    pin,
    cancel,
    setIdentity,
    ...(context.openPage === null ? [] : [configure, diagnostics]),
    trust,
    untrust
  ].map(declare => declare(context));
}
