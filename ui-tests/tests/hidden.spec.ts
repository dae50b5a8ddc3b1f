import AxeBuilder from '@axe-core/playwright';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';

/** Written from right to left, with a number at its end that must not wander to the size beside it. */
const HEBREW = 'שלום 12.bin';

test('what a branch hides is seen, got and then in the folder', async ({ datalad, page, terminal, workspace }) => {
  const source = join(workspace, '.source');
  await terminal.run('git', ['init', '-q', '.source']);
  await terminal.run('git', ['annex', 'init', '-q'], '.source');
  await mkdir(join(source, 'data/deep'), { recursive: true });
  for (const [index, name] of ['here.bin', 'absent.bin', HEBREW, 'data/deep/one.bin', 'data/deep/two.bin'].entries()) {
    await writeFile(join(source, name), Buffer.alloc(1_000_000 * (index + 1), name));
  }
  await terminal.run('git', ['annex', 'add', '-q', '--force-large', '.'], '.source');
  await terminal.run('git', ['commit', '-q', '-m', 'Data'], '.source');
  await terminal.run('git', ['clone', '-q', '.source', 'hiding']);
  await terminal.run('git', ['annex', 'init', '-q'], 'hiding');
  await terminal.run('git', ['annex', 'get', '-q', 'here.bin'], 'hiding');
  await terminal.run('git', ['annex', 'adjust', '-q', '--hide-missing'], 'hiding');

  const list = datalad.section('Data').getByRole('list', { name: 'Hidden files' });
  const findings = async (): Promise<string[]> => {
    const { violations } = await new AxeBuilder({ page }).include('#datalad-panel').analyze();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  };

  await datalad.openFolder('hiding');
  await datalad.openPanel('Data');

  await test.step('listed under Data, and not in the file browser', async () => {
    await expect(list.getByRole('listitem')).toHaveCount(3);
    await expect(datalad.row('absent.bin')).toHaveCount(0);
    await expect(datalad.row('data')).toHaveCount(0);
    await expect(datalad.panel.getByTitle(/^Branch .* \(hidemissing\)$/)).toBeVisible();
  });

  for (const theme of ['light', 'dark'] as const) {
    await test.step(`in 250 px, ${theme}`, async () => {
      await (theme === 'dark' ? page.theme.setDarkTheme() : page.theme.setLightTheme());
      await page.sidebar.setWidth(250, 'right');
      expect(await findings()).toEqual([]);
      expect(await datalad.panel.evaluate(node => node.scrollWidth - node.clientWidth)).toBe(0);
    });
  }

  await test.step('a name from right to left keeps its number, and the size stands where it does in other rows', async () => {
    const right = async (name: string): Promise<number> => {
      const box = await list.getByRole('listitem').filter({ hasText: name }).locator('.jp-Datalad-number').boundingBox();
      return Math.round((box?.x ?? 0) + (box?.width ?? 0));
    };
    expect(await right('שלום')).toBe(await right('absent.bin'));
  });

  await test.step('got: in the file browser, and gone from the list', async () => {
    await list.getByRole('button', { name: 'Get absent.bin' }).click();
    await datalad.expectHere('yes', 'absent.bin');
    await expect(list.getByRole('listitem')).toHaveCount(2);
    await expect(list.getByText('absent.bin')).toHaveCount(0);
  });

  await test.step('in folders that are not there at all', async () => {
    await list.getByRole('button', { name: 'data', exact: true }).click();
    await list.getByRole('button', { name: 'deep', exact: true }).click();
    await expect(list.getByRole('listitem')).toHaveCount(2);
    await list.getByRole('button', { name: 'Get one.bin' }).click();
    await expect(list.getByRole('listitem')).toHaveCount(1);
    await datalad
      .section('Data')
      .getByRole('button', { name: /^Up to .*hiding\/data$/ })
      .click();
    await datalad
      .section('Data')
      .getByRole('button', { name: /^Up to/ })
      .click();
    await datalad.expectHere('partly', 'data');
    expect(await terminal.run('git', ['annex', 'find', '--in=here', '--format=${file}\\n'], 'hiding')).toContain(
      'data/deep/one.bin'
    );
    expect(await findings()).toEqual([]);
  });
});
