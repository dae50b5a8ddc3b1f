import { contentsPath } from '../paths';
import { typedFolder } from './typedPaths';

test('a folder that is typed lies in the dataset, whatever bytes the name of that has', () => {
  const study = contentsPath('study');
  const typed = ['', '.', './', ' ./code/ ', 'code/x', '..', '../x', '/tmp', 'a//b'].map(text => typedFolder(text, study));
  expect(typed).toEqual(['study', 'study', 'study', 'study/code', 'study/code/x', null, null, null, null]);
  expect(typedFolder('code', contentsPath(''))).toBe('code');
  // `study`, and a byte that is no UTF-8, and `/code`.
  expect(typedFolder('code', contentsPath('bytes:c3R1ZHn_'))).toBe('bytes:c3R1ZHn_L2NvZGU');
});
