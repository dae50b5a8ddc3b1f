import type * as v from 'valibot';
import { branchesCalls, branchesJobs } from './contract/branches';
import { changesCalls, changesJobs } from './contract/changes';
import { containersCalls, containersJobs } from './contract/containers';
import { contentCalls, contentJobs } from './contract/content';
import { filesCalls, filesJobs } from './contract/files';
import { historyCalls, historyJobs } from './contract/history';
import { makingCalls, makingJobs } from './contract/making';
import { notebooksCalls, notebooksJobs } from './contract/notebooks';
import { rulesCalls, rulesJobs } from './contract/rules';
import { runningCalls, runningJobs } from './contract/running';
import { setupCalls, setupJobs } from './contract/setup';
import { sourcesCalls, sourcesJobs } from './contract/sources';
import { upkeepCalls, upkeepJobs } from './contract/upkeep';
import { viewCalls } from './contract/view';

/** The short reads. */
export const calls = {
  ...viewCalls,
  ...contentCalls,
  ...changesCalls,
  ...rulesCalls,
  ...historyCalls,
  ...branchesCalls,
  ...filesCalls,
  ...makingCalls,
  ...sourcesCalls,
  ...runningCalls,
  ...containersCalls,
  ...notebooksCalls,
  ...upkeepCalls,
  ...setupCalls
};

/** Work that lasts. */
export const jobs = {
  ...contentJobs,
  ...changesJobs,
  ...rulesJobs,
  ...historyJobs,
  ...branchesJobs,
  ...filesJobs,
  ...makingJobs,
  ...sourcesJobs,
  ...runningJobs,
  ...containersJobs,
  ...notebooksJobs,
  ...upkeepJobs,
  ...setupJobs
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
