import { CALL_PRESETS } from '../../src/protocol/callPresets';
import type { RuntimeName } from '../../src/protocol/runtime';
import { readRuntimes } from '../../src/server/operations/calls/runtimes';
import { Redactor } from '../../src/server/redact';
import { PLAIN } from './containerImage';
import type { Workspace } from './workspace';

/** How a command gets into such an image here, and by what. */
export interface IContainerRuntime {
  readonly name: RuntimeName | 'none';
  readonly callFormat: string;
}

/**
 * The first of bubblewrap and proot that works for this user; machines that forbid user namespaces have only proot, and some neither: then the
 * image is unpacked and its programs are run without a root of their own, which is said aloud.
 */
export async function findRuntime(workspace: Workspace): Promise<IContainerRuntime> {
  const runtimes = await readRuntimes({ env: workspace.env, redactor: new Redactor() });
  for (const name of ['bubblewrap', 'proot'] as const) {
    const preset = CALL_PRESETS.find(({ runtime }) => runtime === name);
    if (preset !== undefined && runtimes.some(each => each.name === name && each.start === 'works')) {
      return { name, callFormat: preset.format([]) };
    }
  }
  const why = runtimes.map(({ name, said = 'not found' }) => `${name}: ${said}`).join('\n');
  process.stderr.write(
    `Containers are tested without a root of their own, since neither bubblewrap nor proot works here.\n${why}\n`
  );
  return { name: 'none', callFormat: PLAIN };
}
