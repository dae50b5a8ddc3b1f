import { FAILURE_KINDS } from '../../protocol/failure';
import { trans } from '../testing.fixtures';
import { groupFailures } from './groupFailures';
import { failureWords } from './words';

const words = (kind: (typeof FAILURE_KINDS)[number], names: string[] = [], parameters: Record<string, string | number> = {}) =>
  failureWords({ kind, message: 'server words', hint: 'server hint', parameters }, { trans, names });

describe('failureWords', () => {
  it.each(FAILURE_KINDS)('words %s in full sentences', kind => {
    const { title } = words(kind);
    expect(title).toMatch(/^[A-Za-z].*[.?]$|^server words$/);
  });

  it('falls back to the words of the server', () => {
    expect(words('unknown')).toEqual({ title: 'server words', text: 'server hint' });
  });

  it('names one file, and counts several', () => {
    expect(words('last-copy', ['a.bin']).title).toBe('a.bin stays here.');
    expect(words('last-copy', ['a.bin', 'b.bin']).title).toBe('2 files stay here.');
  });

  it('tells how much space is needed', () => {
    expect(words('no-space', [], { needed: 5_000_000, free: 1024 }).text).toContain('4.8 MB are needed, 1 KB are free');
    expect(words('no-space', [], { left: 'yes' }).text).toContain('What was changed until then is there, as unsaved changes');
  });

  it('tells what a command that went well has not made, and that nothing was recorded', () => {
    expect(words('empty-handed', [], { files: 1, named: 1, names: 'a.txt', recorded: 'yes' }).title).toBe(
      'The command ended well, but 1 output that was named was not made: a.txt.'
    );
    expect(words('empty-handed', [], { files: 5, named: 3, names: 'a, b, c', recorded: 'no' }).title).toBe(
      'The command ended well, but 5 outputs that were named were not made: a, b, c and 2 more. Nothing changed, so nothing was recorded.'
    );
    expect(words('empty-handed', [], { files: 0, recorded: 'outputs' }).title).toBe(
      'No output that was named changed, so nothing was recorded.'
    );
  });

  it('does not call a save empty that left changes in subdatasets', () => {
    expect(words('nothing-saved').title).toBe('Nothing was saved.');
    expect(words('nothing-saved', [], { subdatasets: 1 }).title).toBe('Changes inside subdatasets were not saved.');
  });

  it.each(['head', 'index', 'config', 'refs', 'objects', 'annex', 'gitmodules', 'dataset-config'])(
    'says of a damaged %s what mends it, and offers to look again',
    part => {
      const { title, text, action } = words('damaged-repository', [], { part });
      expect(title).toMatch(/^[A-Z].*\.$/);
      expect(text).toMatch(/\.$/);
      expect(action?.command).toBe('datalad:refresh');
    }
  );

  it('offers a check of damaged content until that has taken it away', () => {
    expect(words('damaged-content', ['a.bin'])).toMatchObject({
      title: 'What is here of a.bin is damaged.',
      action: { command: 'datalad:fsck' }
    });
    expect(words('damaged-content', ['a.bin'], { moved: 1 }).action).toMatchObject({ command: 'datalad:get' });
    expect(words('damaged-content', ['a.bin'], { verified: 1 }).action).toBeUndefined();
  });

  it('has a file saved that is not saved, and leaves alone what is kept in Git', () => {
    expect(words('not-annexed', ['a.bin'], { why: 'unsaved' }).action?.command).toBe('datalad:save');
    expect(words('not-annexed', ['a.bin']).action).toBeUndefined();
  });

  it('names the containers there are', () => {
    const { title, text, action } = words('no-container', [], { name: 'tiny', known: 'big, sub/other' });
    expect([title, text]).toEqual(['There is no container “tiny”.', 'Nothing was run. There are: big, sub/other.']);
    expect(action?.command).toBe('datalad:containers');
  });

  it('never offers what loses content as a button of its own', () => {
    const commands = FAILURE_KINDS.map(kind => words(kind).action?.command).filter(command => command !== undefined);
    expect(commands.length).toBeGreaterThan(5);
    expect(commands.filter(command => /drop|remove|discard/.test(String(command)))).toEqual([]);
  });
});

describe('groupFailures', () => {
  const record = (path: string, kind: 'last-copy' | 'unknown', message: string) => ({
    action: 'drop',
    status: 'error' as const,
    path,
    failure: { kind, message }
  });

  it('joins what means the same and leaves successes out', () => {
    const groups = groupFailures([
      record('a', 'last-copy', 'one'),
      { action: 'drop', status: 'ok', path: 'b' },
      record('c', 'last-copy', 'two'),
      record('d', 'unknown', 'odd'),
      record('e', 'unknown', 'odder')
    ]);
    expect(groups.map(({ paths }) => paths)).toEqual([['a', 'c'], ['d'], ['e']]);
  });

  it('leaves out the record of a folder that repeats what its files tell', () => {
    const folder = { action: 'drop', status: 'error', path: 'ds', message: 'could not drop some content in /ds /ds/a' } as const;
    expect(groupFailures([record('ds/a', 'last-copy', 'one'), folder]).map(({ paths }) => paths)).toEqual([['ds/a']]);
    expect(groupFailures([folder]).map(({ paths }) => paths)).toEqual([['ds']]);
  });

  it('keeps the message of a record nobody has worded', () => {
    const [group] = groupFailures([{ action: 'get', status: 'impossible', path: 'a', message: 'no such path' }]);
    expect(group?.failure).toEqual({ kind: 'unknown', message: 'no such path' });
  });
});

describe('a table of addresses', () => {
  it('is told with the row that keeps it from being downloaded', () => {
    const told = words('bad-table', [], { why: 'row', flaw: 'outside', row: 7, rows: 2 });
    expect(told.title).toBe('Nothing was downloaded, because of 2 rows of the table.');
    expect(told.text).toBe('Row 7: This is no place in the dataset.');
  });

  it('has remarks that count its files', () => {
    expect(words('web-page', [], { files: 3 }).title).toContain('3 of the files');
    expect(words('source-not-noted', [], { why: 'git', files: 2 }).title).toContain('2 of the files');
    expect(words('web-page', [], { files: 1 }).title).toBe('What came is a web page.');
  });
});
