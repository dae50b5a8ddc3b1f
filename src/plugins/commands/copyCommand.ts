import * as v from 'valibot';
import { asPython, asR, asShell, commandOf } from '../../protocol/command';
import { isJobName, type JobName, jobs, type ParsedJobInput } from '../../protocol/contract';
import { CommandIDs, type IOutcome } from '../../tokens';
import { commonArguments, isExplicit } from './arguments';
import { command, DONE, failed, type ICommand, type RawArguments } from './command';
import type { ICommandContext } from './context';
import { targetsOf } from './targets';

const LANGUAGES = ['shell', 'python', 'r'] as const;
const OPERATIONS = ['get', 'drop', 'save', 'unlock'] as const;
type Operation = (typeof OPERATIONS)[number];

const args = v.object({
  ...commonArguments,
  language: v.optional(v.picklist(LANGUAGES)),
  operation: v.optional(v.pipe(v.picklist(OPERATIONS), v.description('Default: what the selected rows suggest'))),
  job: v.optional(v.pipe(v.string(), v.description('Id of a job, to copy the command it stands for')))
});
type Arguments = v.InferOutput<typeof args>;

/** What `datalad:copy-command` resolves with. */
export interface ICopied extends IOutcome {
  text?: string;
}

/** Copies the DataLad command that an action, or a job, stands for. */
export function copyCommand(context: ICommandContext): ICommand {
  return command({
    id: CommandIDs.copyCommand,
    args,
    label: given => label(context, given),
    isVisible: () => context.selection.rows().length > 0 || context.selection.paths().length === 0,
    execute: given => execute(context, given)
  });
}

function label({ trans }: ICommandContext, { language }: RawArguments): string {
  switch (language) {
    case 'python':
      return trans.__('Copy as Python');
    case 'r':
      return trans.__('Copy as R');
    case 'shell':
      return trans.__('Copy as Shell Command');
    default:
      return trans.__('Copy DataLad Command');
  }
}

async function execute(context: ICommandContext, given: Arguments): Promise<ICopied> {
  const { trans } = context;
  const lines = given.job === undefined ? await linesOfAction(context, given) : linesOfJob(context, given.job, given);
  const text = lines.filter(line => line !== '').join('\n');
  if (text === '') {
    return failed({ kind: 'bad-request', message: trans.__('There is no single command for this.') });
  }
  context.copyText(text);
  return { ...DONE, text };
}

async function linesOfAction(context: ICommandContext, given: Arguments): Promise<string[]> {
  const { trans } = context;
  const operation = given.operation ?? suggested(context, given);
  const targets = await targetsOf(context, given);
  return targets.map(target => {
    const message = operation === 'save' ? { message: trans.__('What changed') } : {};
    return write(operation, v.parse(jobs[operation].input, { ...target, ...message }), given);
  });
}

function linesOfJob({ datalad }: ICommandContext, id: string, given: Arguments): string[] {
  const job = datalad.jobs.jobs.find(candidate => candidate.id === id);
  const name = job?.operation;
  if (job === undefined || name === undefined || !isJobName(name)) {
    return [];
  }
  const parsed = v.safeParse(jobs[name].input, job.input);
  return parsed.success ? [write(name, parsed.output, given)] : [];
}

function write<N extends JobName>(name: N, input: ParsedJobInput<N>, { language }: Arguments): string {
  switch (language) {
    case 'python':
      return asPython(name, input);
    case 'r':
      return asR(name, input);
    default:
      return asShell(commandOf(name, input));
  }
}

/** What one would do with these rows next. */
function suggested({ selection }: ICommandContext, given: Arguments): Operation {
  const rows = isExplicit(given) ? [] : selection.rows();
  if (rows.some(row => row.here === 'no' || row.here === 'partly')) {
    return 'get';
  }
  return rows.some(row => row.change !== undefined) ? 'save' : rows.some(row => row.here === 'yes') ? 'drop' : 'get';
}
