import { run } from '../../src/server/process/run';
import type { Workspace } from './workspace';

/** A commit for {@link importHistory}; other commits are called by their places in the list. */
export interface IMadeCommit {
  parents: readonly number[];
  /** Seconds; by default a minute after the one before. */
  time?: number;
  message?: string | Buffer;
  author?: string | Buffer;
  /** Contents by path; null deletes. */
  files?: Readonly<Record<string, string | null>>;
}

const START = 1_700_000_000;

/** Makes a repository with the given commits at once; `main` is the last of them. */
export async function importHistory(workspace: Workspace, path: string, commits: readonly IMadeCommit[]): Promise<string> {
  const folder = workspace.path(path);
  await workspace.git(['init', '-q', folder]);
  const { code, stderr } = await run('git', ['fast-import', '--quiet', '--force'], {
    cwd: folder,
    env: workspace.env,
    timeout: 100_000,
    input: Buffer.concat(commits.flatMap(writeCommit))
  });
  if (code !== 0) {
    throw new Error(`git fast-import ended with ${code}\n${stderr}`);
  }
  await workspace.git(['reset', '-q', '--hard', 'main'], folder);
  return folder;
}

function writeCommit(commit: IMadeCommit, index: number): Buffer[] {
  const { parents, time = START + index * 60, message = `Commit ${index}`, author = 'Ada', files = {} } = commit;
  const [first, ...others] = parents;
  const text = (...lines: string[]): Buffer => Buffer.from(lines.join(''));
  return [
    // Without a parent it is to begin anew, not to follow what the branch stands at.
    text(
      first === undefined && index > 0 ? 'reset refs/heads/main\n' : '',
      `commit refs/heads/main\nmark :${index + 1}\nauthor `
    ),
    Buffer.from(author as string),
    text(` <ada@example.org> ${time} +0100\n`, `committer Grace <grace@example.org> ${time} +0000\n`),
    ...data(message),
    text(first === undefined ? '' : `from :${first + 1}\n`, ...others.map(parent => `merge :${parent + 1}\n`)),
    ...Object.entries(files).flatMap(([name, content]) =>
      content === null ? [text(`D ${name}\n`)] : [text(`M 100644 inline ${name}\n`), ...data(content)]
    )
  ];
}

function data(content: string | Buffer): Buffer[] {
  const bytes = Buffer.from(content as string);
  return [Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')];
}
