import fc from 'fast-check';
import { areMissing, type ICellError, suspects } from './missingFiles';

function said(ename: string, evalue: string, { stderr = '', source = '' } = {}): readonly string[] {
  return suspects({ ename, evalue, traceback: [], stderr }, source)?.said ?? [];
}

/** What kernels and readers said, each with the file that they could not open. */
const SAID: [ename: string, evalue: string, name: string][] = [
  ['FileNotFoundError', "[Errno 2] No such file or directory: 'data/a b.csv'", 'data/a b.csv'],
  ['FileNotFoundError', '[Errno 2] No such file or directory: "it\'s.csv"', "it's.csv"],
  ['FileNotFoundError', "[Errno 2] No such file or directory: 'it\\'s \"x\".csv'", 'it\'s "x".csv'],
  ['FileNotFoundError', "[Errno 2] No such file or directory: b'x.nc'", 'x.nc'],
  ['FileNotFoundError', 'x.npy not found.', 'x.npy'],
  ['FileNotFoundError', 'my table.txt not found.', 'my table.txt'],
  ['FileNotFoundError', 'File tracks/x.csv does not exist', 'tracks/x.csv'],
  ['FileNotFoundError', "No such file or no access: '/data/ds/sub-01.nii.gz'", '/data/ds/sub-01.nii.gz'],
  [
    'FileNotFoundError',
    "[Errno 2] Unable to synchronously open file (unable to open file: name = 'x.h5', errno = 2, error message = 'No such file or directory', flags = 0, o_flags = 0)",
    'x.h5'
  ],
  ['RasterioIOError', 'tiles/x.tif: No such file or directory', 'tiles/x.tif'],
  ['LibsndfileError', "Error opening 'x.wav': System error.", 'x.wav'],
  ['UnidentifiedImageError', "cannot identify image file '/data/x.png'", '/data/x.png'],
  ['ERROR', 'Error: ‘data.csv’ does not exist in current working directory (‘/home/ada’).', 'data.csv'],
  ['SystemError', 'SystemError: opening file "data.csv": No such file or directory', 'data.csv'],
  ['ArgumentError', 'ArgumentError: "data.csv" is not a valid file or doesn\'t exist', 'data.csv']
];

describe('names in errors', () => {
  it.each(SAID)('%s: %s', (ename, evalue, name) => {
    expect(said(ename, evalue)).toContain(name);
    expect(said(ename, `\u001b[0;31m${evalue}\u001b[0m`)).toContain(name);
    expect(suspects({ ename, evalue, traceback: [], stderr: '' }, '')?.missing).toBe(true);
  });

  it('of R stand in a warning beside it', () => {
    const evalue = 'Error in file(file, "rt"): cannot open the connection';
    const stderr = 'Warning message in file(file, "rt"):\n“cannot open file \'data.csv\': No such file or directory”';
    expect(said('ERROR', evalue, { stderr })).toContain('data.csv');
  });

  it('are looked for in the source, too, where a file could not be opened', () => {
    const error: ICellError = {
      ename: 'OSError',
      evalue: 'could not open',
      traceback: ["\u001b[1;32m----> 1\u001b[0m load(\u001b[33m'other.csv'\u001b[39m)"],
      stderr: ''
    };
    expect(suspects({ ...error, evalue: 'cannot open the file' }, 'load(\'a.csv\', "b")')).toMatchObject({
      named: ['a.csv', 'b', 'other.csv'],
      missing: true
    });
  });

  it.each(['NameError', 'ModuleNotFoundError', 'ZeroDivisionError', 'KeyboardInterrupt'])('are not looked for in a %s', ename => {
    expect(suspects({ ename, evalue: "'a.csv'", traceback: [], stderr: '' }, "open('a.csv')")).toBeNull();
  });
});

describe('files that explain an error', () => {
  const link = { name: 'a.csv' };
  const pointer = { name: 'b.csv', unlocked: true } as const;

  it('are all that are not here, where one could not be opened', () => {
    expect(areMissing({ said: [], named: ['a.csv', 'b.csv'], missing: true }, [link, pointer])).toEqual([link, pointer]);
  });

  it('are what it names, and pointers that were read', () => {
    const found = suspects({ ename: 'KeyError', evalue: "'age'", traceback: [], stderr: '' }, "read('a.csv'); read('b.csv')");
    expect(found).toMatchObject({ said: ['age'], missing: false });
    expect(found && areMissing(found, [link, pointer])).toEqual([pointer]);
  });
});

describe('hostile errors', () => {
  it('of 10 MB take no time', () => {
    const pieces = ["'", '"', '‘', '\\', '\u001b[', 'a', 'a/b ', '.', '\n', ' not found', '\u001b]8;;'];
    for (const piece of pieces) {
      const text = piece.repeat(10_000_000 / piece.length);
      const before = performance.now();
      suspects({ ename: text, evalue: text, traceback: [text, text], stderr: text }, text);
      expect([piece, performance.now() - before < 2_000]).toEqual([piece, true]);
    }
  });

  it('never fail, and name nothing that could not be a file', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (ename, evalue) => {
        const names = said(ename, `'${evalue}`, { source: evalue, stderr: evalue });
        expect(names.every(name => name !== '' && !name.includes('\0'))).toBe(true);
      })
    );
  });
});
