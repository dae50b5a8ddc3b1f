import fc from 'fast-check';
import { fitsPattern } from './attributePattern';
import { linesSetting } from './attributesFile';
import { extensionOf, lineOf, patternOf } from '../../../protocol/attributeRule';

describe('a new rule', () => {
  it.each([
    ['a.mp4', '.mp4'],
    ['dir.d/sub-01.nii.gz', '.nii.gz'],
    ['a.tar.xz', '.tar.xz'],
    ['.hidden', ''],
    ['.hidden.txt', '.txt'],
    ['none', ''],
    ['a.', ''],
    ['a. b', '']
  ])('of %s is for the extension “%s”', (path, extension) => {
    expect(extensionOf(path)).toBe(extension);
  });

  it('is read as it was meant: of any file, the file alone', () => {
    const name = fc.string({
      unit: fc.constantFrom('a', ' ', '*', '?', '[', ']', '\\', '"', '#', '!', 'é', '.', '-'),
      minLength: 1,
      maxLength: 8
    });
    const path = fc
      .array(
        name.filter(text => !/^\.{1,2}$/u.test(text)),
        { minLength: 1, maxLength: 3 }
      )
      .map(names => names.join('/'));
    fc.assert(
      fc.property(path, path, (one, other) => {
        const [line] = linesSetting('annex.largefiles', `${lineOf(patternOf('file', one), 'annex')}\n`);
        return (
          line?.value === 'anything' && fitsPattern(line.pattern, one) && fitsPattern(line.pattern, other) === (one === other)
        );
      })
    );
  });

  it('for an extension is one for all files with it', () => {
    const line = lineOf(patternOf('extension', 'x/a.mp4'), 'annex');
    expect(line).toBe('*.mp4 annex.largefiles=anything');
    expect(lineOf(patternOf('git-files', '.gitignore'), 'git')).toBe('**/.git* annex.largefiles=nothing');
    expect(lineOf(patternOf('file', 'with space'), 'git')).toBe('"/with space" annex.largefiles=nothing');
  });
});
