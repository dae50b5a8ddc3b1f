import { lstat, readdir, readFile, readlink, rename } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { asPython, asShell, commandOf } from '../../src/protocol/command';
import { jobs } from '../../src/protocol/contract';
import type { ContentsPath } from '../../src/protocol/paths';
import { contentsPath } from '../../src/protocol/paths';
import { keyOfLink, keyOfPointer } from '../../src/server/annex/pointer';
import { decodePath, encodePath, fsPath, isUtf8 } from '../../src/server/bytes';
import { splitZero } from '../../src/server/git/split';
import type { AbsolutePath } from '../../src/server/paths';
import { run } from '../../src/server/process/run';
import { contentAt, LOST_NAMES, makeNastyDataset, NASTY_NAMES, PLACES, splits, WORST_NAME } from '../support/nastyNames';
import { useReadingAndJobs } from '../support/place';
import { RecordingTask } from '../support/recordingTask';

jest.setTimeout(180_000);

const dataset = contentsPath('ds');

describe('every name', () => {
  const place = useReadingAndJobs();
  let path: string;
  /** Keys of annexed files by their names in the dataset. */
  let keys: Map<string, string>;

  beforeAll(async () => {
    path = await makeNastyDataset(place.workspace, 'ds', NASTY_NAMES);
    const annexed = NASTY_NAMES.flatMap(name => [PLACES.locked(name), PLACES.unlocked(name), PLACES.folder(name)]);
    keys = new Map(await Promise.all(annexed.map(async name => [name, await keyOf(name)] as const)));
  });

  const at = (name: string): string => join(path, name);
  const contents = (name: string): ContentsPath => place.jobs.boundary.toContents(at(name) as AbsolutePath);

  /** The key by what lies in the working tree while the content is absent. */
  const keyOf = async (name: string): Promise<string> => {
    const link = await readlink(fsPath(at(name)), { encoding: 'buffer' }).catch(() => null);
    return (link === null ? keyOfPointer(await readFile(fsPath(at(name)))) : keyOfLink(decodePath(link))) ?? '';
  };

  /** Keys whose content is here. */
  const present = async (): Promise<string[]> => {
    const files = await readdir(join(path, '.git/annex/objects'), { recursive: true, withFileTypes: true });
    return files
      .filter(file => file.isFile())
      .map(file => file.name)
      .sort();
  };
  const keysOf = (names: readonly string[]): string[] => names.map(name => keys.get(name) ?? '').sort();

  it('has one row in each place, with its own key', async () => {
    expect(new Set(keys.values()).size).toBe(NASTY_NAMES.length * 3);
    for (const [folder, kind] of [
      ['', 'annex'],
      ['u', 'annex-unlocked'],
      ['g', 'git'],
      ['d', 'directory']
    ] as const) {
      const { rows } = await place.reading.datasets.rows(
        { folder: contentsPath(folder === '' ? 'ds' : `ds/${folder}`), complete: true },
        place.reading.signal
      );
      const own = folder === '' ? rows.filter(row => !['ds/u', 'ds/g', 'ds/d', 'ds/.datalad'].includes(row.path)) : rows;
      expect(own.map(row => row.path).sort()).toEqual(
        NASTY_NAMES.map(name => contents(folder === '' ? name : `${folder}/${name}`)).sort()
      );
      expect(new Set(own.map(row => row.name)).size).toBe(NASTY_NAMES.length);
      for (const name of NASTY_NAMES) {
        const full = folder === '' ? name : `${folder}/${name}`;
        const row = own.find(({ path: where }) => where === contents(full));
        expect([name, row]).toEqual([name, expect.objectContaining({ kind, ...(folder === 'g' ? {} : { here: 'no' }) })]);
        expect([name, row?.key]).toEqual([name, keys.get(full)]);
        expect(row?.change).toBeUndefined();
        // As a file that is about to be opened is looked at.
        expect(await place.reading.datasets.row({ path: contents(full) }, place.reading.signal)).toEqual(row);
      }
    }
  });

  it('is got and dropped, and nothing else is', async () => {
    const places = [PLACES.locked, PLACES.folder, PLACES.unlocked];
    let turn = 0;
    for (const [one, other] of splits(NASTY_NAMES)) {
      // Bytes that are no UTF-8 keep git-annex from the work tree of unlocked files.
      const inPlace = places[turn++ % places.length] ?? PLACES.locked;
      const here = (names: readonly string[]): string[] =>
        names.filter(name => inPlace !== PLACES.unlocked || isUtf8(name)).map(inPlace);
      const both = [...here(one), ...here(other)];
      for (const [action, names, left] of [
        ['get', here(one), here(one)],
        ['get', here(other), both],
        ['drop', here(one), here(other)],
        ['drop', here(other), []]
      ] as const) {
        const task = await place.jobs.run(action, { dataset, paths: names.map(contents) });
        expect(await present()).toEqual(keysOf(left));
        const told = task.results.filter(({ status }) => status === 'ok').map(result => [result.path, result.key]);
        expect(told.filter(([, key]) => key !== null).sort()).toEqual(names.map(name => [contents(name), keys.get(name)]).sort());
        if (action === 'get') {
          const content = await Promise.all(names.map(name => readFile(fsPath(at(name)))));
          expect(content).toEqual(names.map(contentAt));
        }
      }
    }
  });

  it('is planned for, and nothing else is', async () => {
    const plans = async (names: readonly string[]) => {
      const input = { dataset, paths: names.map(contents) };
      return [
        await place.reading.datasets.planGet(input, place.reading.signal),
        await place.reading.datasets.planDrop(input, place.reading.signal)
      ];
    };
    /** Names differ in their lengths, and so do their contents: another half would have another sum. */
    const amount = (names: readonly string[]) => ({
      files: names.length,
      bytes: names.reduce((sum, name) => sum + contentAt(name).length, 0)
    });
    const none = { files: 0, bytes: 0 };
    const places = [PLACES.locked, PLACES.unlocked, PLACES.folder];
    const halves = [...splits(NASTY_NAMES)]
      .slice(0, places.length)
      .flatMap(([one, other], at) => [one, other].map(half => ({ half, place: places[at % places.length] ?? PLACES.locked })));
    for (const { half, place } of halves) {
      // A folder stands for what is in it.
      const asked = half.map(name => (place === PLACES.folder ? `d/${name}` : place(name)));
      expect(await plans(asked)).toMatchObject([
        { toGet: amount(half.map(place)), alreadyHere: none, unavailable: 0 },
        { toDrop: none, modified: [] }
      ]);
    }
    await place.jobs.run('get', { dataset, paths: NASTY_NAMES.map(contents) });
    place.reading.datasets.changed(path as AbsolutePath);
    for (const { half } of halves) {
      expect(await plans(half)).toMatchObject([
        { toGet: none, alreadyHere: amount(half) },
        { toDrop: amount(half), modified: [], shared: [] }
      ]);
    }
  });

  it('is unlocked, and nothing else is; or refused where git-annex would take another one', async () => {
    const isFile = async (name: string): Promise<boolean> => (await lstat(fsPath(at(name)))).isFile();
    for (const [one, other] of [...splits(NASTY_NAMES)].slice(0, 2)) {
      const task = new RecordingTask();
      expect((await place.jobs.failure('unlock', { dataset, paths: one.map(contents) }, task)).kind).toBe('unsafe-name');
      const told = task.results.map(({ path: where, status, failure }) => [where, status, failure?.kind ?? null]);
      expect(told.sort()).toEqual(
        one.map(name => [contents(name), ...(isUtf8(name) ? ['ok', null] : ['error', 'unsafe-name'])]).sort()
      );
      for (const name of NASTY_NAMES) {
        const unlocked = one.includes(name) && isUtf8(name);
        expect([name, await isFile(name), await readFile(fsPath(at(name)))]).toEqual([name, unlocked, contentAt(name)]);
      }
      expect(other.length).toBeGreaterThan(0);
      await place.workspace.git(['reset', '-q', '--hard'], path);
    }
    await place.workspace.annex(['drop', '-q', '--all', '--force'], path);
  });

  /** What one would copy to get a file, as a shell reads it. */
  const lineFor = (name: string): string =>
    asShell(commandOf('get', v.parse(jobs.get.input, { dataset, paths: [contents(name)] })));

  it('is copied as a line that means it to a shell', async () => {
    const names = NASTY_NAMES.filter(isUtf8);
    for (const name of NASTY_NAMES.filter(other => !isUtf8(other))) {
      // DataLad and git-annex would work on another file.
      expect(lineFor(name)).toBe('');
    }
    const script = names.map(name => `printf '%s\\0' ${lineFor(name)}`).join('\n');
    // eslint-disable-next-line no-control-regex -- These are what it is about.
    expect(script).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u200b\u202e\u2066\ufeff]/u);
    const words = splitZero(Buffer.from(await place.workspace.run('bash', ['-c', script], path)));
    for (const name of names) {
      const tool = name.includes('\n') ? ['git', 'annex', 'get'] : ['datalad', 'get'];
      const wanted = [...tool, ...(name.startsWith('-') ? ['--'] : []), name];
      expect(words.splice(0, wanted.length)).toEqual(wanted);
    }
    expect(words).toEqual([]);
    const acting = ['new\nline', '*', '-n', '$(touch PWNED)'];
    await place.workspace.run('bash', ['-c', `set -e\n${acting.map(lineFor).join('\n')}`], path);
    expect(await present()).toEqual(keysOf(acting));
    expect((await place.workspace.run('find', ['.', '-name', 'PWNED*'])).trim()).toBe('');
  });

  it('is copied as a string that means it to Python', async () => {
    const names = NASTY_NAMES.filter(name => isUtf8(name) && !name.includes('\n'));
    const calls = names.map(name => asPython('get', v.parse(jobs.get.input, { dataset, paths: [contents(name)] })));
    const literals = calls.map(call => /dl\.get\(\[(.*)\], dataset="\."\)$/su.exec(call)?.[1] ?? '');
    const program = 'import ast, json, sys; print(json.dumps(ast.literal_eval(sys.argv[1])))';
    const printed = await place.workspace.run('python', ['-c', program, `[${literals.join(',')}]`]);
    expect(JSON.parse(printed)).toEqual(names);
  });

  it('whose last copy this is, is dropped only when it is named', async () => {
    const chosen = ['\n', 'caf', LOST_NAMES[6] ?? '', WORST_NAME, '*'];
    await place.workspace.annex(['drop', '-q', '--all', '--force'], path);
    await place.jobs.run('get', { dataset, paths: chosen.map(contents) });
    await place.workspace.annex(['dead', 'origin'], path);
    await place.workspace.git(['remote', 'remove', 'origin'], path);
    const refused = new RecordingTask();
    const failure = await place.jobs.failure('drop', { dataset, paths: chosen.map(contents) }, refused);
    expect(failure.kind).toBe('last-copy');
    expect(await present()).toEqual(keysOf(chosen));
    place.jobs.reports.set(refused.id, refused.asReport({ operation: 'drop', dataset }));
    for (let left = [...chosen]; left.length > 0;) {
      const [one = '', ...others] = left;
      const input = { dataset, refused: refused.id, paths: [contents(one)] };
      await place.jobs.run('dropLastCopies', input);
      expect(await present()).toEqual(keysOf(others));
      left = others;
    }
  });

  it('of a subdataset has a row beside the others, and what is inside is read', async () => {
    const broken = [LOST_NAMES[0] ?? '', LOST_NAMES[6] ?? ''];
    const outer = await place.workspace.dataset({
      path: 'outer',
      annexed: { 'a.bin': 10 },
      subdatasets: { sub: { annexed: { 'b.bin': 20 } } }
    });
    const commit = (await place.workspace.git(['rev-parse', 'HEAD'], join(outer, 'sub'))).trim();
    const lines = broken.map(name => `160000 ${commit} 0\t${name}\0`).join('');
    for (const name of broken) {
      await place.workspace.run('cp', ['-a', 'sub', 'copy'], outer);
      await rename(join(outer, 'copy'), fsPath(join(outer, name)));
    }
    await run('git', ['update-index', '-z', '--index-info'], {
      cwd: outer,
      env: place.workspace.env,
      timeout: 60_000,
      input: encodePath(lines)
    });
    await place.workspace.git(['commit', '-q', '-m', 'Subdatasets'], outer);
    const { rows } = await place.reading.datasets.rows({ folder: contentsPath('outer'), complete: true }, place.reading.signal);
    const at = (name: string) => rows.find(row => row.path === place.jobs.boundary.toContents(join(outer, name) as AbsolutePath));
    expect(at('a.bin')).toMatchObject({ kind: 'annex', here: 'yes' });
    expect(at('sub')).toMatchObject({ kind: 'dataset', here: 'yes', bytes: 20 });
    expect(broken.map(name => at(name)?.kind)).toEqual(['dataset', 'dataset']);
    const inside = (name: string) =>
      place.reading.datasets
        .rows({ folder: at(name)?.path ?? contentsPath('') }, place.reading.signal)
        .then(listing => listing.rows.length);
    expect(await inside(broken[0] ?? '')).toBeGreaterThan(0);
  });
});
