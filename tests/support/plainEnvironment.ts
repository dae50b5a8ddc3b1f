import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { run } from '../../src/server/process/run';
import type { Workspace } from './workspace';

/**
 * The environment of somebody who has DataLad, Jupyter and the kernels, but not this extension: another Python that has the same
 * packages, but for what is installed from a source tree. Resolves with its variables.
 */
export async function plainEnvironment(workspace: Workspace): Promise<Record<string, string>> {
  const folder = join(workspace.base, 'plain');
  const [first = ''] = (workspace.env['PATH'] ?? '').split(delimiter);
  await workspace.run('python', ['-m', 'venv', '--without-pip', folder]);
  const packages = (await workspace.run('python', ['-c', 'import sysconfig; print(sysconfig.get_path("purelib"))'])).trim();
  const bin = join(folder, 'bin');
  const python = join(bin, 'python');
  for (const name of await readdir(first)) {
    const text = await readFile(join(first, name)).catch(() => null);
    // Scripts name the Python that they were made for.
    if (text?.subarray(0, 2).toString() === '#!' && !existsSync(join(bin, name))) {
      const line = text.indexOf('\n');
      const own = text.subarray(0, line).toString().includes('python') ? Buffer.from(`#!${python}`) : text.subarray(0, line);
      await writeFile(join(bin, name), Buffer.concat([own, text.subarray(line)]));
      await chmod(join(bin, name), 0o755);
    }
  }
  // Not a folder of packages to it: links to source trees in there are passed over.
  const rest = (workspace.env['PATH'] ?? '').split(delimiter).filter(entry => entry !== first);
  return { ...workspace.env, PATH: [bin, ...rest].join(delimiter), PYTHONPATH: packages };
}

/** A kernel for bash, for who has this workspace's home. */
export async function installBashKernel(workspace: Workspace): Promise<void> {
  const folder = join(workspace.home, '.local/share/jupyter/kernels/bash');
  const argv = ['python', '-m', 'bash_kernel', '-f', '{connection_file}'];
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'kernel.json'), JSON.stringify({ argv, display_name: 'Bash', language: 'bash' }));
}

/** Runs a program there, and resolves with what it printed; fails where it does. */
export async function runPlainly(
  env: Record<string, string>,
  argv: readonly [string, ...string[]],
  cwd: string
): Promise<string> {
  const [program, ...args] = argv;
  const { stdout, stderr, code } = await run(program, args, { cwd, env, timeout: 120_000 });
  if (code !== 0) {
    throw new Error(`${argv.join(' ')} in ${dirname(cwd)} ended with ${code}\n${stderr}\n${stdout.toString()}`);
  }
  return stdout.toString();
}
