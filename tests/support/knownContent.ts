import { createHash } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { KillTally } from './killTally';
import type { Workspace } from './workspace';

/** What the files of the clone `ds` and of its source hold, and the proof that none of it is lost. */
export class KnownContent {
  private readonly hashes = new Map<string, string>();

  constructor(
    private readonly workspace: Workspace,
    private readonly tally: KillTally
  ) {}

  add(name: string, content: Uint8Array): void {
    this.hashes.set(name, hashOf(content));
  }

  /** Right after a kill: git finds nothing damaged, and every content is in at least one of the clones. */
  async check(what: string): Promise<void> {
    const ds = this.workspace.path('ds');
    await this.attempt(what, () => this.workspace.git(['fsck', '--no-dangling', '--no-progress'], ds));
    for (const [name, hash] of this.hashes) {
      const places = [join(ds, name), join(this.workspace.sources, 'ds', name)];
      const contents = await Promise.all(places.map(contentOf));
      if (!contents.some(content => content !== null && hashOf(content) === hash)) {
        this.tally.counts.lost += 1;
        this.tally.problems.push(`${what}: ${name} is lost`);
      }
    }
    this.tally.counts.wrongLogs += await this.wrongLogs();
  }

  /** Files whose content is not where the location log of this clone has it. */
  private async wrongLogs(): Promise<number> {
    const ds = this.workspace.path('ds');
    const uuid = (await this.workspace.git(['config', 'annex.uuid'], ds)).trim();
    const records = await this.workspace.records('git', ['annex', 'whereis', '--json', 'data'], ds).catch(() => []);
    let wrong = 0;
    for (const { file, whereis } of records) {
      const noted = JSON.stringify(whereis).includes(uuid);
      wrong += noted !== ((await contentOf(join(ds, String(file)))) !== null) ? 1 : 0;
    }
    return wrong;
  }

  /** After cure and retry: what was wanted is there, git and git-annex find nothing wrong. */
  async checkEnd(what: string, { got, cloned }: { got: boolean; cloned: string | undefined }): Promise<void> {
    const ds = this.workspace.path('ds');
    const folder = cloned === undefined ? ds : this.workspace.path(cloned);
    await this.attempt(what, () => this.workspace.git(['fsck', '--no-dangling', '--no-progress'], folder));
    await this.attempt(what, () => this.workspace.annex(['fsck', '--quiet'], folder));
    const dirty = await this.workspace.git(['status', '--porcelain'], folder);
    if (dirty !== '') {
      this.tally.problems.push(`${what}: not clean at the end: ${dirty}`);
    }
    for (const [name, hash] of this.hashes) {
      const content = await contentOf(join(ds, name));
      const wanted = got || name.startsWith('new-');
      if (content === null ? wanted : hashOf(content) !== hash) {
        this.tally.problems.push(`${what}: ${name} is not what it should be at the end`);
      }
    }
  }

  private async attempt(what: string, check: () => Promise<unknown>): Promise<void> {
    try {
      await check();
    } catch (error) {
      this.tally.counts.damaged += 1;
      this.tally.problems.push(`${what}: ${String(error)}`);
    }
  }
}

function hashOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The content of a file, behind its link; null where it is not here. */
async function contentOf(path: string): Promise<Buffer | null> {
  return await realpath(path).then(
    real => readFile(real),
    () => null
  );
}
