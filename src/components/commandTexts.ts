import * as v from 'valibot';
import { asPython, asR, asShell, commandOf } from '../protocol/command';
import { isJobName, type JobName, jobs, type ParsedJobInput } from '../protocol/contract';
import type { Job } from '../protocol/job';

/** A command in the languages it can be copied in; those without a form are absent. */
export interface ICommandTexts {
  readonly shell: string;
  readonly python?: string;
  readonly r?: string;
}

/** The texts of work that is about to be started. */
export function textsOf<N extends JobName>(name: N, input: ParsedJobInput<N>): ICommandTexts {
  return { shell: asShell(commandOf(name, input)), python: asPython(name, input), r: asR(name, input) };
}

/** The texts of a job; undefined where no single command stands for it. */
export function textsOfJob({ operation, input, command }: Job): ICommandTexts | undefined {
  if (command.length === 0) {
    return undefined;
  }
  const shell = asShell(command);
  if (!isJobName(operation)) {
    return { shell };
  }
  const parsed = v.safeParse(jobs[operation].input, input);
  return parsed.success ? { ...textsOf(operation, parsed.output), shell } : { shell };
}
