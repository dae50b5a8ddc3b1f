import { join, resolve } from 'node:path';
import PQueue from 'p-queue';
import { fail, type Failure, FailureError } from '../../protocol/failure';
import { isUtf8 } from '../bytes';
import { fileStamp } from '../fileStamp';
import { type IRunResult, run } from '../process/run';
import { type GitClient, openClient } from './client';
import { type GitConfig, parseConfigWithOrigins } from './config';
import { explainGitIn } from './gitFailure';
import { LooseObjects } from './looseObjects';
import { browseCommand } from './profile';

/** Git processes of the read path at one time, for the whole server: more only wait for each other. */
const queue = new PQueue({ concurrency: 6 });
const TIMEOUT = 60_000;
/** Configuration may be included from files that are not watched. */
const CONFIG_AGE = 10_000;

interface IReadOptions {
  signal?: AbortSignal;
  input?: string | Uint8Array;
  /** Exit codes that are an answer, too; default only 0. */
  accept?: readonly number[];
  /** For commands that read the index, which may be long, without using it. */
  noIndex?: boolean;
  /** Bytes of output; more is a failure, unless it may be cut there. */
  maxOutput?: number;
  cutOutput?: boolean;
  /** Takes output as it comes; the answer is then empty. */
  take?(chunk: Buffer): void;
}

/** Runs git commands that read one repository and change nothing; see `profile.ts` for what makes them safe. */
export class GitReader {
  /** Objects that can be read without a start of git. */
  readonly loose: LooseObjects;
  private client: GitClient | undefined;
  private cached: { config: Promise<GitConfig>; stamp: string; at: number } | undefined;
  /** The files the configuration was read from last, and those it may be read from next. */
  private configFiles: string[];

  constructor(
    readonly root: string,
    private readonly env: Record<string, string>,
    /** The repository's common folder: its `config` tells when to read the configuration again. */
    private readonly commonDir: string
  ) {
    this.configFiles = this.usualConfigFiles();
    this.loose = new LooseObjects(commonDir);
  }

  /** What a short command about refs or commits says, without white space at its end; empty also where git says no without a word. */
  async say(args: readonly string[]): Promise<string> {
    this.requirePlace();
    try {
      this.client ??= openClient(this.root, this.env);
      return (await this.client.raw([...args])).trimEnd();
    } catch (error) {
      throw new FailureError(await explainGitIn(this.root, error instanceof Error ? error.message : String(error)));
    }
  }

  /** Standard output of a command that looks at objects, refs or the index only. */
  async read(args: readonly string[], options: IReadOptions = {}): Promise<Buffer> {
    return (await this.start(args, options)).stdout;
  }

  /** The same for a command that compares with the work tree: all configured filters are switched off for it. */
  async readWorkTree(args: readonly string[], options: IReadOptions = {}): Promise<Buffer> {
    const filters = (await this.config()).subsections('filter');
    return (await this.start(args, options, filters)).stdout;
  }

  /** Like `read`, but null where git ends with one of the codes in `none`. */
  async readOr(none: readonly number[], args: readonly string[], options: IReadOptions = {}): Promise<Buffer | null> {
    const { stdout, code } = await this.start(args, { ...options, accept: [0, ...none] });
    return code === 0 ? stdout : null;
  }

  /** Standard output with what git remarks beside it; null where it ends with one of the codes in `none`. */
  async readWithWords(
    none: readonly number[],
    args: readonly string[],
    options: IReadOptions = {}
  ): Promise<{ output: Buffer; words: string } | null> {
    const { stdout, stderr, code } = await this.start(args, { ...options, accept: [0, ...none] });
    return code === 0 ? { output: stdout, words: stderr } : null;
  }

  /** What a command printed, also when it gave up in the middle; then with the reason. Fails where it printed nothing at all. */
  async readPart(
    args: readonly string[],
    options: IReadOptions = {}
  ): Promise<{ output: Buffer; failure?: Failure; cut?: true }> {
    const { stdout, stderr, code, cut } = await this.start(args, { ...options, accept: [0, 128] });
    if (code === 0) {
      return { output: stdout, ...(cut === true ? { cut } : {}) };
    }
    const failure = await explainGitIn(this.root, stderr);
    if (stdout.length === 0) {
      throw new FailureError(failure);
    }
    return { output: stdout, failure };
  }

  /**
   * The whole configuration as git sees it in this repository; read again when one of its files changed: a filter that was configured a
   * moment ago must not run because an older answer did not name it.
   */
  async config(): Promise<GitConfig> {
    const stamp = (await Promise.all(this.configFiles.map(fileStamp))).join();
    if (this.cached?.stamp !== stamp || Date.now() - this.cached.at > CONFIG_AGE) {
      const config = this.readConfig();
      this.cached = { config, stamp, at: Date.now() };
      config.catch(() => (this.cached = undefined));
    }
    return await this.cached.config;
  }

  /** Whether objects may be missing that git would fetch from a remote when they are asked for. */
  async isPartial(): Promise<boolean> {
    const config = await this.config();
    return (
      config.get('extensions.partialclone') !== undefined ||
      config.subsections('remote').some(name => config.flag(`remote.${name}.promisor`))
    );
  }

  private async readConfig(): Promise<GitConfig> {
    const { config, files } = parseConfigWithOrigins(await this.read(['config', '--list', '--show-origin', '-z']));
    this.configFiles = [...new Set([...this.usualConfigFiles(), ...files.map(file => resolve(this.root, file))])];
    return config;
  }

  /** Where git usually looks; a file that only its answer names has the configuration read a second time. */
  private usualConfigFiles(): string[] {
    const { HOME = '', XDG_CONFIG_HOME, GIT_CONFIG_GLOBAL, GIT_CONFIG_SYSTEM = '/etc/gitconfig' } = this.env;
    return [
      ...['config', 'config.worktree'].map(name => join(this.commonDir, name)),
      ...(GIT_CONFIG_GLOBAL === undefined
        ? [join(XDG_CONFIG_HOME || join(HOME, '.config'), 'git', 'config'), join(HOME, '.gitconfig')]
        : [GIT_CONFIG_GLOBAL]),
      GIT_CONFIG_SYSTEM
    ].map(file => resolve(this.root, file));
  }

  /** No program can be started in such a folder; not before it is needed, so that the folder around can be listed. */
  private requirePlace(): void {
    if (!isUtf8(this.root)) {
      fail('unsafe-name', 'The name of this dataset or of a folder around it is no valid UTF-8.', {
        hint: 'Rename the folder in a terminal.'
      });
    }
  }

  private async start(args: readonly string[], options: IReadOptions, filters?: readonly string[]): Promise<IRunResult> {
    this.requirePlace();
    const command = browseCommand(args, { root: this.root, env: this.env, filters });
    const { signal, input, accept = [0], noIndex = false, maxOutput, cutOutput, take } = options;
    const env = noIndex ? { ...command.env, GIT_INDEX_FILE: join(this.commonDir, 'no-index') } : command.env;
    // Only to look at work trees git starts itself, in those of submodules.
    const limits = { timeout: TIMEOUT, signal, maxOutput, cutOutput, childless: filters === undefined };
    const result = await queue.add(() => run('git', command.args, { cwd: this.root, env, input, take, ...limits }));
    if (result.code === null || !accept.includes(result.code)) {
      throw new FailureError(await explainGitIn(this.root, result.stderr));
    }
    return result;
  }
}
