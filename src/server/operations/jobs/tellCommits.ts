import type { WorkTree } from '../../dataset/workTree';
import type { ITask } from '../../handlers';

/** Commits that are told of, the last ones. */
const SHOWN = 20;

/** Tells of the commits that a program made in a dataset since one, the oldest first. */
export async function tellCommits(
  workTree: WorkTree,
  before: string | null,
  { dataset, task }: { dataset: string; task: ITask }
): Promise<void> {
  if ((await workTree.head()) === before) {
    return;
  }
  const range = before === null ? ['HEAD'] : [`${before}..HEAD`];
  const log = await workTree.git.readOr([128], ['log', '-z', '--format=%H %s', `-${SHOWN}`, ...range, '--']);
  const lines = log?.toString('utf8').split('\0').filter(Boolean) ?? [];
  for (const line of lines.reverse()) {
    const [commit = '', ...subject] = line.split(' ');
    task.result({ action: 'commit', status: 'ok', path: dataset, type: 'commit', message: subject.join(' '), key: commit });
  }
}
