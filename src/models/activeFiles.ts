import type { Job } from '../protocol/job';
import { type ContentsPath, isContentsPath } from '../protocol/paths';
import type { IFileProgress } from '../tokens';

/** The files that running jobs move at this moment, by path. */
export class ActiveFiles {
  /** `changed` is told of each path whose progress began, grew or ended. */
  constructor(private readonly changed: (path: ContentsPath) => void) {}

  get(path: ContentsPath): IFileProgress | undefined {
    for (const files of this.jobs.values()) {
      const progress = files.get(path);
      if (progress !== undefined) {
        return progress;
      }
    }
    return undefined;
  }

  update(job: Job): void {
    const before = this.jobs.get(job.id) ?? new Map<ContentsPath, IFileProgress>();
    const now = job.state === 'running' ? active(job) : new Map<ContentsPath, IFileProgress>();
    if (now.size > 0) {
      this.jobs.set(job.id, now);
    } else {
      this.jobs.delete(job.id);
    }
    for (const path of new Set([...before.keys(), ...now.keys()])) {
      if (before.get(path)?.bytes !== now.get(path)?.bytes) {
        this.changed(path);
      }
    }
  }

  private readonly jobs = new Map<string, Map<ContentsPath, IFileProgress>>();
}

function active(job: Job): Map<ContentsPath, IFileProgress> {
  const files = new Map<ContentsPath, IFileProgress>();
  for (const { path, bytes, totalBytes } of job.progress?.active ?? []) {
    if (isContentsPath(path)) {
      files.set(path, { bytes, totalBytes });
    }
  }
  return files;
}
