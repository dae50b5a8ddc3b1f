import { copyFile, mkdir, realpath, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A line in a file of the image, which is nowhere else. */
export const IN_IMAGE = 'only in the image';
const PROGRAMS = ['sh', 'cat', 'tr', 'true'];

/** A folder for what is made in between, and programs of this machine. */
interface IMaker {
  readonly base: string;
  run(program: string, args: readonly string[]): Promise<string>;
}

/** Writes a small root into a tar, from programs of this machine and what they are linked with; the same bytes each time. */
export async function makeImage(workspace: IMaker, file: string, line = IN_IMAGE): Promise<void> {
  const root = join(workspace.base, `root-of-${Buffer.from(file).toString('hex').slice(-16)}`);
  for (const folder of ['bin', 'dev', 'proc', 'tmp', 'etc']) {
    await mkdir(join(root, folder), { recursive: true });
  }
  await writeFile(join(root, 'etc/made-here'), `${line}\n`);
  for (const program of PROGRAMS) {
    const path = await realpath((await workspace.run('which', [program])).trim());
    await copyFile(path, join(root, 'bin', program));
    const linked = await workspace.run('ldd', [path]);
    for (const [library] of linked.matchAll(/\/[^\s)]+/gu)) {
      await mkdir(join(root, dirname(library)), { recursive: true });
      await copyFile(library, join(root, library));
    }
  }
  const always = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner'];
  await workspace.run('tar', [...always, '-C', root, '-cf', file, '.']);
}

/** Where there are neither user namespaces nor ptrace: the programs of the unpacked image, but no root of its own. */
export const PLAIN = `sh -c 'i=$1; shift; r=$(mktemp -d); trap "rm -rf \\"\\$r\\"" EXIT; tar -xf "$i" -C "$r"; PATH="$r/bin" IMAGE="$r" "$@"' sh {img} {cmd}`;
