import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { isAutomatic, type Messages } from '../../protocol/messages';
import { CommitId } from '../../protocol/revision';
import { displayName } from '../bytes';
import { readRefs } from '../git/refs';
import { splitZero } from '../git/split';
import { isWithin } from '../nesting';
import { readRegular } from '../regularFile';
import type { Repository } from './repository';

/** Commits that are looked at, and messages that are offered. */
const COMMITS = 200;
const OFFERED = 20;
/** Exit code of git when HEAD names no commit yet. */
const UNBORN = 128;
const LONGEST_TEMPLATE = 10_000;

interface ICommit {
  commit: CommitId;
  merge: boolean;
  author: string;
  message: string;
}

/** The messages of the last saves, what an amended one would replace, and git's template. */
export async function readMessages(repository: Repository, signal?: AbortSignal): Promise<Messages> {
  const args = [
    'log',
    '-z',
    '-n',
    String(COMMITS),
    '--encoding=UTF-8',
    '--no-color',
    '--no-notes',
    '--format=%H%n%P%n%an%n%B',
    'HEAD'
  ];
  const [output, template] = await Promise.all([repository.git.readOr([UNBORN], args, { signal }), readTemplate(repository)]);
  const commits = output === null ? [] : parseCommits(output);
  const written = commits.filter(({ merge, message }) => !merge && message !== '' && !isAutomatic(message));
  const [last] = commits;
  return {
    recent: [...new Set(written.map(({ message }) => message))].slice(0, OFFERED),
    last:
      last === undefined
        ? null
        : {
            commit: last.commit,
            message: last.message,
            author: last.author,
            published: await publishedAt(repository, last.commit)
          },
    ...(template === null ? {} : { template })
  };
}

/** Reads `git log -z --format=%H%n%P%n%an%n%B`. */
export function parseCommits(output: Uint8Array): ICommit[] {
  return splitZero(output).flatMap(field => {
    const [id, parents = '', author = '', ...body] = field.split('\n');
    const { success, output: commit } = v.safeParse(CommitId, id);
    return success
      ? [{ commit, merge: parents.includes(' '), author: displayName(author), message: displayName(body.join('\n').trim()) }]
      : [];
  });
}

/** Names of siblings whose branches hold a commit. */
export async function publishedAt({ git }: Pick<Repository, 'git'>, commit: string): Promise<string[]> {
  const config = await git.config();
  const refs = [...(await readRefs(git, [`--contains=${commit}`, 'refs/remotes'])).keys()];
  return config.subsections('remote').filter(name => refs.some(ref => ref.startsWith(`refs/remotes/${name}/`)));
}

/** A relative name is one in the dataset. */
async function readTemplate({ git, root }: Repository): Promise<string | null> {
  const name = (await git.config()).get('commit.template');
  if (name === undefined || name === '') {
    return null;
  }
  const file = name.startsWith('~/') ? join(homedir(), name.slice(2)) : resolve(root, name);
  if (!name.startsWith('~/') && !name.startsWith('/') && !isWithin(file, root)) {
    return null;
  }
  const text = await readRegular(file, LONGEST_TEMPLATE);
  const lines = text?.toString('utf8').split('\n') ?? [];
  const words = lines
    .filter(line => !line.startsWith('#'))
    .join('\n')
    .trim();
  return words === '' ? null : words;
}
