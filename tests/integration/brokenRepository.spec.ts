import { chmod, cp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Summary, SummaryPart } from '../../src/protocol/dataset';
import type { Failure, FailureKind } from '../../src/protocol/failure';
import { contentsPath } from '../../src/protocol/paths';
import { bytesFor } from '../support/makeDataset';
import { useJobs } from '../support/place';
import { Reading } from '../support/reading';
import type { Workspace } from '../support/workspace';

jest.setTimeout(120_000);

/** One way to break a dataset, what is read and done then, and how the cure that is offered looks in a terminal. */
interface ICase {
  damage(dataset: string): Promise<unknown>;
  /** Mends it, as the hint says. */
  mend(dataset: string): Promise<unknown>;
  kind: FailureKind;
  part?: string;
  /** Parts of the summary that cannot be read. */
  unread: SummaryPart[];
  /** Jobs that are refused; the others work all the same. */
  refused: ('get' | 'drop' | 'save')[];
}

describe('a dataset that is damaged', () => {
  const place = useJobs();
  let template: string;

  beforeAll(async () => {
    template = await place.workspace.dataset({
      path: 'template',
      files: { text: 'text', 'd/t.txt': 'deep' },
      annexed: { 'here.bin': 2_000, 'absent.bin': 3_000 },
      dropped: ['absent.bin'],
      subdatasets: { sub: { files: { inner: 'x' } } }
    });
  });

  /** Puts a copy of what was broken back. */
  const back = (file: string) => async (dataset: string) => await cp(join(template, file), join(dataset, file), { force: true });
  const garbage = (file: string) => async (dataset: string) => {
    await chmod(join(dataset, file), 0o644);
    await writeFile(join(dataset, file), 'garbage garbage');
  };
  const objectOf = async (dataset: string, name: string): Promise<string> => {
    const id = (await place.workspace.git(['rev-parse', name], template)).trim();
    return join(dataset, '.git/objects', id.slice(0, 2), id.slice(2));
  };
  const newIndex = async (dataset: string): Promise<unknown> => {
    await rename(join(dataset, '.git/index'), join(dataset, '.git/index.damaged'));
    return await place.workspace.git(['reset', '-q'], dataset);
  };

  const cases: Record<string, ICase> = {
    'in its index': {
      damage: garbage('.git/index'),
      mend: newIndex,
      kind: 'damaged-repository',
      part: 'index',
      unread: ['changes'],
      refused: ['get', 'drop', 'save']
    },
    'in its index, which was cut off': {
      damage: dataset => truncate(join(dataset, '.git/index'), 100),
      mend: newIndex,
      kind: 'damaged-repository',
      part: 'index',
      unread: ['changes'],
      refused: ['get', 'drop', 'save']
    },
    'in its HEAD': {
      damage: dataset => writeFile(join(dataset, '.git/HEAD'), ''),
      mend: dataset => writeFile(join(dataset, '.git/HEAD'), 'ref: refs/heads/main\n'),
      kind: 'damaged-repository',
      part: 'head',
      unread: ['branch', 'changes', 'siblings'],
      refused: ['get', 'drop', 'save']
    },
    'in its branch': {
      damage: garbage('.git/refs/heads/main'),
      mend: back('.git/refs/heads/main'),
      kind: 'damaged-repository',
      part: 'refs',
      unread: ['branch', 'changes'],
      refused: ['save']
    },
    'in its last commit': {
      damage: async dataset => await rm(await objectOf(dataset, 'HEAD')),
      mend: async dataset => await cp(await objectOf(template, 'HEAD'), await objectOf(dataset, 'HEAD')),
      kind: 'damaged-repository',
      part: 'objects',
      unread: ['changes'],
      refused: ['save']
    },
    'in its configuration': {
      damage: dataset => writeFile(join(dataset, '.git/config'), '[broken\n', { flag: 'a' }),
      mend: back('.git/config'),
      kind: 'damaged-repository',
      part: 'config',
      unread: ['branch', 'changes', 'obstacles', 'siblings'],
      refused: ['get', 'drop', 'save']
    },
    'in its git-annex branch': {
      damage: garbage('.git/refs/heads/git-annex'),
      mend: back('.git/refs/heads/git-annex'),
      kind: 'damaged-repository',
      part: 'refs',
      unread: [],
      refused: ['get', 'drop', 'save']
    },
    'in the databases of git-annex': {
      damage: async dataset => {
        const folder = join(dataset, '.git/annex/keysdb');
        await Promise.all((await readdir(folder)).map(name => writeFile(join(folder, name), 'garbage'.repeat(999))));
      },
      mend: dataset => rm(join(dataset, '.git/annex/keysdb'), { recursive: true }),
      kind: 'damaged-repository',
      part: 'annex',
      unread: [],
      refused: ['get', 'drop', 'save']
    },
    'in .gitmodules': {
      damage: dataset => writeFile(join(dataset, '.gitmodules'), '[submodule "sub"\n\tpath = su'),
      mend: dataset => place.workspace.git(['checkout', '--', '.gitmodules'], dataset),
      kind: 'damaged-repository',
      part: 'gitmodules',
      unread: [],
      refused: ['get', 'drop']
    },
    'by an annex that nobody may enter': {
      damage: dataset => chmod(join(dataset, '.git/annex/objects'), 0),
      mend: dataset => chmod(join(dataset, '.git/annex/objects'), 0o755),
      kind: 'permission-denied',
      unread: [],
      refused: ['get', 'drop', 'save']
    }
  };

  it.each(Object.entries(cases))('%s', async (name, { damage, mend, kind, part, unread, refused }) => {
    const folder = name.replaceAll(/[^a-z]+/giu, '-');
    const dataset = place.workspace.path(folder);
    await cp(template, dataset, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
    await place.workspace.git(['update-index', '-q', '--refresh'], dataset);
    await writeFile(join(dataset, 'd/t.txt'), 'changed');
    await damage(dataset);

    // Rows and panel stand, and say what they lack.
    const reading = new Reading(place.workspace);
    const summary = await summaryOf(reading, folder);
    expect((summary.unread ?? []).map(each => each.part)).toEqual(expect.arrayContaining(unread));
    expect(summary.unread === undefined).toBe(unread.length === 0);
    summary.unread?.forEach(({ failure }) => expect(isDamage(failure, { kind, part })).toBe(true));
    const listing = await reading.datasets.rows({ folder: contentsPath(folder), complete: true }, reading.signal);
    expect(listing.rows.map(row => row.name)).toEqual(expect.arrayContaining(['absent.bin', 'd', 'here.bin', 'sub', 'text']));
    const known = kind !== 'permission-denied';
    const here = Object.fromEntries(listing.rows.map(row => [row.name, row.here]));
    expect([here['here.bin'], here['absent.bin']]).toEqual(known ? ['yes', 'no'] : [undefined, undefined]);
    const hidden = unread.includes('changes') || !known;
    expect(listing.failure !== undefined && isDamage(listing.failure, { kind, part })).toBe(hidden);
    expect(listing.rows.find(row => row.name === 'here.bin')?.unread).toBe(hidden ? true : undefined);
    reading.dispose();

    // Jobs work or say why, and what they are refused for is mended and tried again.
    const inputs = {
      get: { dataset: folder, paths: [`${folder}/absent.bin`] },
      save: { dataset: folder, paths: [`${folder}/d/t.txt`], message: 'Saved' },
      drop: { dataset: folder, paths: [`${folder}/here.bin`] }
    };
    for (const job of refused) {
      expect([job, isDamage(await place.jobs.failure(job, inputs[job]), { kind, part })]).toEqual([job, true]);
    }
    await mend(dataset);
    await place.jobs.run('get', inputs.get);
    await place.jobs.run('save', inputs.save);
    await place.jobs.run('drop', inputs.drop);
    await prove(place.workspace, dataset);
  });
});

async function summaryOf(reading: Reading, path: string): Promise<Summary> {
  const found = await reading.datasets.dataset({ path: contentsPath(path) }, reading.signal);
  return found ?? Promise.reject(new Error('no dataset'));
}

function isDamage({ kind, parameters }: Failure, expected: { kind: FailureKind; part?: string }): boolean {
  return kind === expected.kind && parameters?.part === expected.part;
}

/** Nothing was lost: what was got is right, what was dropped is at its source, and one commit holds the one change. */
async function prove(workspace: Workspace, dataset: string): Promise<void> {
  await workspace.git(['fsck', '--connectivity-only', '--no-dangling'], dataset);
  await workspace.annex(['fsck', '-q'], dataset);
  expect(await readFile(join(dataset, 'absent.bin'))).toEqual(bytesFor('absent.bin', 3_000));
  expect(await readFile(join(workspace.sources, 'template/here.bin'))).toEqual(bytesFor('here.bin', 2_000));
  expect(await workspace.git(['show', '--name-only', '--format=%s', 'HEAD'], dataset)).toBe('Saved\n\nd/t.txt\n');
  expect(await workspace.git(['status', '--porcelain'], dataset)).toBe('');
}
