import { defineConfig } from '@playwright/test';
import type { IVariantOptions } from './support/variants';

/** Each variant is an environment with the wheel; all tests run on the newest JupyterLab, those tagged @smoke on each. */
export default defineConfig<IVariantOptions>({
  testDir: 'tests',
  globalSetup: './support/template.ts',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // Each worker has a JupyterLab of its own, which two cores serve one at a time; a retry would hide that something is not sure to work.
  workers: Number(process.env.DATALAD_TEST_WORKERS ?? 1),
  retries: 0,
  forbidOnly: true,
  reportSlowTests: null,
  reporter: 'list',
  projects: [
    { name: 'lab', use: { variant: 'lab' } },
    { name: 'lowest', grep: /@smoke/, use: { variant: 'lowest' } },
    { name: 'notebook', grep: /@smoke/, use: { variant: 'notebook' } },
    { name: 'collaboration', grep: /@smoke/, use: { variant: 'collaboration' } }
  ],
  use: {
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    actionTimeout: 30_000,
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync'
      ]
    }
  }
});
