import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GraphRun, Provenance } from '../../src/protocol/provenance';
import { contentsPath } from '../../src/protocol/paths';
import { useReading } from '../support/place';

const READ = `
import collections, json, sys
from prov.model import ProvDocument
found = collections.defaultdict(list)
for record in ProvDocument.deserialize(sys.argv[1], format="rdf", rdf_format="json-ld").get_records():
    found[record.get_type().localpart].append([name.uri for name in record.args if hasattr(name, "uri")] or [record.identifier.uri])
print(json.dumps(found))
`;

describe('what was made of what', () => {
  const place = useReading();
  const dataset = contentsPath('ds');
  let ds: string;

  const git = async (...args: string[]): Promise<string> => (await place.workspace.git(args, ds)).trim();
  const run = (title: string, inputs: string[], outputs: string[], command: string): Promise<string> =>
    place.workspace.datalad(
      ['run', '-m', title, ...inputs.flatMap(name => ['-i', name]), ...outputs.flatMap(name => ['-o', name]), command],
      ds
    );
  const read = (path?: string): Promise<Provenance> =>
    place.reading.datasets.provenance.provenance(
      { dataset, ...(path === undefined ? {} : { path: contentsPath(`ds/${path}`) }) },
      place.reading.signal
    );
  const save = (message: string): Promise<string> => place.workspace.datalad(['save', '-r', '-m', message], ds);
  /** The relations of a document as the W3C's data model names them, read by Python's `prov`. */
  const asProv = async (text: string): Promise<Record<string, string[][]>> => {
    await writeFile(place.workspace.path('document.jsonld'), text);
    return JSON.parse(
      await place.workspace.run('python3', ['-W', 'ignore', '-c', READ, place.workspace.path('document.jsonld')])
    ) as Record<string, string[][]>;
  };
  /** The runs by title, with names in place of numbers. */
  const told = ({ files, runs }: Provenance): Record<string, Partial<Record<keyof GraphRun, unknown>>> => {
    const names = (list: readonly number[]): string[] => list.map(at => files[at]?.path.slice('ds/'.length) ?? '').sort();
    return Object.fromEntries(
      runs.map(({ title, inputs, extra, outputs, missing, stale, changed }) => [
        title,
        { inputs: names([...inputs, ...extra]), outputs: names(outputs), missing, stale, changed: names(changed) }
      ])
    );
  };

  beforeAll(async () => {
    ds = place.workspace.path('ds');
    await place.workspace.datalad(['create', '-c', 'text2git', ds]);
    await place.workspace.datalad(['create', '-d', ds, join(ds, 'sub')]);
    await place.workspace.write({
      'ds/raw/a.txt': 'a\n',
      'ds/raw/b.txt': 'b\n',
      'ds/raw/.hidden.txt': 'h\n',
      'ds/other.txt': 'o\n'
    });
    await save('Raw');
    await git('config', 'datalad.log.level', 'error');
    await run('Join', ['raw/*.txt'], ['joined.txt'], 'cat raw/*.txt > joined.txt');
    await run('Count', ['joined.txt'], ['count.bin'], 'wc joined.txt > count.bin; head -c 100 /dev/zero >> count.bin');
    await run('Put', ['count.bin'], ['sub/put.txt'], 'cat count.bin > sub/put.txt; echo 1 > top.txt');
    await run(
      'Commit itself',
      ['other.txt'],
      ['self.txt'],
      'cp other.txt self.txt && git add self.txt && git commit -q -m inner'
    );
  }, 120_000);

  it('is told as DataLad and git tell it, across subdatasets', async () => {
    const graph = await read();
    expect(told(graph)).toEqual({
      Join: { inputs: ['raw/a.txt', 'raw/b.txt'], outputs: ['joined.txt'], missing: [], changed: [] },
      Count: { inputs: ['joined.txt'], outputs: ['count.bin'], missing: [], changed: [] },
      Put: { inputs: ['count.bin'], outputs: ['sub/put.txt', 'top.txt'], missing: [], changed: [] },
      'Commit itself': { inputs: ['other.txt'], outputs: ['self.txt'], missing: [], changed: [] }
    });
    // The commits are those that DataLad would run again, and it names the same changed files.
    const records = await place.workspace.records('datalad', ['-f', 'json', 'rerun', '--report', '--since='], ds);
    const reported = records.filter(record => record['run_info'] !== undefined);
    expect(graph.runs.map(({ commit }) => commit).sort()).toEqual(reported.map(record => record['commit']).sort());
    expect(graph).toMatchObject({ count: 4, focus: null, absent: [] });
    expect(graph.files.every(({ state }) => state === 'current')).toBe(true);
  });

  it('leads from one file to all that it came from', async () => {
    const graph = await read('sub/put.txt');
    expect(Object.keys(told(graph))).toEqual(['Put', 'Count', 'Join']);
    expect(graph.focus?.run).toBe(0);
    expect(graph.files[graph.focus?.file ?? 0]?.path).toBe('ds/sub/put.txt');
    expect(await read('raw/a.txt')).toMatchObject({ runs: [], focus: { run: null } });
    expect(await read('nothing.txt')).toMatchObject({ runs: [], focus: null });
  });

  it('is told in the terms of W3C PROV, as a library for these understands it', async () => {
    const { provDocument } = place.reading.datasets.provenance;
    const { text } = await provDocument({ dataset }, place.reading.signal);
    const told = await asProv(text);
    const id = await git('config', '-f', '.datalad/config', 'datalad.dataset.id');
    const [commit = ''] = (await git('log', '--format=%H', '--grep=Count$')).split('\n');
    const count = `urn:uuid:${id}#file/count.bin@${await git('rev-parse', 'HEAD:count.bin')}`;
    const joined = `urn:uuid:${id}#file/joined.txt@${await git('rev-parse', 'HEAD:joined.txt')}`;
    const run = `urn:uuid:${id}#run/${commit}`;
    expect(told.Activity).toHaveLength(4);
    expect(told.Usage).toContainEqual([run, joined]);
    expect(told.Generation).toContainEqual([count, run]);
    expect(told.Derivation).toContainEqual([count, joined]);
    expect(told.Association).toContainEqual([run, `urn:uuid:${id}#agent/1`, `${run}/command`]);
    // The annexed file is told by its key, whose checksum is that of the content.
    const key = (await place.workspace.annex(['lookupkey', 'count.bin'], ds)).trim();
    expect(text).toContain(`"${key}"`);
    expect(text).toContain(
      `"checksumValue": "${createHash('md5')
        .update(await readFile(join(ds, 'count.bin')))
        .digest('hex')}"`
    );
    expect(text).not.toContain('@example');
    const [one, all] = await Promise.all(
      [true, false].map(emails => provDocument({ dataset, path: contentsPath('ds/joined.txt'), emails }, place.reading.signal))
    );
    expect((await asProv(one?.text ?? '')).Activity).toHaveLength(1);
    expect(one?.text).toContain(await git('log', '-1', '--format=%ae'));
    expect(all?.text).not.toContain(await git('log', '-1', '--format=%ae'));
    await expect(provDocument({ dataset, path: contentsPath('ds/nothing.txt') }, place.reading.signal)).rejects.toMatchObject({
      failure: { kind: 'not-found' }
    });
  });

  it('says what is stale, and what is not: another form of the same content', async () => {
    await place.workspace.datalad(['unlock', 'count.bin'], ds);
    await save('Unlocked');
    expect(told(await read())['Put']).toMatchObject({ stale: undefined, changed: [] });
    await writeFile(join(ds, 'raw/b.txt'), 'B and more\n');
    await save('Another b');
    const now = told(await read());
    expect(now['Join']).toMatchObject({ stale: 'input', changed: ['raw/b.txt'] });
    expect([now['Count']?.stale, now['Put']?.stale, now['Commit itself']?.stale]).toEqual(['upstream', 'upstream', undefined]);
    // Done again, all is well.
    await place.workspace.datalad(['rerun', '--since=', '--message', 'Again'], ds).catch(() => undefined);
    const again = await read('sub/put.txt');
    expect(again.runs.map(({ stale }) => stale)).toEqual(again.runs.map(() => undefined));
  });

  it('tells which software a run used, as far as its image says', async () => {
    const digest = 'ab'.repeat(32);
    await place.workspace.write({
      'ds/.datalad/environments/box/image/manifest.json': JSON.stringify([
        { Config: `blobs/sha256/${digest}`, RepoTags: ['busybox:1.37'] }
      ])
    });
    await git('config', '-f', '.datalad/config', 'datalad.containers.box.image', '.datalad/environments/box/image');
    await git('config', '-f', '.datalad/config', 'datalad.containers.box.updateurl', 'dhub://busybox:1.37');
    await save('A container');
    const record = {
      cmd: 'true',
      dsid: '',
      exit: 0,
      extra_inputs: ['.datalad/environments/box/image'],
      inputs: [],
      outputs: [],
      pwd: '.'
    };
    const lines = ['=== Do not change lines below ===', JSON.stringify(record), '^^^ Do not change lines above ^^^'];
    await git('commit', '-q', '--allow-empty', '-m', `[DATALAD RUNCMD] In a box\n\n${lines.join('\n')}`);
    const { files, runs } = await read();
    const [image] = runs.find(({ title }) => title === 'In a box')?.extra ?? [];
    expect(files[image ?? -1]).toMatchObject({
      folder: true,
      software: { container: 'box', source: 'dhub://busybox:1.37', tags: ['busybox:1.37'], digest: `sha256:${digest}` }
    });
  });

  it('follows a history that is rewritten', async () => {
    const before = (await read()).runs.map(({ commit }) => commit);
    await git('commit', '-q', '--amend', '--allow-empty', '--no-edit', '--date=2001-01-01T00:00:00');
    const fresh = (await git('log', '--format=%H', '--grep=^\\[DATALAD RUNCMD\\] ')).split('\n');
    const after = await read();
    expect(after.runs.map(({ commit }) => commit).sort()).toEqual(fresh.sort());
    expect(after.runs.filter(({ commit }) => !before.includes(commit))).toHaveLength(1);
  });
});
