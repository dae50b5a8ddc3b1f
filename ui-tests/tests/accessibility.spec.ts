import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';
import { originFolder } from '../support/template';

/** What axe finds in a part of the page, as short lines: empty when all is well. */
async function findings(page: Page, part: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary ?? ''}`)
  );
}

/** The rules that are broken in a part of the page. */
async function brokenRules(page: Page, part: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  return violations.map(({ id }) => id);
}

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in what is ours, ${theme}`, async ({ datalad, page, terminal, tmpPath }) => {
    const panel = '#datalad-panel';
    const dialog = '.jp-Dialog';
    if (theme === 'dark') {
      await page.theme.setDarkTheme();
    }
    await datalad.openFolder('notes');
    await datalad.openPanel();
    await test.step('no dataset', async () => expect(await findings(page, panel)).toEqual([]));
    const stock = await brokenRules(page, '.jp-DirListing-content');

    await datalad.goTo(`${tmpPath}/study`);
    await datalad.expectHere('no', 'movie with spaces – é.mp4');
    await test.step('rows break no rule that JupyterLab’s own rows keep', async () => {
      const ours = await brokenRules(page, '.jp-DirListing-content');
      expect(ours.filter(rule => !stock.includes(rule))).toEqual([]);
    });

    await test.step('the panel with everything open', async () => {
      await datalad.unfold('Changes');
      await datalad.unfold('Data');
      await terminal.git('commit', '-q', '-m', 'By hand', 'notes.txt');
      await datalad.unfold('Commands');
      await expect(
        datalad
          .section('Commands')
          .getByRole('button', { name: /in a terminal/ })
          .first()
      ).toBeVisible();
      expect(await findings(page, panel)).toEqual([]);
    });

    await test.step('a failure', async () => {
      await datalad.execute('datalad:drop', { paths: [`${tmpPath}/study/figures/draft.png`] });
      await expect(datalad.problems).toContainText('stays here');
      expect(await findings(page, panel)).toEqual([]);
    });

    if (theme === 'dark') {
      // Transfers and dialogs have the same colours again.
      return;
    }

    await test.step('a transfer', async () => {
      await terminal.throttle('origin', 100_000);
      const got = datalad.execute('datalad:get', { paths: [`${tmpPath}/study/movie with spaces – é.mp4`] });
      await expect(datalad.progress).toBeVisible();
      expect(await findings(page, panel)).toEqual([]);
      await datalad.panel.getByRole('button', { name: 'Cancel', exact: true }).first().click();
      await got;
    });

    const dialogs = {
      'datalad:get': { paths: [`${tmpPath}/study`], ask: true },
      'datalad:drop': { paths: [`${tmpPath}/study`], ask: true },
      'datalad:save': { dataset: `${tmpPath}/study` },
      'datalad:clone': { source: join(originFolder(), 'stimuli') },
      'datalad:create': {},
      'datalad:set-identity': {}
    };
    for (const [command, args] of Object.entries(dialogs)) {
      await test.step(command, async () => {
        const asked = datalad.execute(command, args);
        await expect(datalad.dialog).toBeVisible();
        expect(await findings(page, dialog)).toEqual([]);
        await datalad.decline();
        expect((await asked).status).toBe('cancelled');
      });
    }
  });
}
