import { homedir, tmpdir } from 'node:os';
import * as v from 'valibot';
import type { Health } from '../../../protocol/health';
import { type Extension, ExtensionName, type Setup } from '../../../protocol/setup';
import { displayName } from '../../bytes';
import { parseEntries } from '../../git/config';
import { run } from '../../process/run';
import { readIdentity } from './identity';

export interface ISetupOptions {
  readonly health: Health;
  readonly env: Record<string, string>;
  /** The Python that has DataLad. */
  readonly python: string;
  /** The dataset whose identity is asked for, too. */
  readonly dataset: string | null;
  readonly signal?: AbortSignal;
}

/** The key that says which extensions DataLad loads by itself; it may stand there once for each. */
export const EXTENSIONS_KEY = 'datalad.extensions.load';

/** Tells the version of Python and the extensions by their metadata; none of them is imported. */
const ASK_PYTHON = `
import importlib.metadata, json, platform, re
found = [{'name': point.name, 'package': re.sub('[-_.]+', '-', point.dist.name).lower(), 'version': point.dist.version}
         for point in importlib.metadata.entry_points(group='datalad.extensions')]
print(json.dumps({'python': platform.python_version(), 'extensions': found}))
`;
const Installed = v.object({
  python: v.nullable(v.string()),
  extensions: v.array(v.object({ name: v.string(), package: v.string(), version: v.string() }))
});

type Reading = Pick<ISetupOptions, 'env' | 'signal'>;

/** With what DataLad works on this machine, without starting it. */
export async function readSetup(options: ISetupOptions): Promise<Setup> {
  const { health, env, dataset, signal } = options;
  const [installed, own, all, forUser, here] = await Promise.all([
    readInstalled(options),
    ownExtensions(options),
    configuredExtensions(['config'], options),
    readIdentity({ folder: null, env, signal }),
    dataset === null ? null : readIdentity({ folder: dataset, env, signal })
  ]);
  return {
    health,
    python: installed.python,
    extensions: join(installed.extensions, own, all),
    identity: {
      user: forUser,
      dataset: here === null || (here.name === forUser.name && here.email === forUser.email) ? null : here
    }
  };
}

/** The extensions that the user's own git configuration names, each as often as it does. */
export function ownExtensions(options: Reading): Promise<string[]> {
  return configuredExtensions(['config', '--global'], options);
}

async function configuredExtensions(args: readonly string[], { env, signal }: Reading): Promise<string[]> {
  const { stdout } = await run('git', [...args, '-z', '--get-regexp', `^${EXTENSIONS_KEY.replaceAll('.', '\\.')}$`], {
    cwd: env['HOME'] ?? homedir(),
    env,
    timeout: 10_000,
    maxOutput: 1024 * 1024,
    signal
  });
  return parseEntries(stdout).map(([, value]) => displayName(value));
}

async function readInstalled({ python, env, signal }: ISetupOptions): Promise<v.InferOutput<typeof Installed>> {
  const { stdout, code } = await run(python, ['-I', '-c', ASK_PYTHON], { cwd: tmpdir(), env, timeout: 20_000, signal });
  return v.parse(Installed, code === 0 ? JSON.parse(stdout.toString('utf8')) : { python: null, extensions: [] });
}

/** What is installed, then what is only configured; `all` holds what `own` does. */
function join(
  installed: v.InferOutput<typeof Installed>['extensions'],
  own: readonly string[],
  all: readonly string[]
): Extension[] {
  const count = (names: readonly string[], wanted: string): number => names.filter(name => name === wanted).length;
  const named = [...new Set(all)].filter(
    name => v.is(ExtensionName, name) && !installed.some(({ name: other }) => other === name)
  );
  return [...installed, ...named.map(name => ({ name, package: null, version: null }))]
    .filter(({ name }) => v.is(ExtensionName, name))
    .map(extension => ({
      ...extension,
      times: count(own, extension.name),
      elsewhere: count(all, extension.name) > count(own, extension.name)
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}
