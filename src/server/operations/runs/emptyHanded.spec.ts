import { mkdir, writeFile } from 'node:fs/promises';
import { makeWorkspace, type Workspace } from '../../../../tests/support/workspace';
import { emptyHanded } from './emptyHanded';

/** Listed for each pattern anew: so many patterns look at more than is looked at in all. */
const [FILES, PATTERNS] = [5_000, 41];

describe('outputs that were not made', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await makeWorkspace();
    const folder = workspace.path('ds');
    await mkdir(folder, { recursive: true });
    for (let number = 0; number < FILES; number++) {
      await writeFile(`${folder}/made-${number}.txt`, '');
    }
  });

  afterAll(() => workspace.dispose());

  const told = async (outputs: string[], signal = new AbortController().signal): Promise<unknown> => {
    const folder = workspace.path('ds');
    return (await emptyHanded({ dataset: folder, folder, outputs, explicit: false, recorded: true, signal }))?.parameters?.[
      'names'
    ];
  };

  it('are told by name, but none of which nobody knows since there is too much to look at', async () => {
    const many = Array.from({ length: PATTERNS }, (_, number) => `*-${number}.txt`);
    expect(await told(['none*', 'made-1*'])).toBe('none*');
    expect(await told([...many, 'made-1*', 'none*', 'absent.txt', 'made-2.txt'])).toBe('absent.txt');
  });

  it('are not looked for any more once that was cancelled', async () => {
    await expect(told(['none*'], AbortSignal.abort())).rejects.toThrow('aborted');
  });
});
