import type { JobName } from '../../protocol/contract';
import type { IOutcome } from '../../tokens';
import type { ICommand, RawArguments } from './command';
import { FakeContext } from './context.fixtures';
import type { IWorld } from './worldState.fixtures';
import { allCommands } from './index';

/** A world and its commands. */
export function given(world: IWorld): {
  context: FakeContext;
  run(id: string, args?: RawArguments): Promise<IOutcome>;
  command(id: string): ICommand;
} {
  const context = new FakeContext(world);
  const commands = allCommands(context);
  const command = (id: string) => {
    const found = commands.find(candidate => candidate.id === id);
    if (found === undefined) {
      throw new Error(`no command ${id}`);
    }
    return found;
  };
  return { context, command, run: (id, args = {}) => command(id).execute(args) };
}

/** The jobs that were started, with their inputs. */
export const started = (context: FakeContext): [JobName, unknown][] => context.started.map(({ name, input }) => [name, input]);
