import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyJSONObject, ReadonlyPartialJSONObject } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import * as v from 'valibot';
import { type Failure, expectedFailure } from '../../protocol/failure';
import type { IOutcome } from '../../tokens';

/** Arguments as the command registry passes them: menus and the palette add keys of their own. */
export type RawArguments = ReadonlyPartialJSONObject;

export type ArgumentSchema = v.ObjectSchema<v.ObjectEntries, undefined>;

/** One command of this extension, declared in a file of its own. */
export interface ICommandOptions<S extends ArgumentSchema> {
  readonly id: string;
  /** What the command accepts; its JSON Schema is what `describedBy` tells. */
  readonly args: S;
  /** Must not fail: it is asked while menus are drawn, with arguments nobody has checked. */
  label(args: RawArguments): string;
  /** Also the reason why it is disabled, where it is. */
  readonly caption?: string | ((args: RawArguments) => string);
  /** Asked where the selection is meant: a command that is told what to work on is always visible. */
  isVisible?(args: RawArguments): boolean;
  isEnabled?(args: RawArguments): boolean;
  isToggled?(args: RawArguments): boolean;
  /** May reject with a `FailureError`; the caller of the command gets it as an outcome. */
  execute(args: v.InferOutput<S>): Promise<IOutcome>;
}

/** A declared command whose arguments are checked inside. */
export interface ICommand {
  readonly id: string;
  /** JSON Schema of the arguments: loaded by whoever asks, which most sessions never do. */
  describe(): Promise<ReadonlyJSONObject>;
  readonly options: Omit<ICommandOptions<ArgumentSchema>, 'execute' | 'args' | 'id'>;
  /** Resolves with plain JSON; rejects only for bugs. */
  execute(args: RawArguments): Promise<IOutcome>;
}

/** Declares a command; everything else is derived from the declaration. */
export function command<S extends ArgumentSchema>(options: ICommandOptions<S>): ICommand {
  return {
    id: options.id,
    describe: async () => (await import('./argumentSchema')).describeArguments(options.args),
    options,
    execute: async args => {
      const parsed = v.safeParse(options.args, args);
      if (!parsed.success) {
        return failed({ kind: 'bad-request', message: explain(parsed.issues) });
      }
      try {
        return await options.execute(parsed.output);
      } catch (reason) {
        return failed(expectedFailure(reason));
      }
    }
  };
}

/** Adds a command to the application. */
export function register(commands: CommandRegistry, { id, describe, options, execute }: ICommand): IDisposable {
  return commands.addCommand(id, {
    label: args => options.label(args),
    caption: args => (typeof options.caption === 'function' ? options.caption(args) : (options.caption ?? '')),
    isVisible: args => namesTarget(args) || (options.isVisible?.(args) ?? true),
    isEnabled: args => options.isEnabled?.(args) ?? true,
    // Whatever can be asked this is read out as a box to tick.
    ...(options.isToggled === undefined ? {} : { isToggled: args => options.isToggled?.(args) ?? false, isToggleable: true }),
    describedBy: async () => ({ args: await describe() }),
    execute
  });
}

/** Whether somebody says what to work on, whatever is selected in the file browser. */
function namesTarget(args: RawArguments): boolean {
  return ['paths', 'path', 'dataset'].some(name => args[name] !== undefined);
}

/** The outcome of work that failed before any job was started. */
export function failed(failure: Failure): IOutcome {
  return { status: failure.kind === 'cancelled' ? 'cancelled' : 'error', jobs: [], results: [], failure };
}

/** The outcome of a question that was answered with "Cancel". */
export const CANCELLED: IOutcome = { status: 'cancelled', jobs: [], results: [] };

/** The outcome of work that needed no job. */
export const DONE: IOutcome = { status: 'ok', jobs: [], results: [] };

/** One outcome of several: as bad as the worst of them. */
export function combine(outcomes: readonly IOutcome[]): IOutcome {
  const worst = (['error', 'cancelled'] as const).find(status => outcomes.some(outcome => outcome.status === status));
  const failure = outcomes.find(outcome => outcome.failure !== undefined)?.failure;
  return {
    status: worst ?? 'ok',
    jobs: outcomes.flatMap(outcome => outcome.jobs),
    results: outcomes.flatMap(outcome => outcome.results),
    ...(failure === undefined ? {} : { failure })
  };
}

function explain(issues: readonly v.BaseIssue<unknown>[]): string {
  return issues.map(issue => [v.getDotPath(issue), issue.message].filter(Boolean).join(': ')).join('; ');
}
