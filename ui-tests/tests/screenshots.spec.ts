import { join, resolve } from 'node:path';
import type { Locator } from '@playwright/test';
import { DataladPage } from '../support/dataladPage';
import { expect, test } from '../support/fixtures';
import { Jupyter } from '../support/jupyter';
import { copyTemplate } from '../support/template';
import { Terminal } from '../support/terminal';

const PICTURES = resolve(__dirname, '../../docs/images');
const MOVIE = 'movie with spaces – é.mp4';
const ONLY = 'only here.dat';

// Pictures of the README, drawn anew when asked for: UPDATE_SCREENSHOTS=1.
if (process.env.UPDATE_SCREENSHOTS) {
  test('pictures of the README', async ({ page, variant }) => {
    test.setTimeout(300_000);
    // A server of its own, so that the paths in the pictures are short.
    const jupyter = await Jupyter.start({ variant });
    try {
      await copyTemplate(jupyter.root);
      const terminal = new Terminal({ variant, home: jupyter.home, folder: jupyter.root });
      await terminal.run('sh', ['-c', `head -c 50000 /dev/urandom > '${ONLY}'`], 'study');
      await terminal.annex('add', '--force-large', ONLY);
      await terminal.git('commit', '-q', '-m', 'Measured here', '--', ONLY);

      await page.setViewportSize({ width: 1100, height: 560 });
      await page.goto(`${jupyter.url}/lab`);
      const datalad = new DataladPage(page);
      const picture = async (name: string, part?: Locator): Promise<void> => {
        const options = { path: join(PICTURES, `${name}.png`), animations: 'disabled', caret: 'hide' } as const;
        await (part === undefined ? page.screenshot(options) : part.screenshot(options));
      };

      await datalad.goTo('notes');
      await datalad.openPanel();
      await page.sidebar.setWidth(340, 'right');
      await expect(datalad.panel.getByRole('button', { name: 'Create a dataset here' })).toBeVisible();
      await picture('empty', datalad.panel);

      await datalad.goTo('study');
      await datalad.execute('filebrowser:toggle-file-size');
      await page.sidebar.setWidth(430, 'left');
      await datalad.expectHere('partly', 'data', 'stimuli');
      await expect(datalad.sizeOf('stimuli')).toContainText('/');
      await datalad.row(MOVIE).click();
      await picture('file-browser');
      await datalad.openSubmenu(MOVIE);
      await picture('context-menu');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');

      await datalad.message.fill('Note which sessions are noisy');
      await datalad.section('Changes').getByRole('checkbox', { name: 'figures/draft.png' }).uncheck();
      await datalad.unfold('Data');
      await picture('panel-changes', datalad.panel);
      await datalad.message.fill('');
      await datalad.heading('Data').click();

      await terminal.throttle('origin', 600_000);
      const got = datalad.execute('datalad:get', { paths: [`study/${MOVIE}`] });
      await expect(datalad.nameOf(MOVIE)).toHaveAttribute('aria-description', /coming, [3-9]\d %/);
      await picture('get-progress');
      await datalad.panel.getByRole('button', { name: 'Cancel', exact: true }).first().click();
      await got;
      await terminal.unthrottle('origin');

      await datalad.execute('datalad:drop', { paths: [`study/${ONLY}`] });
      await expect(datalad.problems).toContainText('stays here');
      await picture('refused-drop', datalad.panel);
      await datalad.problems.getByRole('button', { name: 'Dismiss' }).click();

      await page.theme.setDarkTheme();
      await datalad.execute('filebrowser:toggle-file-size');
      await page.setViewportSize({ width: 900, height: 640 });
      await page.sidebar.setWidth(250, 'left');
      await page.sidebar.setWidth(250, 'right');
      await picture('dark-250');
    } finally {
      await jupyter.stop();
    }
  });
}
