import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { GitReader } from '../../src/server/git/reader';
import type { LooseObjects } from '../../src/server/git/looseObjects';
import { objectSizes, readBlobs } from '../../src/server/git/objects';
import { splitZero } from '../../src/server/git/split';
import { changedPaths } from '../../src/server/git/treeDiff';
import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(120_000);

const PATHS = ['a', 'a/b', 'a/b/c', 'a-b', 'a.b/c', 'a0', 'b/1', 'b/2', 'é/ö', 'tab\tand\nline', '-dash'];

describe('objects in files of their own', () => {
  let workspace: Workspace;
  beforeAll(async () => (workspace = await makeWorkspace()));
  afterAll(() => workspace.dispose());

  async function repository(name: string, format = 'sha1'): Promise<{ root: string; git: GitReader; loose: LooseObjects }> {
    const root = workspace.path(name);
    await workspace.git(['init', '-q', `--object-format=${format}`, root]);
    const git = new GitReader(root, workspace.env, join(root, '.git'));
    return { root, git, loose: git.loose };
  }

  async function commit(root: string, files: readonly string[], content: string): Promise<string> {
    for (const name of await readdir(root)) {
      await (name === '.git' ? undefined : rm(join(root, name), { recursive: true }));
    }
    for (const path of files) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    }
    await workspace.git(['add', '-A'], root);
    await workspace.git(['commit', '-q', '--allow-empty', '-m', 'x'], root);
    return (await workspace.git(['rev-parse', 'HEAD'], root)).trim();
  }

  /** Without those that would have a file for a folder. */
  const someFiles = fc.subarray(PATHS).map(paths => paths.filter(path => !paths.some(other => path.startsWith(`${other}/`))));

  it.each(['sha1', 'sha256'])('tell what git would of two commits, in %s', async format => {
    const { root, git, loose } = await repository(`diff-${format}`, format);
    let before = await commit(root, [], '');
    await fc.assert(
      fc.asyncProperty(someFiles, fc.constantFrom('1', '2'), async (files, content) => {
        const after = await commit(root, files, content);
        const output = await workspace.git(['diff-tree', '-r', '-z', '--name-only', '--no-renames', before, after], root);
        // Not by git: it would be asked if anything were missing.
        const start = jest.spyOn(git, 'readOr');
        expect((await changedPaths(git, before, after))?.sort()).toEqual(splitZero(Buffer.from(output)).sort());
        expect(start).not.toHaveBeenCalled();
        start.mockRestore();
        for (const folder of ['', 'a', 'a/b', 'é', 'none', '-dash']) {
          const tree = await workspace.git(['rev-parse', '-q', '--verify', `${after}:${folder}`], root).catch(() => '');
          const isFolder = tree !== '' && (await workspace.git(['cat-file', '-t', tree.trim()], root)).trim() === 'tree';
          expect(await loose.treeOf(after, folder)).toBe(isFolder ? tree.trim() : null);
        }
        before = after;
      }),
      { numRuns: 8, endOnFailure: true }
    );
  });

  it('are left to git where they are packed, replaced, damaged or no files', async () => {
    const { root, git, loose } = await repository('left');
    const first = await commit(root, ['a', 'b/1'], 'first');
    const second = await commit(root, ['a', 'b/1'], 'second');
    const idOf = async (name: string): Promise<string> => (await workspace.git(['rev-parse', name], root)).trim();
    const fileOf = (oid: string): string => join(root, '.git/objects', oid.slice(0, 2), oid.slice(2));
    const [blob, other] = [await idOf(`${first}:a`), await idOf(`${second}:a`)];
    expect(await loose.read(blob)).toEqual({ type: 'blob', content: Buffer.from('first') });
    expect(await objectSizes(git, [blob, first])).toEqual(new Map([[blob, 5]]));

    await workspace.git(['replace', blob, other], root);
    expect(await loose.read(blob)).toBeNull();
    expect((await readBlobs(git, [blob])).get(blob)?.toString()).toBe('second');
    await workspace.git(['pack-refs', '--all'], root);
    expect(await loose.read(blob)).toBeNull();
    await workspace.git(['replace', '-d', blob], root);
    expect((await loose.read(blob))?.content.toString()).toBe('first');

    await workspace.run('cp', ['-f', fileOf(other), fileOf(blob)], root);
    expect(await loose.read(blob)).toBeNull();
    await rm(fileOf(blob));
    await workspace.run('mkfifo', [fileOf(blob)], root);
    expect(await loose.read(blob)).toBeNull();
    await rm(fileOf(blob));
    await writeFile(join(root, 'a'), 'first');
    await workspace.git(['hash-object', '-w', 'a'], root);
    expect((await loose.read(blob))?.content.toString()).toBe('first');

    await workspace.git(['repack', '-adq'], root);
    expect(await loose.read(blob)).toBeNull();
    expect((await readBlobs(git, [blob])).get(blob)?.toString()).toBe('first');
    expect(await changedPaths(git, first, second)).toEqual(['a', 'b/1']);
  });
});
