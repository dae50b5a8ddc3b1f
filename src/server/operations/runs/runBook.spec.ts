import type { AbsolutePath } from '../../paths';
import { RunBook } from './runBook';

describe('what runs have left behind', () => {
  it('is remembered of as many as are listed', () => {
    const book = new RunBook();
    const dataset = '/ds' as AbsolutePath;
    const jobs = Array.from({ length: 201 }, (_, number) => `job-${number}`);
    jobs.forEach(job => book.note(job, { dataset, own: new Map(), both: new Set() }));
    expect(() => book.find('job-0', dataset)).toThrow('not known any more');
    expect(book.find('job-1', dataset)).toMatchObject({ dataset });
    expect(() => book.find('job-1', '/other' as AbsolutePath)).toThrow('not known any more');
  });
});
