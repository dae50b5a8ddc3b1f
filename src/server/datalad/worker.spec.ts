import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolEnvironment } from '../process/environment';
import { Worker } from './worker';

/** Asks, and is done without having waited for the answer: as a command whose ssh gave up in the middle of a question. */
const IMPATIENT = `
import json, sys

for line in sys.stdin:
    request = json.loads(line)
    if request['type'] == 'run' and request['command'] == 'ask':
        question = {'type': 'prompt', 'id': '1', 'text': 'Password?', 'hidden': True, 'choices': None}
        print(json.dumps(question), flush=True)
    if request['type'] == 'run':
        print(json.dumps({'type': 'done'}), flush=True)
`;

describe('a worker', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'worker-'));
    await writeFile(join(folder, 'worker.py'), IMPATIENT);
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('serves no other command while somebody may still wait for an answer', async () => {
    const worker = new Worker({
      python: 'python3',
      script: join(folder, 'worker.py'),
      env: toolEnvironment(process.env, undefined)
    });
    const ask = jest.fn(() => new Promise<null>(() => undefined));
    const listener = { record: jest.fn(), bar: jest.fn(), output: jest.fn(), ask };
    const request = { type: 'run', dataset: null, arguments: {} } as const;
    expect(await worker.run({ ...request, command: 'quiet' }, listener)).toEqual({ type: 'done', garbled: false });
    expect(worker.isSpoiled).toBe(false);
    expect(await worker.run({ ...request, command: 'ask' }, listener)).toEqual({ type: 'done', garbled: false });
    expect(ask).toHaveBeenCalledTimes(1);
    expect(worker.isSpoiled).toBe(true);
    worker.close();
    await worker.ended;
  });
});
