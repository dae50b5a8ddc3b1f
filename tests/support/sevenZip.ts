import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workspace } from './workspace';

/** Where {@link makeSevenZip} puts it. */
export function toolFolder(workspace: Workspace): string {
  return join(workspace.base, 'tools');
}

/**
 * What DataLad asks of 7z, for machines that have none: `x FILE`, and `x FILE -so` with `x -si -ttar`. It notes that it was started, so
 * that a test can tell that nothing was unpacked.
 */
const PROGRAM = `#!/usr/bin/env python3
import pathlib, sys, tarfile, zipfile, gzip
if len(sys.argv) == 1:
    print('7-Zip [64] 16.02 : Copyright')
    sys.exit()
pathlib.Path(__file__).with_name('started').touch()
if '-si' in sys.argv:
    with tarfile.open(fileobj=sys.stdin.buffer, mode='r|') as archive:
        archive.extractall(filter='data')
elif '-so' in sys.argv:
    sys.stdout.buffer.write(gzip.open(sys.argv[2]).read())
else:
    zipfile.ZipFile(sys.argv[2]).extractall()
`;

/** A stand-in for 7z, in a folder of its own. */
export async function makeSevenZip(workspace: Workspace): Promise<void> {
  await mkdir(toolFolder(workspace), { recursive: true });
  await writeFile(join(toolFolder(workspace), '7z'), PROGRAM);
  await chmod(join(toolFolder(workspace), '7z'), 0o755);
}
