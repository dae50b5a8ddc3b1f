import { KillBench, type KilledOperation, type Victim } from '../support/killBench';
import { seeded } from '../support/random';
import { makeWorkspace, type Workspace } from '../support/workspace';

const SEED = Number(process.env['KILL_SEED'] ?? Math.floor(Math.random() * 1e9));

/** A short walk; the long one is a run of its own. */
const KILLS: readonly (readonly [KilledOperation, Victim])[] = [
  ['get', 'worker'],
  ['get', 'worker'],
  ['save', 'worker'],
  ['save', 'worker'],
  ['drop', 'worker'],
  ['clone', 'worker'],
  ['get', 'server'],
  ['drop', 'all'],
  ['save', 'all'],
  ['clone', 'all'],
  ['save', 'server'],
  ['drop', 'server']
];

let workspace: Workspace;
let bench: KillBench;

beforeAll(async () => {
  workspace = await makeWorkspace();
  bench = await KillBench.start(workspace, seeded(SEED));
});
afterAll(async () => {
  await bench.stop();
  await workspace.dispose();
});

it(`nothing is lost by a kill, and what is offered then works (KILL_SEED=${SEED})`, async () => {
  for (const [operation, victim] of KILLS) {
    await bench.kill(operation, victim);
  }
  process.stdout.write(`KILL_SEED=${SEED}: ${bench.tally.summary}\n`);
  expect(bench.tally.problems).toEqual([]);
  const { kills, lost, damaged, retries, retriesOk } = bench.tally.counts;
  expect({ kills, lost, damaged }).toEqual({ kills: KILLS.length, lost: 0, damaged: 0 });
  expect(retriesOk).toBe(retries);
});
