import { constants, createReadStream, createWriteStream } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, rename, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fail } from '../../../protocol/failure';
import { fsPath } from '../../bytes';
import { Repository } from '../../dataset/repository';
import { exists } from '../../exists';
import { parseEntries } from '../../git/config';
import { GITLINK, parseIndex } from '../../git/entry';
import type { AbsolutePath } from '../../paths';
import { run } from '../../process/run';
import { isLocalPath } from '../../datalad/sources';

/** Of the clone while it is made; no sibling can have this name. */
const SOURCE = 'datalad/original';
/** Content is never shared with the original by links, which a command could write through, and no log ever names this clone. */
const SETTINGS = { 'annex.private': 'true', 'annex.hardlink': 'false', 'annex.thin': 'false', 'datalad.clone.reckless': '' };
/** What decides on the names and places of what is made, and who makes it. */
const TAKEN = /^(?:user\.(?:name|email)|annex\.(?:backend|largefiles|addunlocked|dotfiles|gitaddtoannex)|datalad\.run\..*)$/u;
/** By which content is found. */
const OF_SIBLINGS = /^(?:remote\..*|annex\.security\..*|annex\.web-options|url\..*)$/su;
const NOBODY = { 'user.name': 'Verification', 'user.email': 'verification@localhost' };

export interface ICloneOptions {
  readonly env: Record<string, string>;
  /** It knows the siblings of the original, to get content from; otherwise it reaches nobody. */
  readonly siblings: boolean;
  readonly signal: AbortSignal;
}

/**
 * A clone of an installed dataset that leaves no trace in it: it is made by git from its files, and then knows nothing of where it came from.
 * Git-annex would note its transfers in the original, so content is put here by {@link Clone.place}.
 */
export class Clone {
  private constructor(
    readonly original: Repository,
    readonly repository: Repository,
    private readonly options: ICloneOptions
  ) {}

  /** Nothing is checked out. */
  static async make(original: Repository, root: AbsolutePath, options: ICloneOptions): Promise<Clone> {
    await mkdir(fsPath(dirname(root)), { recursive: true });
    const settings = Object.entries(SETTINGS).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
    const args = ['clone', '--quiet', '--no-checkout', '--local', '--template=', '--origin', SOURCE, ...settings];
    await git(dirname(root), [...args, '--', original.root, root], options);
    const clone = new Clone(original, await Repository.open(root, options.env), options);
    await clone.takeSettings();
    if ((await original.annexState()) === 'ready') {
      await clone.git(['annex', 'init', '--quiet', '--no-autoenable', 'verification']);
    }
    await clone.git(['remote', 'remove', SOURCE]);
    await (options.siblings ? clone.takeSiblings() : clone.git(['config', 'remote.web.annex-ignore', 'true']));
    return clone;
  }

  get root(): AbsolutePath {
    return this.repository.root;
  }

  /** What git says; fails with its words where it ends with another code than 0. */
  git(args: readonly string[], input?: string): Promise<Buffer> {
    return git(this.root, args, this.options, input);
  }

  /** The id of a commit or other object. */
  async idOf(name: string): Promise<string> {
    return (await this.git(['rev-parse', '--verify', '--quiet', name])).toString().trim();
  }

  /** Has just what a commit has; whatever else is there goes. */
  async checkOut(commit: string): Promise<void> {
    await this.git(['checkout', '--quiet', '--force', '--detach', commit]);
    await this.git(['clean', '--quiet', '-ffdx']);
    const links = parseIndex(await this.git(['ls-files', '-s', '-z'])).filter(({ mode }) => mode === GITLINK);
    for (const { path } of links) {
      await mkdir(fsPath(join(this.root, path)), { recursive: true });
    }
  }

  /** Puts content of the original where git-annex looks for it; false where it is not there either. */
  async place(key: string): Promise<boolean> {
    const { signal } = this.options;
    const [target] = this.repository.store.places(key);
    if (await this.repository.store.has(key)) {
      return true;
    }
    const source = await this.original.store.find(key);
    if (source === null) {
      return false;
    }
    await mkdir(fsPath(dirname(target)), { recursive: true });
    const part = `${target}.part`;
    try {
      await copyFile(fsPath(source), fsPath(part), constants.COPYFILE_FICLONE_FORCE);
    } catch {
      // Only some file systems can share content; a copy can be cancelled.
      await unlink(fsPath(part)).catch(() => undefined);
      await pipeline(createReadStream(fsPath(source)), createWriteStream(fsPath(part)), { signal });
    }
    await chmod(fsPath(part), 0o444);
    await rename(fsPath(part), fsPath(target));
    return true;
  }

  /** Writes unlocked files anew whose content has come. */
  async fill(paths: readonly string[]): Promise<void> {
    if (paths.length > 0) {
      await Promise.all(paths.map(path => unlink(fsPath(join(this.root, path))).catch(() => undefined)));
      await this.git(['checkout-index', '--quiet', '-z', '--stdin'], paths.join('\0'));
    }
  }

  private async takeSettings(): Promise<void> {
    const own = (await this.settingsOf()).filter(([key]) => TAKEN.test(key));
    for (const [key, value] of own) {
      await this.git(['config', '--add', key, value]);
    }
    const known = parseEntries(await git(this.root, ['config', '-z', '--get-regexp', '^user\\.'], { ...this.options, none: 1 }));
    for (const [key, value] of Object.entries(NOBODY)) {
      if (!known.some(([name, given]) => name === key && given !== '')) {
        await this.git(['config', key, value]);
      }
    }
  }

  /** What was looked at in the original when the job began; none of them is ever written to. */
  private async takeSiblings(): Promise<void> {
    const settings = (await this.settingsOf()).filter(([key]) => OF_SIBLINGS.test(key));
    for (const [key, value] of settings) {
      const isUrl = /^remote\..*\.(?:url|annexurl)$/su.test(key);
      const local = isUrl && isLocalPath(value) && !value.startsWith('~');
      await this.git(['config', '--add', key, local ? resolve(this.original.root, value) : value]);
    }
    const names = new Set(settings.flatMap(([key]) => /^remote\.(.*)\.[^.]+$/su.exec(key)?.[1] ?? []));
    for (const name of names) {
      await this.git(['config', `remote.${name}.annex-readonly`, 'true']);
    }
    await this.takeCredentials();
  }

  /** Those that git-annex keeps of special remotes. */
  private async takeCredentials(): Promise<void> {
    const [from, to] = [this.original, this.repository].map(({ folder }) => join(folder.commonDir, 'annex', 'creds')) as [
      string,
      string
    ];
    const names = await readdir(fsPath(from)).catch(() => []);
    for (const name of names.map(String)) {
      await mkdir(fsPath(to), { recursive: true, mode: 0o700 });
      await copyFile(fsPath(join(from, name)), fsPath(join(to, name)));
      await chmod(fsPath(join(to, name)), 0o600);
    }
  }

  private async settingsOf(): Promise<(readonly [key: string, value: string])[]> {
    return parseEntries(await git(this.original.root, ['config', '--local', '--includes', '-z', '--list'], this.options));
  }
}

async function git(
  cwd: string,
  args: readonly string[],
  { env, signal, none }: Pick<ICloneOptions, 'env' | 'signal'> & { none?: number },
  input?: string
): Promise<Buffer> {
  const place = { ...env, GIT_LITERAL_PATHSPECS: '1', GIT_CEILING_DIRECTORIES: dirname(cwd) };
  const { stdout, stderr, code } = await run('git', args, { cwd, env: place, signal, ...(input === undefined ? {} : { input }) });
  return code === 0 || code === none
    ? stdout
    : fail('clone-failed', 'The throw-away clone could not be made.', { detail: `git ${args.join(' ')}\n${stderr}` });
}

/** Whether something is installed at a place. */
export function isInstalled(root: string): boolean {
  return exists(join(root, '.git'));
}
