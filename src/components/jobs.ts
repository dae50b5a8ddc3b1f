import type { TranslationBundle } from '@jupyterlab/translation';
import * as v from 'valibot';
import { isEnded, type Job, makesDataset } from '../protocol/job';
import { shownName } from '../protocol/names';
import { lastName } from './names';

/** The parts of any job's input that its wording needs; inputs of later operations may lack them. */
const Input = v.object({
  paths: v.optional(v.array(v.string())),
  path: v.optional(v.string()),
  source: v.optional(v.string()),
  message: v.optional(v.string()),
  archive: v.optional(v.string()),
  table: v.optional(v.string()),
  file: v.optional(v.string()),
  name: v.optional(v.string()),
  format: v.optional(v.string()),
  command: v.optional(v.string()),
  branch: v.optional(v.string()),
  tag: v.optional(v.string()),
  what: v.optional(v.string()),
  /** Of what was seen to happen in a terminal. */
  files: v.optional(v.number()),
  subjects: v.optional(v.array(v.string()))
});

function inputOf(job: Job): v.InferOutput<typeof Input> {
  const parsed = v.safeParse(Input, job.input);
  return parsed.success ? parsed.output : {};
}

/** The verb of a job as it stands on buttons. */
function verb(job: Job, trans: TranslationBundle): string {
  const verbs: Record<string, string> = {
    get: trans.__('Get'),
    getKeys: trans.__('Get an earlier version'),
    drop: trans.__('Drop'),
    dropLastCopies: trans.__('Drop last copies'),
    save: trans.__('Save'),
    clone: trans.__('Clone'),
    create: trans.__('Create'),
    createExample: trans.__('Create example'),
    addRules: trans.__('Write a rule'),
    dropOld: trans.__('Drop old versions'),
    clean: trans.__('Clear leftovers'),
    editRules: trans.__('Change a rule'),
    runProcedure: trans.__('Run a procedure'),
    run: trans.__('Run'),
    saveRun: trans.__('Save a failed run'),
    rerun: trans.__('Repeat runs'),
    verifyRuns: trans.__('Verify runs'),
    keepReport: trans.__('Keep a report'),
    runNotebook: trans.__('Run'),
    recordNotebook: trans.__('Record'),
    exportArchive: trans.__('Export'),
    addArchiveContent: trans.__('Unpack'),
    containersAdd: trans.__('Add container'),
    containersRemove: trans.__('Remove container'),
    downloadUrl: trans.__('Download'),
    addUrls: trans.__('Add files from'),
    addSource: trans.__('Add a source of'),
    removeSource: trans.__('Remove a source of'),
    unlock: trans.__('Unlock'),
    lock: trans.__('Lock'),
    discard: trans.__('Discard changes of'),
    undoDiscard: trans.__('Undo a discard'),
    removeDiscard: trans.__('Remove what was discarded'),
    undoSave: trans.__('Undo a save'),
    restore: trans.__('Restore'),
    remove: trans.__('Remove'),
    removeRefused: trans.__('Remove all the same'),
    deleteFiles: trans.__('Delete'),
    deleteCopied: trans.__('Delete what was copied'),
    move: trans.__('Move'),
    copyFile: trans.__('Copy'),
    copyOut: trans.__('Copy out of the dataset'),
    fsck: trans.__('Check'),
    verify: trans.__('Verify'),
    removeLock: trans.__('Remove lock'),
    removeLeftover: trans.__('Clear up'),
    trust: trans.__('Trust'),
    untrust: trans.__('Stop trusting'),
    configure: trans.__('Change a setting'),
    wtf: trans.__('Look at the set-up'),
    setExtension: trans.__('Switch an extension'),
    switchBranch: trans.__('Switch to'),
    createBranch: trans.__('Create branch'),
    renameBranch: trans.__('Rename branch'),
    deleteBranch: trans.__('Delete branch'),
    mergeBranch: trans.__('Merge'),
    resolve: trans.__('Settle'),
    conclude: trans.__('End'),
    createTag: trans.__('Create tag'),
    deleteTag: trans.__('Delete tag'),
    setIdentity: trans.__('Set name and e-mail')
  };
  return verbs[job.operation] ?? job.operation;
}

/** What the job works on: a name, a number of files or a message; empty where the verb says it all. */
function object(job: Job, trans: TranslationBundle): string {
  const { paths, path, message, ...refs } = inputOf(job);
  const { files, totalFiles } = job.progress ?? {};
  if (job.operation === 'runNotebook' && !isEnded(job) && totalFiles) {
    return trans.__('%1, cell %2 of %3', lastName(path ?? ''), Math.min((files ?? 0) + 1, totalFiles), totalFiles);
  }
  if (!isEnded(job) && totalFiles !== undefined && totalFiles > 1) {
    return trans.__('%1 of %2', files ?? 0, totalFiles);
  }
  if ((job.operation === 'save' || job.operation === 'recordNotebook') && message) {
    return `“${message.split('\n')[0]}”`;
  }
  if (job.operation === 'run') {
    return message ? `“${message.split('\n')[0]}”` : `“${shownName((refs.command ?? '').slice(0, 60))}”`;
  }
  if (job.operation === 'exportArchive') {
    return shownName(`${refs.name ?? ''}.${refs.format ?? ''}`);
  }
  if (job.operation === 'containersAdd' || job.operation === 'containersRemove') {
    return shownName(refs.name ?? '');
  }
  const file = refs.archive ?? refs.table ?? refs.file;
  if (file !== undefined) {
    return lastName(file);
  }
  if (paths?.length === 1) {
    return lastName(paths[0] || job.dataset || '');
  }
  if (paths !== undefined) {
    return trans._n('%1 item', '%1 items', paths.length);
  }
  const ref = refs.branch ?? refs.tag ?? (job.operation === 'conclude' ? refs.what : undefined);
  if (ref !== undefined) {
    return shownName(ref);
  }
  return path === undefined ? '' : lastName(path);
}

/** One line that says which job this is: `Get 3 of 12`. */
export function jobTitle(job: Job, trans: TranslationBundle): string {
  return [verb(job, trans), object(job, trans)].filter(part => part !== '').join(' ');
}

/** The same for a list: what happened elsewhere says so. */
export function jobSentence(job: Job, trans: TranslationBundle): string {
  if (job.origin === 'panel') {
    return jobTitle(job, trans);
  }
  const { files, subjects = [] } = inputOf(job);
  if (files !== undefined && files > 0) {
    return trans._n('Saved %1 file, in a terminal', 'Saved %1 files, in a terminal', files);
  }
  return subjects[0] === undefined ? trans.__('Changed in a terminal') : trans.__('Saved “%1”, in a terminal', subjects[0]);
}

/** The last job in a dataset that was started here, whatever it does or did. */
export function lastOwnJob(jobs: readonly Job[]): Job | undefined {
  return jobs.find(({ dataset, origin }) => origin === 'panel' && dataset !== null);
}

/** The job that has not finished the dataset at a place: it runs, or was interrupted. */
export function makerOf(place: string, jobs: readonly Job[]): Job | undefined {
  return jobs.find(job => makesDataset(job) && (!isEnded(job) || job.state === 'interrupted') && inputOf(job).path === place);
}
