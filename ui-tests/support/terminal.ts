import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { environmentOf, type Variant } from './variants';

const run = promisify(execFile);

/** What a user does beside JupyterLab, in the same home and with the same tools. */
export class Terminal {
  constructor(
    private readonly options: {
      variant: Variant;
      home: string;
      /** Where commands run, when they name no other place. */
      folder: string;
    }
  ) {}

  /** Runs a command below the folder and answers what it printed, without the last line break. */
  async run(command: string, args: readonly string[], folder = ''): Promise<string> {
    const { variant, home } = this.options;
    const { stdout } = await run(command, [...args], {
      cwd: join(this.options.folder, folder),
      env: {
        HOME: home,
        LANG: 'C.UTF-8',
        PATH: [join(environmentOf(variant), 'bin'), process.env.DATALAD_TEST_PATH ?? '/usr/local/bin:/usr/bin:/bin'].join(
          delimiter
        )
      },
      maxBuffer: 2 ** 24
    });
    return stdout.replace(/\n$/, '');
  }

  /** Git in the study. */
  git(...args: string[]): Promise<string> {
    return this.run('git', args, 'study');
  }

  annex(...args: string[]): Promise<string> {
    return this.git('annex', ...args);
  }

  /** Slows transfers from a sibling down to so many bytes a second. */
  async throttle(sibling: string, bytes: number): Promise<void> {
    await this.git('config', `remote.${sibling}.annex-bwlimit`, String(bytes));
    await this.git('config', 'annex.stalldetection', 'false');
  }

  async unthrottle(sibling: string): Promise<void> {
    await this.git('config', '--unset', `remote.${sibling}.annex-bwlimit`);
  }
}

/** A hash of a file's content, through links. */
export async function contentHash(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

/** Names of the processes that work below a folder. */
export async function processesIn(folder: string): Promise<string[]> {
  const ids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const names = await Promise.all(
    ids.map(async id => {
      // Processes end while they are looked at, and those of others cannot be looked at.
      const place = await readlink(`/proc/${id}/cwd`).catch(() => '');
      const command = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
      return place === folder || place.startsWith(`${folder}/`) ? command.replaceAll('\0', ' ').trim() : '';
    })
  );
  return names.filter(name => name !== '');
}

/** Ids of the processes whose command line holds this text. */
export async function processesWith(text: string): Promise<number[]> {
  const ids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const lines = await Promise.all(ids.map(id => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return ids.filter((_, index) => lines[index]?.includes(text)).map(Number);
}
