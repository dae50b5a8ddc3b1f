import { KillBench, OPERATIONS, VICTIMS } from '../support/killBench';
import { seeded } from '../support/random';
import { makeWorkspace, type Workspace } from '../support/workspace';

const SEED = Number(process.env['KILL_SEED'] ?? Math.floor(Math.random() * 1e9));
const KILLS = Number(process.env['KILLS'] ?? 200);
/** Datasets grow with each save: after so many kills a fresh one is taken. */
const FRESH = 48;
const PER_KILL = 60_000;

let workspace: Workspace;
let bench: KillBench;

async function fresh(random: () => number): Promise<void> {
  workspace = await makeWorkspace();
  bench = await KillBench.start(workspace, random);
  await bench.calibrate();
}

async function clear(): Promise<void> {
  await bench.stop();
  await workspace.dispose();
}

/** What a failure has left. */
afterAll(clear);

it(
  `${KILLS} kills at random moments lose nothing, and what is offered then works (KILL_SEED=${SEED})`,
  async () => {
    const random = seeded(SEED);
    const totals: Record<string, number> = {};
    const problems: string[] = [];
    for (let done = 0; done < KILLS;) {
      await fresh(random);
      for (; bench.tally.counts.kills < FRESH && done < KILLS; done++) {
        const operation = OPERATIONS[done % OPERATIONS.length] ?? 'get';
        const victim = VICTIMS[Math.floor(random() * VICTIMS.length)] ?? 'all';
        await bench.kill(operation, victim);
        process.stdout.write(
          `${[`${done + 1}: ${operation} ${victim}; ${bench.tally.summary}`, ...bench.tally.problems].join('\n')}\n`
        );
      }
      for (const [name, count] of Object.entries(bench.tally.counts)) {
        totals[name] = (totals[name] ?? 0) + Number(count);
      }
      problems.push(...bench.tally.problems);
      if (done < KILLS) {
        await clear();
      }
    }
    process.stdout.write(`KILL_SEED=${SEED}: ${JSON.stringify(totals)}\n${problems.join('\n')}\n`);
    expect(problems).toEqual([]);
    expect(totals).toMatchObject({ kills: KILLS, lost: 0, damaged: 0, retriesOk: totals['retries'] });
  },
  KILLS * PER_KILL
);
