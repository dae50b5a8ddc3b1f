import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { environmentOf } from './variants';

const run = promisify(execFile);

/**
 * Makes the demo workspace once, with real DataLad; each test works in a copy. The copies get content from the originals in
 * here, so it stays until the last test has ended.
 */
export default async function makeTemplate(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'datalad-template-'));
  const python = join(environmentOf('lab'), 'bin', 'python');
  await run(python, [resolve(__dirname, '../../scripts/demo.py'), folder], { maxBuffer: 2 ** 24 });
  process.env.DATALAD_TEST_TEMPLATE = folder;
  return () => removeFolder(folder);
}

/**
 * Removes a folder with datasets. git-annex takes the right to write from its folders, and so to delete what is in them. JupyterLab may
 * be about to write a checkpoint of what a test has opened last: then it is tried again.
 */
export async function removeFolder(folder: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await run('chmod', ['-R', 'u+w', folder]);
      await rm(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (attempt === 20) {
        throw error;
      }
      await pause(100);
    }
  }
}

/** The folder the copies get their content from. */
export function originFolder(): string {
  return join(templateFolder(), '.origin');
}

function templateFolder(): string {
  const template = process.env.DATALAD_TEST_TEMPLATE;
  if (!template) {
    throw new Error('There is no template to copy');
  }
  return template;
}

/** Copies of the datasets of the template, below `target`. */
export async function copyTemplate(target: string): Promise<void> {
  const template = templateFolder();
  await run('cp', ['-a', join(template, 'study'), join(template, 'notes'), target]);
}
