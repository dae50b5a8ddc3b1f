import Ajv from 'ajv';
import menus from '../../../schema/commands.json';
import { CommandIDs } from '../../tokens';
import { FakeContext } from './context.fixtures';
import { allCommands } from './index';

const commands = allCommands(new FakeContext({}));

/** Calls that programs may make, as the public contract names their arguments. */
const EXAMPLES: [string, object][] = [
  [CommandIDs.status, { paths: ['study/data'] }],
  [CommandIDs.get, { paths: ['study/a.bin'], recursive: true, noData: false, source: 'origin' }],
  [CommandIDs.get, {}],
  [CommandIDs.drop, { dataset: 'study', recursive: true, what: 'filecontent' }],
  [CommandIDs.save, { paths: ['a'], message: 'm', recursive: true, toGit: true, amend: false, versionTag: 'v1' }],
  [CommandIDs.clone, { source: 'https://example.org/d', path: 'd', asSubdataset: 'study' }],
  [CommandIDs.create, { path: 'd', procedures: ['text2git', 'yoda'], description: 'x', asSubdataset: 'study' }],
  [CommandIDs.unlock, { paths: ['study/a.bin'] }],
  [CommandIDs.history, { path: 'study/a.bin', commit: 'a'.repeat(40) }],
  [CommandIDs.history, { dataset: 'study' }],
  [CommandIDs.blame, { path: 'study/a.txt' }],
  [CommandIDs.inspect, { path: 'study/a.bin' }],
  [CommandIDs.inspect, { paths: ['study/a.bin', 'study'] }],
  [CommandIDs.restore, { paths: ['study/a.bin'], commit: 'a'.repeat(40) }],
  [CommandIDs.fsck, { paths: ['study/a.bin'], recursive: true }],
  [CommandIDs.cancel, { job: 'j1' }],
  [CommandIDs.cancel, { dataset: 'study' }],
  [CommandIDs.createExample, { path: 'folder' }],
  [CommandIDs.copyCommand, { paths: ['study/a'], language: 'python', operation: 'get' }],
  [CommandIDs.help, {}],
  [CommandIDs.help, { command: 'copyFile' }],
  [CommandIDs.pin, { dataset: 'study' }],
  [CommandIDs.downloadUrl, { url: 'https://example.org/a', path: 'study/a', message: 'm', overwrite: true, archive: false }],
  [
    CommandIDs.addUrls,
    { table: 'study/t.csv', urlFormat: '{url}', fileFormat: '{name}', message: 'm', ifExists: 'skip', selected: false }
  ],
  [CommandIDs.addSource, { path: 'study/a.bin', url: 'https://example.org/a', sizeOnly: true }],
  [CommandIDs.removeSource, { path: 'study/a.bin', url: 'https://example.org/a' }],
  [CommandIDs.exportArchive, { dataset: 'study', to: 'out', name: 'study', format: 'zip', missing: 'ignore' }],
  [CommandIDs.addArchiveContent, { paths: ['study/a.zip'], ownFolder: true, strip: false, remove: true }],
  [CommandIDs.identity, { dataset: 'study' }],
  [CommandIDs.refresh, {}]
];

async function validator(id: string) {
  const schema = await commands.find(command => command.id === id)?.describe();
  return new Ajv({ strict: true, allowUnionTypes: true }).compile(schema ?? false);
}

test.each(EXAMPLES)('%s tells that it accepts %j', async (id, args) => {
  expect((await validator(id))(args)).toBe(true);
});

test.each([
  [CommandIDs.get, { paths: 'study/a.bin' }],
  [CommandIDs.get, { paths: [] }],
  [CommandIDs.drop, { what: 'everything' }],
  [CommandIDs.save, { message: 1 }],
  [CommandIDs.create, { procedures: 'yoda' }],
  [CommandIDs.history, { commit: 'HEAD' }],
  [CommandIDs.restore, { paths: ['study/a.bin'] }],
  [CommandIDs.copyCommand, { language: 'cobol' }]
])('%s tells that it refuses %j', async (id, args) => {
  expect((await validator(id))(args)).toBe(false);
});

test('descriptions are plain JSON and tell of paths and dataset', async () => {
  for (const { describe: schemaOf } of commands) {
    const schema = await schemaOf();
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
    expect(schema).toMatchObject({ type: 'object' });
  }
  expect(await commands.find(({ id }) => id === CommandIDs.get)?.describe()).toMatchObject({
    properties: {
      paths: { type: 'array', items: { type: 'string' }, description: expect.any(String) },
      dataset: { type: 'string' }
    }
  });
});

test('menus and shortcuts name commands that exist', () => {
  const known = [...commands.map(({ id }) => id), CommandIDs.showPanel];
  const named = [...JSON.stringify(menus).matchAll(/"command":"([^"]+)"/g)].map(match => match[1]);
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter(id => id === undefined || !known.includes(id))).toEqual([]);
});

test('every command has a label', () => {
  expect(commands.map(({ options }) => options.label({ isPalette: true })).filter(label => label === '')).toEqual([]);
});
