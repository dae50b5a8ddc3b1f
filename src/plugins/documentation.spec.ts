import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CommandIDs, PANEL_ID, TRANSLATION_DOMAIN } from '../tokens';
import { calls, GUARD_HEADER, GUARD_VALUE, jobs } from '../protocol/contract';
import { CHANGES, Here, Kind } from '../protocol/dataset';
import { FakeContext } from './commands/context.fixtures';
import { allCommands } from './commands/index';

const page = readFileSync(resolve(__dirname, '../../docs/contract.md'), 'utf8');

/** Arguments that many commands share, told of in one place. */
const COMMON = ['paths', 'dataset', 'ask'];

/** The text below a heading, up to the next heading of any level. */
function below(heading: string): string {
  const [, rest] = page.split(`${heading}\n`);
  if (rest === undefined) {
    throw new Error(`docs/contract.md has no heading "${heading}"`);
  }
  return rest.split(/^#/mu)[0] ?? '';
}

/** The first cells of a table's rows. */
function firstCells(text: string): string[] {
  return [...text.matchAll(/^\| `([^`]+)` \|/gmu)].map(([, cell]) => String(cell));
}

/** The names in the sentence that starts with these words. */
function listed(start: string): string[] {
  const sentence = page.split('\n').find(line => line.startsWith(start)) ?? '';
  return [...sentence.matchAll(/`([^`]+)`/gu)].map(([, name]) => String(name));
}

describe('docs/contract.md', () => {
  it('names every command, and none that does not exist', () => {
    expect(firstCells(below('## Commands')).sort()).toEqual(Object.values(CommandIDs).sort());
  });

  it('names every argument of the commands, and none that does not exist', async () => {
    const own = (names: readonly string[]): string[] => names.filter(name => !COMMON.includes(name)).sort();
    const taken: Record<string, string[]> = {};
    for (const { id, describe: schemaOf } of allCommands(new FakeContext({}))) {
      const { properties = {} } = (await schemaOf()) as { properties?: object };
      taken[id] = own(Object.keys(properties));
    }
    const rows = [...below('## Commands').matchAll(/^\| `([^`]+)` \|([^|]*)\|/gmu)];
    const documented = rows.map(([, id, cell]) => [
      id,
      own([...String(cell).matchAll(/`(\w+)\??`/gu)].map(([, name]) => String(name)))
    ]);
    expect({ ...taken, [CommandIDs.showPanel]: ['job', 'section'] }).toEqual(Object.fromEntries(documented));
    COMMON.forEach(name => expect(below('## Commands')).toContain(`\`${name}: `));
  });

  it('names every value of the row attributes', () => {
    expect(firstCells(below('### `data-datalad-kind`')).sort()).toEqual([...Kind.options].sort());
    expect(firstCells(below('### `data-datalad-here`')).sort()).toEqual([...Here.options].sort());
  });

  it('names the changes in the order that folders follow', () => {
    expect(firstCells(below('### `data-datalad-change`'))).toEqual([...CHANGES]);
  });

  it('names every operation', () => {
    expect(listed('Operations, short reads:').sort()).toEqual(Object.keys(calls).sort());
    expect(listed('Operations, jobs:').sort()).toEqual(Object.keys(jobs).sort());
  });

  it('names panel, translation domain and guard header as the code does', () => {
    expect(below('## Names')).toContain(`\`${PANEL_ID}\``);
    expect(below('## Names')).toContain(`\`${TRANSLATION_DOMAIN}\``);
    expect(below('## Server alone')).toContain(`\`${GUARD_HEADER}: ${GUARD_VALUE}\``);
  });
});
