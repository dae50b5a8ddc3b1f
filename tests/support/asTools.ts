import type { Change } from '../../src/protocol/dataset';
import { contentsPath } from '../../src/protocol/paths';
import type { Reading } from './reading';
import type { Workspace } from './workspace';

/** What a dataset is by the panel, or by git and git-annex themselves. */
export interface IState {
  /** `<change> <path>`, sorted. */
  changes: string[];
  /** Annexed content by unique keys. */
  here: number;
  notHere: number;
  branch: string | null;
}

/** A dataset as this project reads it. */
export async function asWeSee(reading: Reading, path: string): Promise<IState> {
  const dataset = contentsPath(path);
  const summary = await reading.datasets.dataset({ path: dataset }, reading.signal);
  const totals = await reading.datasets.totals({ dataset, complete: true });
  return {
    changes: (summary?.changes ?? []).map(({ name, change }) => `${change} ${name}`).sort(),
    here: totals.here.files,
    notHere: totals.notHere.files,
    branch: summary?.branch.name ?? null
  };
}

/** The same by `git status`, `git symbolic-ref` and, in an annex, `git annex find`. */
export async function asToolsSay(workspace: Workspace, folder: string): Promise<IState> {
  const status = await workspace.git(['--no-optional-locks', 'status', '--porcelain', '-z', '--no-renames'], folder);
  const keys = async (...options: string[]): Promise<number> => {
    const found = await workspace.annex(['find', '--format=${key}\\n', ...options], folder).catch(() => '');
    return new Set(found.split('\n').filter(Boolean)).size;
  };
  const branch = await workspace.git(['symbolic-ref', '-q', '--short', 'HEAD'], folder).catch(() => '');
  return {
    changes: status
      .split('\0')
      .filter(Boolean)
      .map(line => `${changeOf(line.slice(0, 2))} ${line.slice(3).replace(/\/$/, '')}`)
      .sort(),
    here: await keys('--in=here'),
    notHere: await keys('--not', '--in=here'),
    branch: branch.trim().replace(/^adjusted\/(.+)\(.*\)$/, '$1') || null
  };
}

function changeOf(letters: string): Change {
  if (/U|AA|DD/.test(letters)) {
    return 'conflict';
  }
  const words: Readonly<Record<string, Change>> = { '?': 'new', A: 'added', D: 'deleted', T: 'typechange', M: 'modified' };
  const letter = ['?', 'D', 'A', 'T', 'M'].find(one => letters.includes(one));
  return words[letter ?? ''] ?? 'modified';
}
