import { lstatSync, readFileSync, statSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fsPath } from '../../src/server/bytes';
import { parseIndex } from '../../src/server/git/entry';
import { parseIndexFile } from '../../src/server/git/index/parseIndexFile';
import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(120_000);

const NAMES = [
  'a',
  'a b/c',
  'a-b',
  'a/b/c/d.txt',
  'a/b/e',
  'a0',
  'tab\tand\nline',
  'é/ö',
  '-dash',
  'x'.repeat(250),
  `${`${'d'.repeat(200)}/`.repeat(15)}${'long'.repeat(40)}`,
  `${`${'d'.repeat(200)}/`.repeat(15)}${'long'.repeat(40)}2`
];

describe('the index file', () => {
  let workspace: Workspace;
  beforeAll(async () => (workspace = await makeWorkspace()));
  afterAll(() => workspace.dispose());

  it.each([
    ['sha1', 2],
    ['sha1', 3],
    ['sha1', 4],
    ['sha256', 4]
  ] as const)('holds what git lists, in %s and version %d', async (format, version) => {
    const root = workspace.path(`${format}-${version}`);
    await workspace.git(['init', '-q', `--object-format=${format}`, root]);
    for (const name of NAMES.slice(1)) {
      await mkdir(dirname(join(root, name)), { recursive: true });
      await (name.length % 2 === 0 ? symlink(`to ${name.slice(0, 9)}`, join(root, name)) : writeFile(join(root, name), name));
    }
    await workspace.git(['update-index', `--index-version=${version === 3 ? 2 : version}`], root);
    await workspace.git(['add', '.'], root);
    await workspace.git(['commit', '-q', '-m', 'x'], root);
    if (version === 3) {
      await writeFile(join(root, 'meant'), 'x');
      await workspace.git(['add', '-N', 'meant'], root);
    }
    const bytes = readFileSync(join(root, '.git/index'));
    const index = parseIndexFile(bytes, format === 'sha1' ? 20 : 32);
    expect(bytes.readUInt32BE(4)).toBe(version);
    const listed = parseIndex(Buffer.from(await workspace.git(['ls-files', '-s', '-z'], root)));
    expect(Array.from({ length: index!.count }, (_, at) => index!.path(at))).toEqual(listed.map(({ path }) => path));
    listed.forEach(({ mode, oid, path }, at) => {
      expect([index!.mode(at), index!.oid(at), index!.stage(at)]).toEqual([mode, oid, 0]);
      expect(index!.matches(at, lstatSync(fsPath(join(root, path))), Infinity)).toBe(path !== 'meant');
      expect(index!.isPlain(at)).toBe(path !== 'meant');
    });
    for (const folder of ['', 'a', 'a/b', 'a b', 'é', 'none']) {
      const below = listed.filter(({ path }) => folder === '' || path.startsWith(`${folder}/`));
      const [start, end] = index!.range(folder);
      expect(end - start).toBe(below.length);
      const names = [...new Set(below.map(({ path }) => path.slice(folder === '' ? 0 : folder.length + 1).split('/')[0]))];
      expect([...index!.children(folder)].map(({ name }) => name)).toEqual(names);
      names.forEach(name => expect(index!.child(folder, name!)?.name).toBe(name));
    }
    if (version !== 3) {
      expect(index!.treeOf('')).toBe((await workspace.git(['rev-parse', 'HEAD^{tree}'], root)).trim());
      expect(index!.treeOf('a/b')).toBe((await workspace.git(['rev-parse', 'HEAD:a/b'], root)).trim());
    }
    expect(statSync(join(root, '.git/index')).size).toBe(bytes.length);
  });

  it.each(['sha1', 'sha256'])('has the ids of the trees that git would make, in %s', async format => {
    const root = workspace.path(`trees-${format}`);
    await workspace.git(['init', '-q', `--object-format=${format}`, root]);
    const write = async (name: string, content: string): Promise<void> => {
      await mkdir(dirname(join(root, name)), { recursive: true });
      await (name.length % 2 === 0 ? symlink(content, join(root, name)) : writeFile(join(root, name), content));
    };
    for (const name of NAMES) {
      await write(`top/${name.startsWith('a/') || name === 'a' ? `${name}.x` : name}`, name.slice(0, 9));
    }
    await workspace.git(['init', '-q', `--object-format=${format}`, join(root, 'top/sub')]);
    await workspace.git(['commit', '-q', '--allow-empty', '-m', 'x'], join(root, 'top/sub'));
    await workspace.git(['-c', 'advice.addEmbeddedRepo=false', 'add', '.'], root);
    const read = (): NonNullable<ReturnType<typeof parseIndexFile>> =>
      parseIndexFile(readFileSync(join(root, '.git/index')), format === 'sha1' ? 20 : 32)!;
    const folders = ['', 'top', 'top/a', 'top/a/b', 'top/a b', 'top/é'];
    // Nothing was committed: git has made none of them so far.
    const made = folders.map(folder => read().treeOf(folder));
    const ofGit: string[] = [];
    for (const folder of folders) {
      ofGit.push((await workspace.git(['write-tree', ...(folder === '' ? [] : [`--prefix=${folder}/`])], root)).trim());
    }
    expect(made).toEqual(ofGit);
    await write('top/a/b/more', 'more');
    await workspace.git(['add', 'top/a/b/more'], root);
    expect([read().treeOf('top/é'), read().treeOf('top')]).toEqual([
      ofGit[5],
      (await workspace.git(['write-tree', '--prefix=top/'], root)).trim()
    ]);
    await writeFile(join(root, 'meant'), 'x');
    await workspace.git(['add', '-N', 'meant'], root);
    expect(read().treeOf('')).toBeUndefined();
    expect(read().treeOf('none')).toBeUndefined();
  });

  it('is left to git when it is cut off, split or sparse', async () => {
    const root = workspace.path('split');
    await workspace.git(['init', '-q', root]);
    await writeFile(join(root, 'file'), 'x');
    await workspace.git(['add', '.'], root);
    const whole = readFileSync(join(root, '.git/index'));
    for (let length = 0; length < whole.length; length += 7) {
      expect(parseIndexFile(whole.subarray(0, length), 20)?.count ?? 0).toBeLessThanOrEqual(1);
    }
    await workspace.git(['update-index', '--split-index'], root);
    expect(parseIndexFile(readFileSync(join(root, '.git/index')), 20)).toBeNull();
  });
});
