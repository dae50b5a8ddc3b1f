import type { Stats } from 'node:fs';
import { lstat, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Destination, LargefilesRule } from '../../../protocol/destination';
import { matches } from '../../annex/largefiles/evaluate';
import { looksInside, parseExpression } from '../../annex/largefiles/expression';
import { ENCODING_WINDOW, encodingOf } from '../../annex/largefiles/textEncoding';
import { keyOfLink } from '../../annex/pointer';
import { decodePath, fsPath } from '../../bytes';
import type { IRawChange } from '../../git/rawDiff';
import { mapLimited } from '../../mapLimited';
import { openRegular } from '../../regularFile';
import { readStaged } from '../changes';
import type { Repository } from '../repository';
import { readRules, usesAnnex } from './rules';

/** Where one file would go; `path` is relative to the dataset. */
export type FileDestination = Pick<Destination, 'to' | 'because' | 'rule' | 'bytes'> & { path: string };
type Verdict = Pick<Destination, 'to' | 'because' | 'rule'>;

/**
 * Where a save would put files as they are now, by what DataLad and git-annex do (measured in `tests/integration/destinations.spec.ts`):
 * what is new or modified goes by the rules alone, wherever its last version was kept. Paths at which there is no file, nor a link, are
 * missing from the answer. It starts neither DataLad nor git-annex.
 */
export async function destinationsOf(
  repository: Repository,
  paths: readonly string[],
  signal: AbortSignal
): Promise<FileDestination[]> {
  const looked = await mapLimited(paths, 16, async path => {
    const stats = await lstat(fsPath(join(repository.root, path))).catch(() => null);
    return stats?.isFile() === true || stats?.isSymbolicLink() === true ? { path, stats } : null;
  });
  const files = looked.filter(file => file !== null);
  if (files.length === 0) {
    return [];
  }
  const annex = await usesAnnex(repository);
  const asked = files.map(({ path }) => path);
  const [rules, staged] = annex
    ? await Promise.all([readRules(repository, asked, signal), stagedOf(repository, signal)])
    : [new Map<string, LargefilesRule>(), new Map<string, IRawChange>()];
  const judge = new Judge(repository, signal);
  return await mapLimited(files, 16, async ({ path, stats }) => ({
    path,
    ...(annex ? await judge.file({ path, stats, rule: rules.get(path), staged: staged.get(path) }) : NO_ANNEX),
    bytes: stats.size
  }));
}

const NO_ANNEX: Verdict = { to: 'git', because: 'no-annex' };

async function stagedOf(repository: Repository, signal: AbortSignal): Promise<Map<string, IRawChange>> {
  const changes = await readStaged(repository, [], signal);
  return new Map(changes.filter(({ status }) => status !== 'D').map(change => [change.path, change]));
}

interface IFile {
  path: string;
  stats: Stats;
  rule: LargefilesRule | undefined;
  staged: IRawChange | undefined;
}

class Judge {
  constructor(
    private readonly repository: Repository,
    private readonly signal: AbortSignal
  ) {}

  async file(file: IFile): Promise<Verdict> {
    const { path, stats, staged } = file;
    if (stats.isSymbolicLink()) {
      const target = decodePath(await readlink(fsPath(join(this.repository.root, path)), { encoding: 'buffer' }));
      return keyOfLink(target) === null ? { to: 'git', because: 'link' } : { to: 'annex', because: 'annexed' };
    }
    const pointer = await this.repository.contents.pointerOnDisk(path, stats.size).catch(() => null);
    if (pointer !== null) {
      return { to: 'annex', because: 'annexed' };
    }
    if (staged === undefined) {
      return await this.byRule(file);
    }
    const now = await this.stagedAs(staged);
    if (!(await this.isEdited(file, staged))) {
      return { to: now, because: 'staged' };
    }
    const ruled = await this.byRule(file);
    // A file that was never committed stays what it was staged as, or not, as git's filters are set up.
    return staged.status !== 'A' || ruled.to === now ? ruled : { ...ruled, to: 'unknown', because: 'undecided' };
  }

  private async stagedAs({ newMode: mode, newOid: oid }: IRawChange): Promise<'git' | 'annex'> {
    return (await this.repository.keys.read({ mode, oid }, this.signal)) === null ? 'git' : 'annex';
  }

  /** Whether the file is another one than the index has. */
  private async isEdited({ path, stats }: IFile, { newMode: mode, newOid: oid }: IRawChange): Promise<boolean> {
    const executable = (stats.mode & 0o100) !== 0;
    return (mode === '100755') !== executable || (await this.repository.contents.differs(path, { mode, oid }, this.signal));
  }

  private async byRule({ path, stats, rule }: IFile): Promise<Verdict> {
    return await ruledBy(this.repository, { path, bytes: stats.size, content: join(this.repository.root, path), rule });
  }
}

interface IRuled {
  path: string;
  bytes: number;
  /** Where its content lies; null where it is not here. */
  content: string | null;
  rule: LargefilesRule | undefined;
}

/** Where a rule puts a file that is new or modified. */
export async function ruledBy(repository: Repository, { path, bytes, content, rule }: IRuled): Promise<Verdict> {
  if (rule === undefined) {
    return { to: 'annex', because: 'no-rule' };
  }
  const parsed = parseExpression(rule.expression);
  if ('bad' in parsed) {
    return { to: 'unknown', because: 'bad-rule', rule };
  }
  const facts = { path, bytes, encoding: null };
  let matched = matches(parsed.expression, facts);
  if (matched === null && looksInside(parsed.expression)) {
    const start = content === null ? null : await readStart(content);
    if (start === null) {
      return { to: 'unknown', because: 'unreadable', rule };
    }
    matched = matches(parsed.expression, { ...facts, encoding: encodingOf(start) });
  }
  if (matched === null) {
    return { to: 'unknown', because: rule.expression.includes('mimetype=') ? 'mime-type' : 'undecided', rule };
  }
  return matched || !(await leavesSmallFiles(repository))
    ? { to: matched ? 'annex' : 'git', because: 'rule', rule }
    : { to: 'unknown', because: 'undecided', rule };
}

/** A rare setting: git-annex then does not add what is not for the annex. */
async function leavesSmallFiles({ git }: Repository): Promise<boolean> {
  const config = await git.config();
  return config.get('annex.addsmallfiles') !== undefined && !config.flag('annex.addsmallfiles');
}

async function readStart(path: string): Promise<Buffer | null> {
  const opened = await openRegular(path);
  if (opened === null) {
    return null;
  }
  try {
    const { buffer, bytesRead } = await opened.file.read(Buffer.alloc(ENCODING_WINDOW), 0, ENCODING_WINDOW, 0);
    return buffer.subarray(0, bytesRead);
  } catch {
    return null;
  } finally {
    await opened.file.close();
  }
}
