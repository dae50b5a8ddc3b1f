import fc from 'fast-check';
import { anyPathBytes, same } from '../../../tests/support/properties';
import { readCacheTree } from './index/cacheTree';
import { parseIndexFile } from './index/parseIndexFile';
import { parseIds, parseSizes } from './objects';
import { findPacked } from './refFile';
import { parseRefs } from './refs';

/** Like `anyOutput.spec.ts`, for what git lists line by line, and for its index file. */

const hex = fc.constantFrom(...'0123456789abcdef');
const oid = fc.tuple(hex, hex).map(([one, other]) => (one + other).repeat(20));
/** What git allows in the name of a ref, as far as it may be taken for something else. */
const refName = fc
  .array(fc.constantFrom('a', 'B', '-', '.x', 'é', '"', '(', ')', '/b', '😀', '#', "'", '%'), { minLength: 1, maxLength: 6 })
  .map(parts => `refs/heads/x${parts.join('')}`);
const refs = fc.uniqueArray(fc.record({ ref: refName, oid }), { maxLength: 5, selector: ({ ref }) => ref });

describe('what git lists line by line is what is read', () => {
  it('of refs: for-each-ref', () => {
    fc.assert(
      fc.property(refs, list => {
        const printed = list.map(item => `${item.oid} ${item.ref}`).join('\n');
        same(
          [...parseRefs(printed)],
          list.map(item => [item.ref, item.oid])
        );
      })
    );
  });

  it('of refs: packed-refs, with those that tags lead to', () => {
    fc.assert(
      fc.property(refs, fc.boolean(), refName, (list, peeled, other) => {
        const lines = list.map(item => `${item.oid} ${item.ref}\n${peeled ? `^${'0'.repeat(40)}\n` : ''}`);
        const packed = Buffer.from(`# pack-refs with: peeled fully-peeled sorted \n${lines.join('')}`);
        list.forEach(item => same(findPacked(packed, item.ref), item.oid));
        const isThere = list.some(({ ref }) => ref === other);
        same(findPacked(packed, other) === null, !isThere);
      })
    );
  });

  it('of objects: cat-file --batch-check, one answer for each that was asked for', () => {
    const asked = fc.record({
      oid,
      type: fc.constantFrom('blob', 'tree', 'commit', 'missing'),
      size: fc.nat(),
      name: fc.string({ unit: fc.constantFrom(':', ' ', 'a', 'blob', '7', 'missing'), minLength: 1, maxLength: 8 })
    });
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 6 }), list => {
        const lines = list.map(item =>
          item.type === 'missing' ? `${item.name} missing\n` : `${item.oid} ${item.type} ${item.size}\n`
        );
        const printed = Buffer.from(lines.join(''));
        same(
          parseIds(printed),
          list.map(item => (item.type === 'missing' ? null : item.oid))
        );
        const blobs = list.filter(({ type }) => type === 'blob').map(item => [item.oid, item.size] as const);
        same([...parseSizes(printed)], [...new Map(blobs)]);
      })
    );
  });
});

/** An index of version 2 as git writes it, without its checksum, which is looked at elsewhere. */
function writeIndex(paths: readonly Buffer[], extensions: readonly Buffer[] = []): Buffer {
  const head = Buffer.alloc(12);
  head.write('DIRC', 'latin1');
  head.writeUInt32BE(2, 4);
  head.writeUInt32BE(paths.length, 8);
  const entries = paths.map((path, at) => {
    const entry = Buffer.alloc((62 + path.length + 8) & ~7);
    entry.writeUInt32BE(0o100644, 24);
    entry.fill(at % 256, 40, 60);
    entry.writeUInt16BE(Math.min(path.length, 0xfff), 60);
    path.copy(entry, 62);
    return entry;
  });
  return Buffer.concat([head, ...entries, ...extensions, Buffer.alloc(20)]);
}

/** The same in version 4, in which each path stands as what differs from the one before. */
function writeShortened(paths: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(12);
  head.write('DIRC', 'latin1');
  head.writeUInt32BE(4, 4);
  head.writeUInt32BE(paths.length, 8);
  const entries = paths.map((path, at) => {
    const before = paths[at - 1] ?? Buffer.alloc(0);
    let same = 0;
    while (same < Math.min(before.length, path.length - 1) && before[same] === path[same]) {
      same += 1;
    }
    const entry = Buffer.alloc(62);
    entry.writeUInt32BE(0o100644, 24);
    entry.fill(at % 256, 40, 60);
    // Shorter than 128, so that one byte says it.
    return Buffer.concat([entry, Buffer.from([before.length - same]), path.subarray(same), Buffer.from([0])]);
  });
  return Buffer.concat([head, ...entries, Buffer.alloc(20)]);
}

const sortedPaths = fc
  .uniqueArray(anyPathBytes, { maxLength: 6, selector: path => path.toString('hex') })
  .map(paths => paths.sort(Buffer.compare));

describe('an index file', () => {
  it('of each version names its paths', () => {
    fc.assert(
      fc.property(sortedPaths, paths => {
        for (const bytes of [writeIndex(paths), writeShortened(paths)]) {
          const index = parseIndexFile(bytes, 20);
          const names = Array.from({ length: index?.count ?? 0 }, (_, at) => index?.pathBytes(at).toString('hex'));
          same(
            names,
            paths.map(path => path.toString('hex'))
          );
        }
      })
    );
  });

  it('that is damaged anywhere is read or refused, and nothing else happens', () => {
    const damage = fc.record({ at: fc.nat({ max: 600 }), byte: fc.nat({ max: 255 }), cut: fc.nat({ max: 600 }) });
    const tree = Buffer.concat([Buffer.from('TREE\0\0\0\x1b'), Buffer.from('\x001 0\n'), Buffer.alloc(22)]);
    let [read, refused] = [0, 0];
    fc.assert(
      fc.property(sortedPaths, fc.array(damage, { maxLength: 3 }), fc.boolean(), (paths, damages, shortened) => {
        const bytes = shortened ? writeShortened(paths) : writeIndex(paths, [tree]);
        damages.forEach(({ at, byte }) => (bytes[at % bytes.length] = byte));
        const index = parseIndexFile(bytes.subarray(0, bytes.length - ((damages[0]?.cut ?? 0) % 40)), 20);
        read += index === null ? 0 : 1;
        refused += index === null ? 1 : 0;
        for (let at = 0; at < (index?.count ?? 0); at += 1) {
          index?.pathBytes(at);
          index?.oid(at);
        }
        [...(index?.children('') ?? [])].forEach(({ name }) => index?.child('', name));
      })
    );
    expect(Math.min(read, refused)).toBeGreaterThan(0);
  });

  it('whose paths grow without end is refused', () => {
    const paths = Array.from({ length: 60 }, (_, at) => Buffer.from('a'.repeat(100 * (at + 1))));
    expect(parseIndexFile(writeShortened(paths), 20)).toBeNull();
  });

  it('with trees below trees below trees does not break its reader', () => {
    expect(readCacheTree(Buffer.from('\0-1 1\n'.repeat(200_000)), 20).size).toBe(0);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('\0', '-1 ', '1 ', '0\n', '2\n', 'a', '9'.repeat(30), ' ', 'x'.repeat(20)), { maxLength: 30 }),
        parts => {
          readCacheTree(Buffer.from(parts.join('')), 20);
        }
      )
    );
  });
});
