import { JobBench } from './jobBench';
import { Reading } from './reading';
import { makeWorkspace, type Workspace } from './workspace';

interface IPart {
  dispose(): void | Promise<void>;
}

/**
 * A workspace and what works on it, for the tests of the block around this call: made before them, ended after them, and not to be used
 * outside of them.
 */
export function usePlace<T extends Record<string, IPart>>(
  make: (workspace: Workspace) => T
): Readonly<T & { workspace: Workspace }> {
  const place = {} as T & { workspace: Workspace };
  let parts: IPart[] = [];
  beforeAll(async () => {
    const workspace = await makeWorkspace();
    const made = make(workspace);
    // The workspace last: the others still work on it.
    parts = [...Object.values(made), workspace];
    Object.assign(place, made, { workspace });
  });
  afterAll(async () => {
    for (const part of parts) {
      await part.dispose();
    }
  });
  return place;
}

/** A place that is read. */
export function useReading(): ReturnType<typeof usePlace<{ reading: Reading }>> {
  return usePlace(workspace => ({ reading: new Reading(workspace) }));
}

/** A place where jobs work. */
export function useJobs(): ReturnType<typeof usePlace<{ jobs: JobBench }>> {
  return usePlace(workspace => ({ jobs: warm(new JobBench(workspace)) }));
}

/** A place that is read, and where jobs work. */
export function useReadingAndJobs(): ReturnType<typeof usePlace<{ reading: Reading; jobs: JobBench }>> {
  return usePlace(workspace => ({ reading: new Reading(workspace), jobs: warm(new JobBench(workspace)) }));
}

/** Its Python starts while the test makes its datasets. */
function warm(jobs: JobBench): JobBench {
  jobs.pool.prewarm();
  return jobs;
}
