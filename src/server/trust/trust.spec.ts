import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRepositoryFolder, type IRepositoryFolder } from '../git/repositoryFolder';
import { stateFolder } from '../stateFolder';
import { type ILook, TrustKeeper } from './trust';

describe('trust in a repository', () => {
  let base: string;
  let root: string;
  let env: Record<string, string>;
  beforeEach(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'datalad-trust-')));
    root = join(base, 'ds');
    env = { HOME: join(base, 'home'), PATH: process.env['PATH'] ?? '' };
    mkdirSync(env['HOME'] ?? '');
    make(root);
  });
  afterEach(() => rmSync(base, { recursive: true, force: true }));

  const make = (place: string): void => {
    mkdirSync(join(place, '.git/objects'), { recursive: true });
    writeFileSync(join(place, '.git/HEAD'), 'ref: refs/heads/main\n');
    configure('pager = evil', place);
  };
  const configure = (line: string, place = root): void => writeFileSync(join(place, '.git/config'), `[core]\n\t${line}\n`);
  const folder = async (): Promise<IRepositoryFolder> => {
    const found = await findRepositoryFolder(root);
    if (found === null) {
      throw new Error('no repository');
    }
    return found;
  };
  const look = async (keeper: TrustKeeper): Promise<ILook> => await keeper.look(root, await folder());

  it('is asked for once, kept for every server, and can be taken back', async () => {
    const [one, other] = [new TrustKeeper(env), new TrustKeeper(env)];
    const seen = await look(one);
    expect(seen).toMatchObject({ trust: 'untrusted', scan: { settings: [{ key: 'core.pager', value: 'evil' }] } });
    await one.grant(seen, await folder());
    expect([(await look(one)).trust, (await look(other)).trust]).toEqual(['granted', 'granted']);
    await other.revoke(root);
    expect([(await look(one)).trust, (await look(other)).trust]).toEqual(['untrusted', 'untrusted']);
  });

  it('is not needed for what git, git-annex and DataLad make', async () => {
    configure('bare = false');
    expect((await look(new TrustKeeper(env))).trust).toBeNull();
  });

  it('ends when a setting changes, and comes back with it', async () => {
    const keeper = new TrustKeeper(env);
    await keeper.grant(await look(keeper), await folder());
    configure('pager = other');
    expect((await look(keeper)).trust).toBe('untrusted');
    configure('pager = evil');
    expect((await look(keeper)).trust).toBe('granted');
  });

  it('holds for one repository: neither for a copy elsewhere nor for another one at its place', async () => {
    const keeper = new TrustKeeper(env);
    await keeper.grant(await look(keeper), await folder());
    renameSync(root, join(base, 'old'));
    make(root);
    expect((await look(keeper)).trust).toBe('untrusted');
  });

  it('trusts what was looked at, not what is there by then', async () => {
    const keeper = new TrustKeeper(env);
    const seen = await look(keeper);
    configure('pager = worse');
    await keeper.grant(seen, await folder());
    expect((await look(keeper)).trust).toBe('untrusted');
  });

  it('is kept where nobody else can read it, and what is broken there counts as nothing', async () => {
    const keeper = new TrustKeeper(env);
    await keeper.grant(await look(keeper), await folder());
    const place = stateFolder('trust', env);
    const [file = ''] = readdirSync(place);
    expect([readdirSync(place).length, statSync(place).mode & 0o777, statSync(join(place, file)).mode & 0o777]).toEqual([
      1, 0o700, 0o600
    ]);
    for (const content of ['', '{', 'null', '{"path":"x"}']) {
      writeFileSync(join(place, file), content);
      expect((await look(keeper)).trust).toBe('untrusted');
    }
  });

  it('cannot be given where there is no place to keep it', async () => {
    const keeper = new TrustKeeper({ ...env, XDG_STATE_HOME: join(root, '.git/HEAD') });
    await expect(keeper.grant(await look(keeper), await folder())).rejects.toMatchObject({
      failure: { kind: 'permission-denied' }
    });
    expect(stateFolder('trust', { XDG_STATE_HOME: 'relative', HOME: '/home/ada' })).toBe(
      '/home/ada/.local/state/jupyterlab-datalad/trust'
    );
  });

  it('sees a change that keeps size and time of a file', async () => {
    const keeper = new TrustKeeper(env);
    configure('bare = false');
    const { mtime } = statSync(join(root, '.git/config'));
    expect((await look(keeper)).trust).toBeNull();
    configure('editor = xx');
    utimesSync(join(root, '.git/config'), mtime, mtime);
    expect((await look(keeper)).trust).toBe('untrusted');
  });
});
