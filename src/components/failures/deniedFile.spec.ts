import { deniedFile } from './deniedFile';

describe('the file that a command could not write', () => {
  it.each([
    ["PermissionError: [Errno 13] Permission denied: 'out/table.csv'", 'out/table.csv'],
    ['/bin/sh: 1: cannot create ./table.csv: Permission denied', 'table.csv'],
    ['bash: line 1: my table.csv: Permission denied', 'my table.csv'],
    ["cp: cannot create regular file 'table.csv': Permission denied", 'table.csv'],
    ["touch: cannot touch 'table.csv': Permission denied", 'table.csv'],
    ['tee: table.csv: Permission denied', 'table.csv'],
    ["cannot open file 'table.csv': Permission denied", 'table.csv']
  ])('is told from %s', (printed, file) => {
    expect(deniedFile(`before\n${printed}\nafter`)).toBe(file);
  });

  it.each([
    "PermissionError: [Errno 13] Permission denied: '/etc/passwd'",
    "PermissionError: [Errno 13] Permission denied: '../a'",
    "PermissionError: [Errno 13] Permission denied: 'a*'",
    'git@example.org: Permission denied (publickey).',
    'nothing of the sort'
  ])('is not guessed from %s', printed => {
    expect(deniedFile(printed)).toBeNull();
  });
});
