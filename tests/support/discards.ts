import { writeFile } from 'node:fs/promises';
import { everythingIn } from './everything';
import { useJobs } from './place';
import type { RecordingTask } from './recordingTask';

/** Everything a person has in a dataset, with what git says of it. */
interface IAll {
  work: Record<string, string>;
  annexed: string[];
  status: string;
  index: string;
}

/** A place with one dataset after the other, in which changes are discarded. */
class Discards {
  dataset = '';
  path = '';
  private count = 0;

  constructor(readonly place: ReturnType<typeof useJobs>) {}

  /** The next dataset is another one, which is made by the test. */
  next(): void {
    this.count += 1;
    this.dataset = `ds${this.count}`;
    this.path = '';
  }

  /** A fresh dataset with a file of each kind. */
  async fresh(): Promise<void> {
    this.next();
    this.path = await this.place.workspace.dataset({
      path: this.dataset,
      files: { 'notes.txt': 'in Git\n', 'run.sh': '#!/bin/sh\n', 'deep/er/text.txt': 'deep\n', 'other.txt': 'other\n' },
      annexed: { 'locked.bin': 5_000, 'open.bin': 6_000, 'deep/data.bin': 7_000 },
      unlocked: ['open.bin']
    });
  }

  git(...args: string[]): Promise<string> {
    return this.place.workspace.git(args, this.path);
  }

  annex(...args: string[]): Promise<string> {
    return this.place.workspace.annex(args, this.path);
  }

  write(name: string, content: string): Promise<void> {
    return writeFile(`${this.path}/${name}`, content);
  }

  status(): Promise<string> {
    return this.git('status', '--porcelain=v1', '--untracked-files=all');
  }

  /** Discards what is named; the empty name stands for all. */
  discard(...names: string[]): Promise<RecordingTask> {
    const { dataset } = this;
    return this.place.jobs.run('discard', { dataset, paths: names.map(name => (name === '' ? dataset : `${dataset}/${name}`)) });
  }

  async all(): Promise<IAll> {
    return { ...(await everythingIn(this.path)), status: await this.status(), index: await this.git('ls-files', '-s') };
  }

  /** Git-annex may have taken content in meanwhile, as it does when git only looks at an unlocked file. */
  expectSame(now: IAll, before: IAll): void {
    expect(now).toEqual({ ...before, annexed: now.annexed });
    expect(now.annexed).toEqual(expect.arrayContaining(before.annexed));
  }
}

export function useDiscards(): Discards {
  return new Discards(useJobs());
}
