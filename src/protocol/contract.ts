import * as v from 'valibot';
import { ArchiveFormat, ArchivePlan, MissingContent } from './archive';
import { NewRule } from './attributeRule';
import { Branches, LostCommits, RefName, Solution, Unfinished } from './branches';
import { AskedSide, Differences, Hunks, SideContent } from './compare';
import { Check, CheckUpAnswer, MOST_FOUND } from './checkUp';
import { Containers } from './container';
import { Destination, DestinationPaths } from './destination';
import { Amount, HiddenListing, Listing, Summary, Totals } from './dataset';
import { Health } from './health';
import { CommandHelp, HelpSubject } from './help';
import { Holding, LookedInto } from './holding';
import { CommitDetails, HistoryPage, HistoryQuery, MAX_COMMITS } from './history';
import { Copies, CopiesQuery, Inspected, Origin } from './inspect';
import { JobReport } from './job';
import { Lock } from './lock';
import { Messages } from './messages';
import { call, job } from './operation';
import { ContentsPath, ContentsPaths, isName } from './paths';
import { RuleEdit, RulePreview, Rules } from './rules';
import { Procedure, ProcedureName, ProcedureScript, RunnableProcedure } from './procedure';
import { CommitId } from './revision';
import { DatasetSettings, KnownSetting, SettingKey } from './settings';
import { ExtensionName, Setup } from './setup';
import { TrustQuestion } from './trust';
import { ChosenParts, DiscardPlan, KeptDiscard, PartsPlan, UndoAnswer, UndoSaveBy } from './undo';

const inDataset = { dataset: ContentsPath };
const onPaths = { dataset: ContentsPath, paths: ContentsPaths };
/** No program can be handed a NUL. */
const Text = v.pipe(v.string(), v.maxLength(100_000), v.regex(/^[^\0]*$/));
/** A name, path or URL: one line. */
const Word = v.pipe(v.string(), v.minLength(1), v.maxLength(4_096), v.regex(/^[^\0\r\n]*$/));

/** `paths` come into the folder `to` of the dataset; a single one may get another name there. */
const placing = { ...onPaths, to: ContentsPath, name: v.optional(v.pipe(Word, v.check(isName, 'not a name'))) };

/** The short reads. */
export const calls = {
  /** Which tools were found; also wakes the server. */
  health: call({ input: v.object({}), output: Health }),
  /** The rows of one folder; the folder is watched for the streams that are open. */
  rows: call({
    input: v.object({
      folder: ContentsPath,
      /** Wait until the figures of folders and subdatasets are counted, at most ten seconds. */
      complete: v.optional(v.boolean())
    }),
    output: Listing
  }),
  /** What one path is, without listing its folder: for opening a single file. Null when nothing is there. */
  row: call({ input: v.object({ path: ContentsPath }), output: v.nullable(Listing.entries.rows.item) }),
  /** The dataset around a path, or null. Unsaved changes inside subdatasets are as of two seconds ago at most. */
  dataset: call({
    input: v.object({
      path: ContentsPath,
      /** Wait until subdatasets were looked into anew, at most ten seconds. */
      complete: v.optional(v.boolean())
    }),
    output: v.nullable(Summary)
  }),
  /** Annexed content of the whole dataset so far; starts the count, whose progress is told by `changed` events. */
  totals: call({ input: v.object({ ...inDataset, complete: v.optional(v.boolean()) }), output: Totals }),
  /** What a branch that hides files without content leaves out of one folder; the folder itself need not exist on disk. */
  hidden: call({ input: v.object({ folder: ContentsPath }), output: HiddenListing }),
  /** What a get would bring. Follows installed subdatasets when recursive. */
  planGet: call({
    input: v.object({ ...onPaths, recursive: v.optional(v.boolean()) }),
    output: v.object({
      /** Still to come, unique keys. */
      toGet: Amount,
      alreadyHere: Amount,
      /** Where the content is known to be, the place with most files first. */
      sources: v.array(v.object({ name: v.string(), files: v.number() })),
      /** Keys no reachable place is known for. */
      unavailable: v.number(),
      /** Registered subdatasets among or below the paths that are not installed: their size is not known. */
      absentSubdatasets: v.array(ContentsPath),
      /** Bytes free on the file system, less `annex.diskreserve`; null where it cannot be told. */
      free: v.nullable(v.number())
    })
  }),
  /** What a drop would free. */
  planDrop: call({
    input: v.object({ ...onPaths, recursive: v.optional(v.boolean()) }),
    output: v.object({
      /** Content here, unique keys. */
      toDrop: Amount,
      /** Files elsewhere in the dataset with the same content: they become "not here", too. At most 100. */
      shared: v.array(ContentsPath),
      /** Files that a drop will keep, since their content is modified. At most 100. */
      modified: v.array(ContentsPath)
    })
  }),
  /** Where a save would put changed files, and why: for those in view, or in batches. Gone ones and datasets are left out. */
  destinations: call({ input: v.object({ ...inDataset, paths: DestinationPaths }), output: v.array(Destination) }),
  /** What a `.gitattributes` of a dataset says; by default its own. */
  rules: call({ input: v.object({ ...inDataset, file: v.optional(ContentsPath) }), output: Rules }),
  /** Which files the rules of one file are for, as they are, or as they would be after an edit; `show`: list those of one line. */
  rulePreview: call({
    input: v.object({
      ...inDataset,
      file: v.optional(ContentsPath),
      edit: v.optional(RuleEdit),
      show: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)))
    }),
    output: RulePreview
  }),
  /** One look for what is wrong in a dataset, or may once be; they take longer than other reads, and can be given up. */
  checkUp: call({ input: v.object({ ...inDataset, check: Check }), output: CheckUpAnswer, quotes: true }),
  /** Containers registered in a dataset and in the subdatasets that are installed below it. */
  containers: call({ input: v.object(inDataset), output: Containers }),
  /** Ways to set up a new dataset, as they are installed on this machine. */
  procedures: call({ input: v.object({}), output: v.array(Procedure) }),
  /** Procedures that can be run on a dataset, in DataLad's order: also its own and those of its subdatasets. */
  runnable: call({ input: v.object(inDataset), output: v.array(RunnableProcedure) }),
  /** What a procedure would run. */
  procedureScript: call({ input: v.object({ ...inDataset, procedure: ProcedureName }), output: ProcedureScript }),
  /** The messages of the last saves, and what an amended one would replace. */
  messages: call({ input: v.object(inDataset), output: Messages, quotes: true }),
  /** A page of the history of a dataset, of a folder, or of one file. */
  history: call({ input: HistoryQuery, output: HistoryPage, quotes: true }),
  /** One commit with the files it changed against its first parent, or against the one named. */
  commit: call({
    input: v.object({ ...inDataset, commit: CommitId, parent: v.optional(CommitId) }),
    output: CommitDetails,
    quotes: true
  }),
  /** What a list of commits is marked with, and takes longer to tell than the list: those that touch a subdataset. */
  historyMarks: call({
    input: v.object({ ...inDataset, commits: v.pipe(v.array(CommitId), v.minLength(1), v.maxLength(MAX_COMMITS)) }),
    output: v.object({ subdatasets: v.array(CommitId) })
  }),
  /** Where the content of files and folders of one dataset is; what was noted, nobody is asked. */
  copies: call({ input: CopiesQuery, output: Copies }),
  /** One file, folder or subdataset, looked at closely; `quotes`, since keys and addresses may hold passwords. */
  inspect: call({ input: v.object({ ...inDataset, path: ContentsPath }), output: Inspected, quotes: true }),
  /** Where a file comes from: the last commit that changed it, and the last run that made it. */
  origin: call({ input: v.object({ ...inDataset, path: ContentsPath }), output: Origin, quotes: true }),
  /** Branches and tags, what git is in the middle of, and the files that are in conflict. */
  branches: call({ input: v.object(inDataset), output: Branches, quotes: true }),
  /** The commits that nothing would lead to any more without a branch, or, without one, when the one checked out is left. */
  lostCommits: call({
    input: v.object({ ...inDataset, branch: v.optional(RefName) }),
    output: LostCommits,
    quotes: true
  }),
  /** Who commits are made by, and what the hub suggests. */
  identity: call({
    input: v.object({ dataset: v.nullable(ContentsPath) }),
    output: v.object({ name: v.nullable(v.string()), email: v.nullable(v.string()), suggestedName: v.string() })
  }),
  /** Lock files of git in a dataset, where asked for in the subdatasets that are installed below it, too. */
  locks: call({ input: v.object({ ...inDataset, recursive: v.optional(v.boolean()) }), output: v.array(Lock) }),
  /** What the settings of a dataset, of the subdatasets installed below it and of their siblings on this machine could run. */
  trust: call({ input: v.object(inDataset), output: TrustQuestion }),
  /** The files in which two sides of a dataset differ, or of what is below one path; at most {@link MAX_DIFFERENCES}. */
  differences: call({
    input: v.object({ ...inDataset, path: v.optional(ContentsPath), from: AskedSide, to: AskedSide }),
    output: Differences,
    quotes: true
  }),
  /** One file on one side, for display. `most`: bytes of text; `asText`: an image that is text, as SVG is, as such. */
  content: call({
    input: v.object({
      ...inDataset,
      path: ContentsPath,
      side: AskedSide,
      most: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
      asText: v.optional(v.boolean())
    }),
    output: SideContent
  }),
  /** What changed in a text that is too large to be shown as a whole. */
  hunks: call({
    input: v.object({
      ...inDataset,
      path: ContentsPath,
      /** Where it is on the first side, if elsewhere. */
      oldPath: v.optional(ContentsPath),
      from: AskedSide,
      to: AskedSide,
      ignoreSpace: v.optional(v.boolean())
    }),
    output: Hunks
  }),
  /** What is in an archive of a dataset that could be unpacked; fails where it could not, or should not. */
  planUnpack: call({ input: v.object({ ...inDataset, archive: ContentsPath }), output: ArchivePlan }),
  /** What a discard would take back, for each dataset that holds some of the paths. */
  planDiscard: call({ input: v.object(onPaths), output: v.array(DiscardPlan) }),
  /** The parts of one changed text; fails with `not-undoable` where it can only be discarded as a whole. */
  planParts: call({ input: v.object({ ...inDataset, path: ContentsPath }), output: PartsPlan }),
  /** What was discarded in a dataset and is kept, the newest first. */
  discarded: call({ input: v.object(inDataset), output: v.array(KeptDiscard) }),
  /** What an undo of a job would do; without one, of the last that can be undone in a dataset. */
  planUndo: call({ input: v.object({ ...inDataset, job: v.optional(Word) }), output: UndoAnswer, quotes: true }),
  /** What is at or below paths that a plain delete, move or copy would lose or break. */
  holdings: call({ input: v.object({ paths: LookedInto }), output: v.array(Holding) }),
  /** What is set for a dataset: in its own `.datalad/config`, and by git's files. */
  settings: call({ input: v.object(inDataset), output: DatasetSettings }),
  /** The settings that DataLad knows. It is asked once by each server, in no dataset, which takes a second. */
  knownSettings: call({ input: v.object({}), output: v.array(KnownSetting) }),
  /** What a command that our lines name says of itself. It is asked once for each by each server, in no dataset. */
  help: call({ input: v.object({ subject: HelpSubject }), output: CommandHelp }),
  /** With what DataLad works on this machine, and who it works for; `dataset`: whose identity is asked for, too. */
  setup: call({ input: v.object({ dataset: v.nullable(ContentsPath) }), output: Setup }),
  /** A job with its results and output. */
  job: call({ input: v.object({ id: v.string() }), output: JobReport })
};

export const jobs = {
  get: job({
    input: v.object({
      ...onPaths,
      recursive: v.optional(v.boolean()),
      /** Install subdatasets without content. */
      noData: v.optional(v.boolean()),
      /** Name of the sibling to get from. */
      source: v.optional(Word)
    }),
    lane: 'transfer',
    remote: true,
    commits: false
  }),
  drop: job({
    input: v.object({
      ...onPaths,
      recursive: v.optional(v.boolean()),
      what: v.optional(v.picklist(['filecontent', 'allkeys', 'datasets', 'all']))
    }),
    lane: 'commit',
    remote: true,
    commits: false
  }),
  /** Drops last copies: only paths that the drop named by `refused` was refused for, for that reason. */
  dropLastCopies: job({
    input: v.object({ ...onPaths, refused: v.string() }),
    lane: 'commit',
    remote: false,
    commits: false
  }),
  save: job({
    input: v.object({
      dataset: ContentsPath,
      /** Absent: everything. */
      paths: v.optional(ContentsPaths),
      message: Text,
      recursive: v.optional(v.boolean()),
      toGit: v.optional(v.boolean()),
      amend: v.optional(v.boolean()),
      versionTag: v.optional(Word)
    }),
    lane: 'commit',
    remote: false,
    commits: true
  }),
  clone: job({
    input: v.object({
      source: Word,
      path: ContentsPath,
      /** The dataset to register the clone in. */
      asSubdataset: v.optional(ContentsPath)
    }),
    lane: 'commit',
    remote: true,
    commits: false
  }),
  create: job({
    input: v.object({
      path: ContentsPath,
      procedures: v.optional(v.array(Word)),
      description: v.optional(Text),
      asSubdataset: v.optional(ContentsPath),
      /** Make a folder with files in it a dataset; nothing in it is saved. */
      force: v.optional(v.boolean())
    }),
    lane: 'commit',
    remote: false,
    commits: true
  }),
  /** A small dataset that ships with the extension, made below `path`; works without a network. */
  createExample: job({ input: v.object({ path: ContentsPath }), lane: 'none', remote: false, commits: true }),
  /** Writes rules on what goes into Git or the annex into `.gitattributes`, without saving them. */
  addRules: job({
    input: v.object({ ...inDataset, rules: v.pipe(v.array(NewRule), v.minLength(1), v.maxLength(100)) }),
    lane: 'commit',
    remote: false,
    commits: false
  }),
  /** Changes one line of a `.gitattributes`, without saving it; fails where the file is not the one that was shown. */
  editRules: job({
    input: v.object({ ...inDataset, file: ContentsPath, fingerprint: Word, edit: RuleEdit }),
    lane: 'commit',
    remote: false,
    commits: false
  }),
  /** Runs a procedure on a dataset: only the one that was shown, by its `fingerprint`. */
  runProcedure: job({
    input: v.object({ ...inDataset, procedure: ProcedureName, fingerprint: Word }),
    lane: 'commit',
    remote: false,
    commits: true
  }),
  /** Writes what is saved in a dataset into one archive `name.format` in the folder `to`; never over what is there. */
  exportArchive: job({
    input: v.object({
      ...inDataset,
      to: ContentsPath,
      /** Without the ending that says of what kind it is. */
      name: v.pipe(Word, v.check(isName, 'not a name')),
      format: ArchiveFormat,
      missing: v.optional(MissingContent)
    }),
    lane: 'none',
    remote: false,
    commits: false
  }),
  /** Unpacks an annexed archive beside it and saves what was in it; the archive is then a place to get each file from. */
  addArchiveContent: job({
    input: v.object({
      ...inDataset,
      archive: ContentsPath,
      /** Into a folder of the name of the archive. */
      ownFolder: v.optional(v.boolean()),
      /** Without the folders that everything in it lies in. */
      strip: v.optional(v.boolean()),
      /** Write over files that are there. */
      overwrite: v.optional(v.boolean()),
      /** Remove the archive from the folder; the annex keeps its content. */
      remove: v.optional(v.boolean())
    }),
    lane: 'commit',
    remote: false,
    commits: true
  }),
  unlock: job({ input: v.object(onPaths), lane: 'commit', remote: false, commits: false }),
  /** Locks unlocked files again, unless they are modified. */
  lock: job({ input: v.object(onPaths), lane: 'commit', remote: false, commits: false }),
  /** Takes back unsaved changes, staged or not, of files and folders of one dataset, or parts of one text; what they were is kept. */
  discard: job({
    input: v.object({ ...onPaths, parts: v.optional(ChosenParts) }),
    lane: 'commit',
    remote: false,
    commits: false
  }),
  /** Brings back what a discard took. */
  undoDiscard: job({ input: v.object({ ...inDataset, discard: Word }), lane: 'commit', remote: false, commits: false }),
  /** Removes what a discard keeps for good. */
  removeDiscard: job({ input: v.object({ ...inDataset, discard: Word }), lane: 'commit', remote: false, commits: false }),
  /** Takes back a save of this server, while nothing came after it. */
  undoSave: job({ input: v.object({ ...inDataset, job: Word, by: UndoSaveBy }), lane: 'commit', remote: false, commits: false }),
  /** Brings files and folders back as they were in a commit; changes of theirs that are in no commit are never overwritten. */
  restore: job({ input: v.object({ ...onPaths, commit: CommitId }), lane: 'commit', remote: false, commits: false }),
  /** Removes datasets, folders and files as `datalad remove` does, after its checks; what is registered goes in a commit. */
  remove: job({ input: v.object(onPaths), lane: 'commit', remote: true, commits: true }),
  /** Removes what the removal named by `refused` was refused for, and for that reason alone. */
  removeRefused: job({ input: v.object({ ...onPaths, refused: Word }), lane: 'commit', remote: true, commits: true }),
  /** Deletes locked annexed files of the last save from the folder; nothing is saved, and the content stays. */
  deleteFiles: job({ input: v.object(onPaths), lane: 'commit', remote: false, commits: false }),
  /** Moves or renames within one dataset, links and registration included; nothing is saved. */
  move: job({ input: v.object(placing), lane: 'commit', remote: false, commits: false }),
  /** Copies into a folder of the dataset; from other datasets by `datalad copy-file`, which saves. */
  copyFile: job({ input: v.object(placing), lane: 'commit', remote: false, commits: true }),
  /** Drops content that no branch or tag names, by its keys; git-annex looks for enough copies elsewhere. */
  dropOld: job({
    input: v.object({ ...inDataset, keys: v.pipe(v.array(Word), v.minLength(1), v.maxLength(MOST_FOUND)) }),
    lane: 'commit',
    remote: true,
    commits: false
  }),
  /** Removes what broken transfers have left; a get that runs is waited for. */
  clean: job({ input: v.object(inDataset), lane: 'transfer', remote: false, commits: false }),
  /** Compares what is here with what is noted to be here, and mends the notes; content itself is read only where asked for. */
  fsck: job({
    input: v.object({ ...onPaths, recursive: v.optional(v.boolean()), content: v.optional(v.boolean()) }),
    lane: 'commit',
    remote: false,
    commits: false
  }),
  /** Computes the checksum of annexed files that are here and compares it with their keys; nothing is moved or changed. */
  verify: job({
    input: v.object({
      ...onPaths,
      /** Of one file, as it was shown: fails where the file has another key by now. */
      key: v.optional(Text)
    }),
    lane: 'none',
    remote: false,
    commits: false
  }),
  /** Removes a lock that a program left behind: the one that `locks` told of, and only while nobody holds it. */
  removeLock: job({ input: v.object({ ...inDataset, name: Word, id: Word }), lane: 'commit', remote: false, commits: false }),
  /** Deletes what a clone or create that was interrupted has left, and only if there is nothing else in it. */
  removeLeftover: job({ input: v.object({ job: Word }), lane: 'none', remote: false, commits: false }),
  /** Trusts what a `trust` call showed, each by its id; fails with `untrusted` where something else is found by now. */
  trust: job({
    input: v.object({ ...inDataset, items: v.pipe(v.array(v.object({ id: Word, fingerprint: Word })), v.minLength(1)) }),
    lane: 'none',
    remote: false,
    commits: false
  }),
  /** Takes back the trust in a dataset and in its siblings on this machine. */
  untrust: job({ input: v.object(inDataset), lane: 'none', remote: false, commits: false }),
  /** Adds `value` to a setting, puts it in the place of `old`, or removes `old`, or all values; saves nothing. */
  configure: job({
    input: v.object({
      ...inDataset,
      scope: v.picklist(['branch', 'local']),
      key: SettingKey,
      value: v.optional(Text),
      old: v.optional(Text)
    }),
    lane: 'commit',
    remote: false,
    commits: false
  }),
  /** What DataLad knows about itself and this machine: a record for each section, whose `type` is its name and `message` its text. */
  wtf: job({ input: v.object({}), lane: 'none', remote: false, commits: false }),
  /** Has DataLad load an extension by itself, or no longer, by the user's git configuration. */
  setExtension: job({
    input: v.object({ name: ExtensionName, on: v.boolean() }),
    lane: 'none',
    remote: false,
    commits: false
  }),
  /**
   * Checks a branch out. One of a sibling is made here under its own name first. `leave`: the commits that are checked out are on no
   * branch, and may be left.
   */
  switchBranch: job({
    input: v.object({ ...inDataset, branch: RefName, sibling: v.optional(Word), leave: v.optional(v.boolean()) }),
    lane: 'commit',
    remote: false,
    commits: false
  }),
  /** Makes a branch at a commit, by default what is checked out, and checks it out unless told to `stay`. */
  createBranch: job({
    input: v.object({ ...inDataset, branch: RefName, commit: v.optional(CommitId), stay: v.optional(v.boolean()) }),
    lane: 'commit',
    remote: false,
    commits: false
  }),
  renameBranch: job({
    input: v.object({ ...inDataset, branch: RefName, name: RefName }),
    lane: 'commit',
    remote: false,
    commits: false
  }),
  /** Deletes a branch that stands at `commit`; `lose`: also where nothing else leads to its commits. */
  deleteBranch: job({
    input: v.object({ ...inDataset, branch: RefName, commit: CommitId, lose: v.optional(v.boolean()) }),
    lane: 'commit',
    remote: false,
    commits: false
  }),
  /** Merges a branch, tag or commit into what is checked out. */
  mergeBranch: job({ input: v.object({ ...inDataset, branch: RefName }), lane: 'commit', remote: false, commits: true }),
  /** Settles files that are in conflict; `overwrite`: also where they were edited since. */
  resolve: job({
    input: v.object({ ...onPaths, take: Solution, overwrite: v.optional(v.boolean()) }),
    lane: 'commit',
    remote: false,
    commits: false
  }),
  /** Ends what git is in the middle of: does it to its end, or gives it up. */
  conclude: job({
    input: v.object({ ...inDataset, what: Unfinished, how: v.picklist(['continue', 'abort']) }),
    lane: 'commit',
    remote: false,
    commits: true
  }),
  /** Gives a name to a commit, by default what is checked out; with a message the tag tells who gave it when. */
  createTag: job({
    input: v.object({ ...inDataset, tag: RefName, commit: v.optional(CommitId), message: v.optional(Text) }),
    lane: 'commit',
    remote: false,
    commits: false
  }),
  /** Deletes a tag that is this object. */
  deleteTag: job({
    input: v.object({ ...inDataset, tag: RefName, object: CommitId }),
    lane: 'commit',
    remote: false,
    commits: false
  }),
  /** Sets who commits are made by, for this user, or for one dataset. */
  setIdentity: job({
    input: v.object({ name: Word, email: Word, dataset: v.nullable(ContentsPath) }),
    lane: 'none',
    remote: false,
    commits: false
  })
};

export type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallInput<N extends CallName> = v.InferInput<Calls[N]['input']>;
export type CallOutput<N extends CallName> = v.InferOutput<Calls[N]['output']>;

export type Jobs = typeof jobs;
export type JobName = keyof Jobs;
/** Whether an operation is one of the jobs. */
export function isJobName(name: string): name is JobName {
  return Object.hasOwn(jobs, name);
}

export type JobInput<N extends JobName> = v.InferInput<Jobs[N]['input']>;
/** An input that passed its schema: branded paths. */
export type ParsedJobInput<N extends JobName> = v.InferOutput<Jobs[N]['input']>;
export type ParsedCallInput<N extends CallName> = v.InferOutput<Calls[N]['input']>;

/** The header every mutation must carry; a page of another origin cannot send it without a preflight. */
export const GUARD_HEADER = 'X-DataLad-Request';
export const GUARD_VALUE = '1';

/** Path of the server below the Jupyter server's base URL. */
export const SERVER_PATH = 'datalad';
