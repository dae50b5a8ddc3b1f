import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { FailureError } from '../../../protocol/failure';
import type { Health, Tool } from '../../../protocol/health';
import { run } from '../../process/run';
import { isAtLeast } from './version';

/** The oldest versions that will do. */
const REQUIRED: Readonly<Record<Tool['name'], string>> = {
  git: '2.31',
  'git-annex': '10.20230626',
  datalad: '1.1',
  'datalad-next': '1.5',
  'datalad-container': '1.2.5',
  'datalad-osf': '0.3'
};

const PYTHON_PACKAGES = ['datalad', 'datalad-next', 'datalad-container', 'datalad-osf'] as const;

/** Prints the versions in the order of the arguments, null for what is not installed; imports none of them. */
const ASK_PYTHON = [
  'import importlib.metadata as m, json, sys',
  'def version(name):',
  '    try: return m.version(name)',
  '    except m.PackageNotFoundError: return None',
  'print(json.dumps([version(name) for name in sys.argv[1:]]))'
].join('\n');

export interface IToolboxOptions {
  readonly env: Record<string, string>;
  /** The Python that has DataLad. */
  readonly python: string;
}

/** Finds the tools and their versions. It asks again only after something was installed or removed. */
export class Toolbox {
  private known: { state: string; tools: Promise<Tool[]> } | undefined;

  constructor(private readonly options: IToolboxOptions) {}

  async tools(): Promise<Health['tools']> {
    const state = await this.stateOfPath();
    if (this.known?.state !== state) {
      const tools = this.look();
      this.known = { state, tools };
      // A look that failed must not be remembered.
      tools.catch(() => (this.known = undefined));
    }
    return this.known.tools;
  }

  /** Changes whenever a program is put into a folder on PATH or taken away. */
  private async stateOfPath(): Promise<string> {
    const folders = (this.options.env['PATH'] ?? '').split(':');
    const times = folders.map(folder =>
      stat(folder).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0
      )
    );
    return (await Promise.all(times)).join();
  }

  private async look(): Promise<Tool[]> {
    const [git, annex, packages] = await Promise.all([
      this.output('git', ['version']),
      this.output('git-annex', ['version', '--raw']),
      this.packages()
    ]);
    return [
      toolOf('git', git && (/\d[\w.]*/.exec(git)?.[0] ?? null)),
      // Without the hash of the build.
      toolOf('git-annex', annex && (annex.split('-')[0] ?? null)),
      ...PYTHON_PACKAGES.map((name, place) => toolOf(name, packages[place] ?? null))
    ];
  }

  private async packages(): Promise<(string | null)[]> {
    const output = await this.output(this.options.python, ['-I', '-c', ASK_PYTHON, ...PYTHON_PACKAGES]);
    const versions: unknown = output === null ? [] : JSON.parse(output);
    return Array.isArray(versions) ? versions.map(version => (typeof version === 'string' ? version : null)) : [];
  }

  /** What a program prints; null when it is missing or fails: a tool that cannot tell its version cannot be used. */
  private async output(program: string, args: readonly string[]): Promise<string | null> {
    try {
      const { stdout, code } = await run(program, args, { cwd: tmpdir(), env: this.options.env, timeout: 20_000 });
      return code === 0 ? stdout.toString('utf8').trim() : null;
    } catch (error) {
      if (error instanceof FailureError && error.failure.kind === 'tool-missing') {
        return null;
      }
      throw error;
    }
  }
}

function toolOf(name: Tool['name'], version: string | null): Tool {
  const required = REQUIRED[name];
  const status = version === null ? 'missing' : isAtLeast(version, required) ? 'ok' : 'too-old';
  return { name, version, required, status };
}
