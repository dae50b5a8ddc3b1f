import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { test as galata } from '@jupyterlab/galata';
import { DataladPage } from './dataladPage';
import { Jupyter } from './jupyter';
import { copyTemplate, removeFolder } from './template';
import { Terminal } from './terminal';
import type { IVariantOptions, Variant } from './variants';

export { expect } from '@jupyterlab/galata';

interface IWorkerFixtures {
  variant: Variant;
  /** The server this worker's tests share. */
  jupyter: Jupyter;
}

interface IFixtures {
  /** Absolute path of the folder the test works in: `study`, a clone with every kind of file, and `notes`, a plain folder. */
  workspace: string;
  datalad: DataladPage;
  /** What is done beside JupyterLab, in the workspace. */
  terminal: Terminal;
}

/** Galata's test, on a JupyterLab of the wheel's environment and with real datasets in the folder it opens. */
export const test = galata.extend<IFixtures, IWorkerFixtures & IVariantOptions>({
  variant: ['lab', { option: true, scope: 'worker' }],

  jupyter: [
    async ({ variant }, use) => {
      const jupyter = await Jupyter.start({ variant });
      await use(jupyter);
      await jupyter.stop();
    },
    { scope: 'worker', timeout: 120_000 }
  ],

  baseURL: async ({ jupyter }, use) => use(jupyter.url),

  appPath: async ({ variant }, use) => use(variant === 'notebook' ? '' : '/lab'),
  // Galata's own waits for a launcher, which Notebook's file browser has not, and no longer than 15 seconds.
  waitForApplication: async ({}, use) =>
    use(async page => {
      await page.locator('#jupyterlab-splash').waitFor({ state: 'detached', timeout: 60_000 });
      await page.locator('.jp-DirListing-content').waitFor({ timeout: 60_000 });
    }),

  tmpPath: async ({ jupyter }, use, testInfo) => {
    const name = basename(testInfo.outputDir);
    const folder = join(jupyter.root, name);
    await mkdir(folder);
    await copyTemplate(folder);
    await use(name);
    await removeFolder(folder);
  },

  workspace: async ({ jupyter, tmpPath }, use) => use(join(jupyter.root, tmpPath)),

  datalad: async ({ page }, use) => use(new DataladPage(page)),

  terminal: async ({ jupyter, variant, workspace }, use) => use(new Terminal({ variant, home: jupyter.home, folder: workspace }))
});
