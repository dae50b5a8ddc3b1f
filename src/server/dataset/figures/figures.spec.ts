import * as fc from 'fast-check';
import { AnnexedFiles } from './annexedFiles';
import { Figures } from './figures';

/** Paths in git's order, each with one of a few keys. */
const someFiles = fc
  .uniqueArray(
    fc.record({
      path: fc.array(fc.constantFrom('a', 'b', 'a b', 'é', '😀'), { minLength: 1, maxLength: 4 }).map(names => names.join('/')),
      key: fc.integer({ min: 1, max: 4 })
    }),
    { selector: ({ path }) => path }
  )
  .map(files => files.filter(({ path }) => !files.some(other => path.startsWith(`${other.path}/`))))
  .map(files => files.sort((one, other) => Buffer.compare(Buffer.from(one.path), Buffer.from(other.path))));

describe('figures', () => {
  it('of every folder are those of the files below it', () => {
    fc.assert(
      fc.property(someFiles, fc.subarray([1, 2, 3, 4]), (list, present) => {
        const files = new AnnexedFiles();
        list.forEach(({ path, key }) => files.add(path, `MD5-s${10 ** key}--${key}`, false));
        const figures = new Figures(files);
        figures.looked = files.keys.length;
        present.forEach(key => {
          const place = files.place(`MD5-s${10 ** key}--${key}`);
          if (place !== undefined) {
            figures.here[place] = 1;
          }
        });
        const folders = new Set(list.flatMap(({ path }) => path.split('/').map((_, at, names) => names.slice(0, at).join('/'))));
        for (const folder of folders) {
          const below = list.filter(({ path }) => folder === '' || path.startsWith(`${folder}/`));
          const keys = [...new Set(below.map(({ key }) => key))];
          const sum = (some: number[]): number => some.reduce((total, key) => total + 10 ** key, 0);
          const here = below.filter(({ key }) => present.includes(key));
          expect(figures.of(folder)).toEqual({
            here: here.length === 0 ? 'no' : here.length === below.length ? 'yes' : 'partly',
            below: { files: below.length, filesHere: here.length, bytesHere: sum(keys.filter(key => present.includes(key))) },
            bytes: sum(keys)
          });
        }
        expect(figures.of('no such folder')).toEqual({});
        expect(figures.totals().here.files + figures.totals().notHere.files).toBe(new Set(list.map(({ key }) => key)).size);
      })
    );
  });

  it('count keys that were looked at, and those without a size apart', () => {
    const files = new AnnexedFiles();
    files.add('x', 'URL--http://example.org', false);
    files.add('y', 'MD5-s7--y', true);
    const figures = new Figures(files);
    expect(figures.totals()).toMatchObject({ here: { files: 0 }, notHere: { files: 0 }, counting: true });
    figures.looked = 2;
    expect(figures.totals()).toEqual({
      here: { files: 0, bytes: 0, unsized: 0 },
      notHere: { files: 2, bytes: 7, unsized: 1 },
      counting: true
    });
  });
});
