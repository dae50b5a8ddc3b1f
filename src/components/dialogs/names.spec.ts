import { contentsPath } from '../../protocol/paths';
import { childPath, isPlace, nameOfSource } from './names';

test.each([
  ['https://example.org/labs/data.git', 'data'],
  ['https://example.org/labs/data/', 'data'],
  ['https://example.org/data?token=1#x', 'data'],
  ['git@example.org:labs/data', 'data'],
  ['git@example.org:data.git', 'data'],
  ['///openneuro/ds000001', 'ds000001'],
  ['/home/ada/data/.git', 'data'],
  ['  data  ', 'data'],
  ['', '']
])('a clone of %j goes to %j', (source, name) => {
  expect(nameOfSource(source)).toBe(name);
});

test.each([
  ['data', true],
  ['sub/data', true],
  ['données 1', true],
  ['', false],
  ['/data', false],
  ['../data', false],
  ['a//b', false],
  ['.', false]
])('%j is a place below a folder: %s', (text, valid) => {
  expect(isPlace(text)).toBe(valid);
});

test('places below the root have no slash in front', () => {
  expect(childPath(contentsPath(''), 'data/')).toBe('data');
  expect(childPath(contentsPath('study'), 'data')).toBe('study/data');
});
