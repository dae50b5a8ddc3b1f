import fc from 'fast-check';
import { posix } from 'node:path';
import { FailureError } from '../../../protocol/failure';
import { judgeMembers, leadingFolders, placesOf } from './judge';
import { type IMember, parseMembers } from './members';

const member = (name: string, more: Partial<IMember> = {}): IMember => ({ kind: 'file', bytes: 1, name, target: '', ...more });
const link = (name: string, target: string): IMember => member(name, { kind: 'link', target, bytes: 0 });

/** The kind of failure, or what is in it. */
function judged(...members: IMember[]): unknown {
  try {
    return judgeMembers(members).names;
  } catch (error) {
    return error instanceof FailureError ? error.failure.kind : error;
  }
}

describe('what is in an archive', () => {
  test('is told without what says nothing', () => {
    const members = [
      member('./', { kind: 'folder' }),
      member('./a//b.txt', { bytes: 5 }),
      link('a/c', './b.txt'),
      member('./a//b.txt')
    ];
    expect(judgeMembers(members)).toEqual({ names: ['a/b.txt', 'a/c'], bytes: 6, links: 1, leading: 'a' });
  });

  test.each([
    ['..'],
    ['../a'],
    ['a/../../b'],
    ['/etc/passwd'],
    ['\\\\server\\share'],
    ['a\\..\\..\\b'],
    ['.git/config'],
    ['sub/.Git/hooks/x'],
    ['sub\\.git\\config'],
    ['a\nb'],
    ['caf\udce9'],
    ['']
  ])('is refused for the name %j, of a folder too', name => {
    expect(judged(member('ok'), member(name))).toBe('unsafe-archive');
    if (name !== '') {
      expect(judged(member(name, { kind: 'folder' }))).toBe('unsafe-archive');
    }
  });

  test.each([
    ['a/l', '/etc/passwd'],
    ['l', '..'],
    ['a/l', '../..'],
    ['a/b/l', 'x/../../y'],
    ['l', '']
  ])('is refused for a link from %s to %j', (from, to) => {
    expect(judged(link(from, to))).toBe('unsafe-archive');
  });

  test('is refused behind a link, in whatever order', () => {
    expect(judged(link('a', 'b'), member('a/x'))).toBe('unsafe-archive');
    expect(judged(member('a/x'), link('a', 'b'))).toBe('unsafe-archive');
    expect(judged(member('a/x'), link('a/y', 'x'), link('b', 'a/x'))).toEqual(['a/x', 'a/y', 'b']);
  });

  test('is refused for devices, locked files and hard links that lead out', () => {
    expect(judged(member('x', { kind: 'other' }))).toBe('unsafe-archive');
    expect(judged(member('x', { kind: 'locked' }))).toBe('unsafe-archive');
    expect(judged(member('x', { kind: 'hard-link', target: '../y' }))).toBe('unsafe-archive');
    expect(judged(member('y'), member('x', { kind: 'hard-link', target: 'y' }))).toEqual(['y', 'x']);
  });

  test('stays below the folder it is unpacked into, whatever it is', () => {
    const part = fc.constantFrom('a', 'b', '..', '.', '', '.git', '...', 'ä');
    const path = fc.array(part, { maxLength: 5 }).map(parts => parts.join('/'));
    const members = fc.array(fc.record({ name: path, target: path, kind: fc.constantFrom('file' as const, 'link' as const) }));
    fc.assert(
      fc.property(members, fc.boolean(), fc.boolean(), (list, ownFolder, strip) => {
        const all = list.map(one => ({ ...one, bytes: 1 }));
        if (Array.isArray(judged(...all))) {
          const contents = judgeMembers(all);
          for (const place of placesOf(contents, { folder: 'in', archive: 'x.tar.gz', ownFolder, strip })) {
            expect(posix.normalize(place)).toBe(place);
            expect(place.startsWith(ownFolder ? 'in/x/' : 'in/')).toBe(true);
            expect(place.split('/')).not.toContain('.git');
          }
          for (const { name, target } of all.filter(({ kind }) => kind === 'link')) {
            expect(posix.join('/top/in', posix.dirname(name), target)).toMatch(/^\/top\/in/u);
          }
        }
      })
    );
  });
});

describe('leading folders', () => {
  test.each([
    [['a/b/c', 'a/b/d/e'], 'a/b'],
    [['a/b', 'ab/c'], ''],
    [['a/b/c'], 'a/b'],
    [['a', 'a/b'], ''],
    [[], '']
  ])('of %j are %j', (names, leading) => {
    expect(leadingFolders(names)).toBe(leading);
  });
});

test('a list of members is read as it was printed', () => {
  const text = fc.string({ unit: 'binary' }).filter(value => value.isWellFormed() && !value.includes('\0'));
  const members = fc.array(
    fc.record({
      kind: fc.constantFrom('file' as const, 'folder' as const, 'link' as const, 'other' as const),
      bytes: fc.nat(),
      name: text,
      target: text
    })
  );
  fc.assert(
    fc.property(members, list => {
      const printed = list.map(({ kind, bytes, name, target }) =>
        [kind, bytes, name, target].map(field => `${field}\0`).join('')
      );
      expect(parseMembers(Buffer.from(printed.join('')))).toEqual(list);
    })
  );
});
