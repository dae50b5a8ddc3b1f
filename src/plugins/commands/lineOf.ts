import * as v from 'valibot';
import { asShell, commandOf } from '../../protocol/command';
import { type JobInput, type JobName, jobs, type ParsedJobInput } from '../../protocol/contract';

/** The command that a job would stand for, as one would type it; empty while its input does not fit. */
export function lineOf<N extends JobName>(name: N, input: JobInput<N>): string {
  const parsed = v.safeParse(jobs[name].input, input);
  return parsed.success ? asShell(commandOf(name, parsed.output as ParsedJobInput<N>)) : '';
}
