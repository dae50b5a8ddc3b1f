import type { CommitId } from '../../../protocol/revision';
import type { IBlob } from '../../annex/keys';
import type { GitReader } from '../../git/reader';
import { splitZero } from '../../git/split';

/** A file as a run left it. */
export interface IOutput extends IBlob {
  /** Relative to the dataset. */
  readonly path: string;
}

/** The files that a run made or changed. */
export interface IOutputs {
  readonly files: readonly IOutput[];
  /** There are more of them. */
  readonly cut: boolean;
}

/** More files of one run are not told. */
const MOST_FILES = 20_000;
const CHUNK = 500;
const MOST_OUTPUT = 128 * 1024 * 1024;

/** What runs changed against their first parents, which is all that a command did that made commits itself; deleted files are left out. */
export async function readOutputs(
  git: GitReader,
  commits: readonly CommitId[],
  signal: AbortSignal
): Promise<Map<CommitId, IOutputs>> {
  const found = new Map<CommitId, IOutputs>();
  const args = ['diff-tree', '--stdin', '-r', '--root', '-m', '--first-parent', '--diff-merges=first-parent', '--raw', '-z'];
  for (let at = 0; at < commits.length; at += CHUNK) {
    const input = commits
      .slice(at, at + CHUNK)
      .map(commit => `${commit}\n`)
      .join('');
    const options = { signal, input, noIndex: true, maxOutput: MOST_OUTPUT, cutOutput: true };
    const output = await git.read([...args, '--no-renames', '--no-ext-diff', '--ignore-submodules=none'], options);
    parseOutputs(output).forEach((files, commit) =>
      found.set(commit, { files: files.slice(0, MOST_FILES), cut: files.length > MOST_FILES })
    );
    for (const commit of commits.slice(at, at + CHUNK)) {
      if (!found.has(commit)) {
        // Nothing was changed, or there was too much before.
        found.set(commit, { files: [], cut: output.length > 0 && output.at(-1) !== 0 });
      }
    }
  }
  return found;
}

const COMMIT = /^([0-9a-f]{40,64})$/u;
const CHANGE = /^:\d{6} (\d{6}) [0-9a-f]+ ([0-9a-f]+) ([ADMT])/u;

/** Reads `git diff-tree --stdin --raw -z`: the id of a commit, then its changes, each followed by a path. */
export function parseOutputs(output: Uint8Array): Map<CommitId, IOutput[]> {
  const found = new Map<CommitId, IOutput[]>();
  const fields = splitZero(output);
  let files: IOutput[] = [];
  for (let at = 0; at < fields.length; at++) {
    const field = fields[at] ?? '';
    const [, mode = '', oid = '', status] = CHANGE.exec(field) ?? [];
    if (status === undefined) {
      files = [];
      found.set((COMMIT.exec(field.trim())?.[1] ?? '') as CommitId, files);
    } else {
      // The path behind it may look like anything.
      const path = fields[++at];
      if (status !== 'D' && path !== undefined) {
        files.push({ mode, oid, path });
      }
    }
  }
  return found;
}
