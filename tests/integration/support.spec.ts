import { makeWorkspace, type Workspace } from '../support/workspace';

jest.setTimeout(120_000);

describe('makeDataset', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await makeWorkspace();
  });
  afterAll(() => workspace.dispose());

  it('makes what DataLad takes for a clean dataset', async () => {
    const path = await workspace.dataset({
      files: { README: 'hello\n' },
      annexed: { 'a.bin': 3000, 'data/b.bin': 4000, 'u.bin': 500 },
      unlocked: ['u.bin'],
      dropped: ['a.bin'],
      subdatasets: { sub: { annexed: { 's.bin': 100 } }, gone: { absent: true } }
    });
    const records = await workspace.records('datalad', ['-f', 'json', 'status', '--annex', 'all'], path);
    const states = Object.fromEntries(
      records.map(record => [String(record['path']).slice(path.length + 1), [record['state'], record['has_content']]])
    );
    expect(states).toMatchObject({
      README: ['clean', undefined],
      'a.bin': ['clean', false],
      'data/b.bin': ['clean', true],
      'u.bin': ['clean', true],
      sub: ['clean', undefined],
      gone: ['clean', undefined]
    });
  });
});
