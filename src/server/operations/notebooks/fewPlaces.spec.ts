import { fewPlaces } from './fewPlaces';

const many = (folder: string, count: number): string[] => Array.from({ length: count }, (_, at) => `${folder}/f${at}.py`);

test('names files as long as they are few, and folders instead of many', () => {
  expect(fewPlaces([])).toEqual([]);
  expect(fewPlaces(['/a/b.csv', '/c', '/a/b.csv'])).toEqual(['/a/b.csv', '/c']);
  expect(fewPlaces([...many('/opt/lib/numpy/core', 1_500), ...many('/opt/lib/numpy/ma', 1_500), '/home/ada/x.csv'])).toEqual([
    '/home/ada/x.csv',
    '/opt/lib/numpy/core/',
    '/opt/lib/numpy/ma/'
  ]);
  const packages = Array.from({ length: 30 }, (_, at) => many(`/opt/lib/p${at}`, 10)).flat();
  expect(fewPlaces([...packages, '/data/1', '/data/2'])).toEqual(['/data/1', '/data/2', '/opt/lib/']);
  expect(fewPlaces(many('/deep/in/one', 21))).toEqual(['/deep/in/one/']);
});

test('is quick with as many files as an execution is watched for', () => {
  const files = Array.from({ length: 20_000 }, (_, at) => `/data/${at % 200}/${at}`);
  expect(fewPlaces(files)).toEqual(['/data/']);
});
