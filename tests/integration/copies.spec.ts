import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { IPlace } from '../../src/server/annex/places';
import { readKeyCopies } from '../../src/server/dataset/copies/keyCopies';
import { Repository } from '../../src/server/dataset/repository';
import type { AbsolutePath } from '../../src/server/paths';
import { useReading } from '../support/place';

/** One place as `git annex whereis --json` tells it. */
interface ITold {
  uuid: string;
  description: string;
  here: boolean;
}

const NAMES = ['a.dat', 'b.dat', 'c.dat', 'd.dat', 'same.dat', 'e%&_f.dat'];

describe('copies', () => {
  const place = useReading();
  let ds: string;

  const annex = (args: string[], cwd = ds): Promise<string> => place.workspace.annex(args, cwd);
  const keyOf = async (name: string): Promise<string> => (await annex(['lookupkey', name])).trim();
  const open = (root: string): Promise<Repository> => Repository.open(root as AbsolutePath, place.workspace.env);

  /** A repository with the content of all files, and with each kind of place that git-annex knows. */
  beforeAll(async () => {
    const { workspace } = place;
    const content = (name: string): string => (name === 'same.dat' ? 'content of a.dat' : `content of ${name}`);
    ds = await workspace.dataset({ annexed: Object.fromEntries(NAMES.map(name => [name, content(name)])) });
    const special = async (name: string, ...settings: string[]): Promise<void> => {
      await mkdir(join(workspace.base, name));
      const type = ['type=directory', `directory=${join(workspace.base, name)}`, 'encryption=none'];
      await annex(['initremote', '-q', name, ...type, ...settings]);
    };
    for (const name of ['disk', 'shaky', 'lost']) {
      await special(name);
    }
    await special('shared', 'exporttree=yes');
    await annex(['copy', '-q', '--to', 'disk', 'a.dat', 'b.dat', 'e%&_f.dat']);
    await annex(['copy', '-q', '--to', 'shaky', 'b.dat', 'c.dat']);
    await annex(['copy', '-q', '--to', 'lost', 'c.dat']);
    await annex(['export', '-q', 'main', '--to', 'shared']);
    await annex(['untrust', '-q', 'shaky']);
    await annex(['dead', '-q', 'lost']);
    await annex(['registerurl', await keyOf('c.dat'), 'https://user:secret@example.org/c.dat?token=abc']);
    // A clone whose notes were fetched, and not merged: it has d.dat, and says so in its own branch alone.
    const other = join(workspace.base, 'other');
    await workspace.git(['clone', '-q', ds, other], workspace.base);
    await annex(['init', '-q', 'the laptop'], other);
    await workspace.git(['remote', 'add', 'laptop', other], ds);
    await annex(['find', '--in', 'laptop']);
    await annex(['get', '-q', 'd.dat'], other);
    await annex(['untrust', '-q', 'disk'], other);
    await workspace.git(['fetch', '-q', 'laptop'], ds);
    // Noted in the journal alone, over what the branch says.
    await note('e%&_f.dat', 'disk', '0');
    await note('a.dat', 'shaky', '1');
  });

  const note = async (name: string, remote: string, present: string): Promise<void> => {
    const { workspace } = place;
    const uuid = (await workspace.git(['config', `remote.${remote}.annex-uuid`], ds)).trim();
    await workspace.git(['-c', 'annex.alwayscommit=false', 'annex', 'setpresentkey', await keyOf(name), uuid, present], ds);
  };

  it('are where git annex whereis says, by branches that were not merged and by the journal', async () => {
    const { workspace } = place;
    const before = await workspace.git(['for-each-ref'], ds);
    const repository = await open(ds);
    const keys = await Promise.all(NAMES.map(keyOf));
    const copies = await readKeyCopies(repository, keys);
    expect(await workspace.git(['for-each-ref'], ds)).toBe(before);
    expect(before).toContain('refs/remotes/laptop/git-annex');
    const own = (await workspace.git(['config', 'annex.uuid'], ds)).trim();
    const told = await workspace.records('git', ['annex', 'whereis', '--json', '--', ...NAMES], ds);
    // By now git-annex has merged what was fetched.
    expect(await workspace.git(['for-each-ref'], ds)).not.toBe(before);
    const uuids = (places: readonly { uuid: string }[]): string[] => places.map(({ uuid }) => uuid).sort();
    const others = (list: unknown): string[] => uuids((list as ITold[]).filter(({ uuid }) => uuid !== own));
    expect(told).toHaveLength(NAMES.length);
    for (const record of told) {
      const { copies: sure, maybe } = copies.of(NAMES.indexOf(String(record['file'])));
      expect([record['file'], uuids(sure)]).toEqual([record['file'], others(record['whereis'])]);
      expect(uuids(maybe.filter(({ trust }) => trust !== 'dead'))).toEqual(others(record['untrusted']));
      for (const { uuid, description } of [...(record['whereis'] as ITold[]), ...(record['untrusted'] as ITold[])]) {
        const known = [...sure, ...maybe].find(found => found.uuid === uuid);
        expect(known === undefined || [known.name, `[${known.name}]`].some(name => description.endsWith(name))).toBe(true);
      }
    }
    const named = (places: readonly IPlace[]): string[] => places.map(({ name }) => name).sort();
    const at = (name: string): string[][] => {
      const { copies: sure, maybe } = copies.of(NAMES.indexOf(name));
      return [named(sure), named(maybe)];
    };
    expect(at('a.dat')).toEqual([[], ['disk', 'shaky', 'shared']]);
    expect(at('c.dat')).toEqual([['web'], ['lost', 'shaky', 'shared']]);
    expect(at('d.dat')).toEqual([['laptop'], ['shared']]);
    expect(at('e%&_f.dat')).toEqual([[], ['shared']]);
    expect(at('same.dat')).toEqual(at('a.dat'));
  });

  it('of a plain clone are those that its origin noted, and its git-annex is not started', async () => {
    const { workspace } = place;
    const plain = join(workspace.base, 'plain');
    await workspace.git(['clone', '-q', ds, plain], workspace.base);
    const copies = await readKeyCopies(await open(plain), [await keyOf('d.dat'), 'MD5E-s1--nobody']);
    expect(copies.of(0).copies).toHaveLength(2);
    expect(copies.of(1)).toEqual({ copies: [], maybe: [] });
    expect(await workspace.git(['branch', '--list'], plain)).toBe('* main\n');
  });
});
