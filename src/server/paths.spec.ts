import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { anyPathBytes } from '../../tests/support/properties';
import { FailureError } from '../protocol/failure';
import { type ContentsPath, isContentsPath } from '../protocol/paths';
import { decodePath, encodePath, fsPath } from './bytes';
import { type AbsolutePath, PathBoundary } from './paths';

const LINKS = {
  abs: '/etc',
  up: '..',
  'up-twice': 'a/../..',
  sibling: '../root-other',
  chain: 'abs',
  dangling: '../nowhere',
  'dangling-in': 'a/nowhere',
  loop: 'loop',
  inside: 'a/b',
  'a/back': '../..'
};

/** Whether a text names something below a folder: no empty name, none that means a folder above. */
function isBelow(path: string): boolean {
  return path.split('/').every(name => !['', '.', '..'].includes(name));
}

describe('PathBoundary', () => {
  let base: string;
  let boundary: PathBoundary;

  beforeAll(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'boundary-')));
    mkdirSync(join(base, 'root/a/b'), { recursive: true });
    mkdirSync(join(base, 'root-other'));
    writeFileSync(join(base, 'root/file'), '');
    Object.entries(LINKS).forEach(([name, target]) => symlinkSync(target, join(base, 'root', name)));
    boundary = new PathBoundary(join(base, 'root'));
  });

  afterAll(() => rmSync(base, { recursive: true }));

  it('follows a link to a folder that is to be worked in', () => {
    const inside = (path: string): boolean => {
      try {
        return boundary.resolveFolder(path as ContentsPath) === join(base, 'root', path);
      } catch (error) {
        if (error instanceof FailureError && error.failure.kind === 'outside-root') {
          return false;
        }
        throw error;
      }
    };
    expect(['', 'a/b', 'a/new/folder', 'inside'].filter(path => !inside(path))).toEqual([]);
    expect(['abs', 'up', 'sibling', 'chain', 'dangling', 'loop', 'a/back'].filter(inside)).toEqual([]);
  });

  /** Where the file system really ends up on the way to a path; the last name itself is never followed. */
  function realFolder(path: string): string {
    const folder = dirname(path);
    return existsSync(fsPath(folder)) ? realpathSync(fsPath(folder)).toString() : realFolder(folder);
  }

  const known = fc.constantFrom('a', 'b', 'file', 'new', 'etc', 'passwd', 'root-other', ...Object.keys(LINKS), 'back');
  const odd = fc.oneof(
    fc.constantFrom(
      '..',
      '.',
      '',
      '\0',
      '...',
      '~',
      '-J9',
      '--upload-pack=x',
      ':(glob)**',
      '%2e%2e',
      'a\\..\\b',
      'x'.repeat(300)
    ),
    fc.string({ unit: 'binary', maxLength: 8 })
  );
  const names = fc.array(fc.oneof({ weight: 4, arbitrary: known }, odd), { minLength: 1, maxLength: 7 });
  const text = names.map(list => list.join('/'));
  const asBytes = fc
    .oneof(
      text.map(path => Buffer.from(path)),
      fc.uint8Array({ minLength: 1, maxLength: 20 }).map(bytes => Buffer.from(bytes))
    )
    .map(bytes => `bytes:${bytes.toString('base64url')}`);

  it('lets no path out, however it is written', () => {
    let inside = 0;
    let refused = 0;
    fc.assert(
      fc.property(fc.oneof({ weight: 3, arbitrary: text }, asBytes), path => {
        if (!isContentsPath(path)) {
          refused += 1;
          return;
        }
        let target: string;
        try {
          target = boundary.resolve(path as ContentsPath);
        } catch (error) {
          expect(error).toBeInstanceOf(FailureError);
          refused += 1;
          return;
        }
        inside += 1;
        expect(boundary.contains(target)).toBe(true);
        expect(target === boundary.root || boundary.contains(realFolder(target))).toBe(true);
      })
    );
    // Both happen often, or nothing was tested.
    expect(Math.min(inside, refused)).toBeGreaterThan(1_000);
  });

  it('names what it resolved by the same path', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'new', 'ü', ' x', '\n', '-'), { maxLength: 5 }), list => {
        const path = list.join('/') as ContentsPath;
        expect(boundary.toContents(boundary.resolve(path))).toBe(path);
      })
    );
    const bytes = `bytes:${Buffer.from([0x61, 0x2f, 0xff]).toString('base64url')}` as ContentsPath;
    expect(boundary.toContents(boundary.resolve(bytes))).toBe(bytes);
  });

  it('tells each file on the disk by one path, whatever its bytes, and finds it by that again', () => {
    const wanted = anyPathBytes.map(bytes => decodePath(bytes)).filter(isBelow);
    fc.assert(
      fc.property(wanted, relative => {
        const target = join(boundary.root, relative) as AbsolutePath;
        const wire = boundary.toContents(target);
        return (
          isContentsPath(wire) && boundary.resolve(wire) === target && encodePath(target).equals(Buffer.from(fsPath(target)))
        );
      })
    );
  });

  it('takes a path that only looks like bytes as it stands, and halves of letters not at all', () => {
    expect(boundary.resolve('bytes:a/b' as ContentsPath)).toBe(join(boundary.root, 'bytes:a/b'));
    expect(['\ud800', 'a/\udcff', 'a\udc80b'].filter(isContentsPath)).toEqual([]);
    expect(isContentsPath('😀/\u{10ffff}')).toBe(true);
  });

  it('takes no name for the bytes of another', () => {
    const misleading = join(boundary.root, 'bytes:b3RoZXI') as AbsolutePath;
    expect(boundary.resolve('bytes:b3RoZXI' as ContentsPath)).toBe(join(boundary.root, 'other'));
    expect(boundary.resolve(boundary.toContents(misleading))).toBe(misleading);
  });

  it.each(['abs', 'up', 'sibling', 'dangling', 'loop', 'file'])('works on %s itself, not on what it leads to', name => {
    expect(boundary.resolve(name as ContentsPath)).toBe(join(base, 'root', name));
  });

  it.each(['abs/passwd', 'up/root-other', 'sibling/x', 'chain/passwd', 'dangling/x', 'a/back/../x', 'loop/x', 'a/back/up/x'])(
    'refuses %s',
    path => {
      expect(() => boundary.resolve(path as ContentsPath)).toThrow(FailureError);
    }
  );
});
