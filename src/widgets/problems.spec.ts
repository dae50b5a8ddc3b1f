import { Signal } from '@lumino/signaling';
import { job } from '../components/jobs.fixtures';
import type { Job } from '../protocol/job';
import type { IJobsModel } from '../tokens';
import { Problems } from './problems';

function makeProblems() {
  const owner = {};
  const ended = new Signal<object, Job>(owner);
  const problems = new Problems({ ended } as unknown as IJobsModel);
  return { problems, end: (more: Partial<Job>) => ended.emit(job(more)) };
}

describe('Problems', () => {
  it('keeps failures until they are dismissed, the newest first', () => {
    const { problems, end } = makeProblems();
    end({ id: 'a', state: 'error', input: { paths: ['a'] } });
    end({ id: 'b', state: 'error', input: { paths: ['b'] } });
    end({ id: 'c', state: 'ok', input: { paths: ['c'] } });
    end({ id: 'd', state: 'cancelled', input: { paths: ['d'] } });
    expect(problems.jobs.map(({ id }) => id)).toEqual(['b', 'a']);
    problems.dismiss('b');
    expect(problems.jobs.map(({ id }) => id)).toEqual(['a']);
  });

  it('are answered by the same work done again', () => {
    const { problems, end } = makeProblems();
    end({ id: 'first', state: 'error' });
    end({ id: 'again', state: 'error' });
    expect(problems.jobs.map(({ id }) => id)).toEqual(['again']);
    end({ id: 'third', state: 'ok' });
    expect(problems.jobs).toEqual([]);
  });
});
