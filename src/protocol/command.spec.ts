import { execFileSync } from 'node:child_process';
import * as v from 'valibot';
import fc from 'fast-check';
import { inBatches } from '../../tests/support/inBatches';
import { asPython, asR, asShell, commandOf } from './command';
import { type JobInput, type JobName, jobs, type ParsedJobInput } from './contract';

/** A job's input as it arrives after validation. */
function input<N extends JobName>(name: N, values: JobInput<N>): ParsedJobInput<N> {
  return v.parse(jobs[name].input, values) as ParsedJobInput<N>;
}

const get = input('get', { dataset: 'study', paths: ['study/data/a b.bin', 'study/it’s.txt'], noData: true });

describe('a shell line', () => {
  test('is what one would type in the dataset', () => {
    expect(asShell(commandOf('get', get))).toBe("datalad get -n 'data/a b.bin' 'it’s.txt'");
    expect(asShell(commandOf('drop', input('drop', { dataset: 'study', paths: ['study'], recursive: true })))).toBe(
      'datalad drop -r .'
    );
    expect(asShell(commandOf('save', input('save', { dataset: '', message: "it's done" })))).toBe(
      "datalad save -m 'it'\\''s done'"
    );
    expect(asShell(commandOf('clone', input('clone', { source: '///labs', path: 'in/labs', asSubdataset: 'in' })))).toBe(
      'datalad clone -d . ///labs labs'
    );
  });

  test('of an archive gives it the ending that DataLad puts its own in the place of', () => {
    const archive = { dataset: 'study', to: '', name: 'my.v2', format: 'tar.gz' } as const;
    const lineOf = (more: object) => asShell(commandOf('exportArchive', input('exportArchive', { ...archive, ...more })));
    expect(lineOf({})).toBe('datalad export-archive ../my.v2.tar');
    expect(lineOf({ format: 'zip', missing: 'ignore' })).toBe(
      'datalad export-archive --archivetype zip --missing-content ignore ../my.v2.zip'
    );
    expect(lineOf({ format: 'tar', to: 'study/out' })).toBe("datalad export-archive --compression '' out/my.v2.tar");
    const unpack = input('addArchiveContent', { dataset: 'study', archive: 'study/in/a.zip', ownFolder: true, overwrite: true });
    expect(asShell(commandOf('addArchiveContent', unpack))).toBe(
      'datalad add-archive-content --add-archive-leading-dir --existing overwrite in/a.zip'
    );
    expect(asPython('addArchiveContent', unpack)).toContain(
      'dl.add_archive_content("in/a.zip", dataset=".", add_archive_leading_dir=True, existing="overwrite")'
    );
  });

  test('of a table of addresses keeps DataLad from making metadata, and shows no secret', () => {
    const table = { dataset: 'study', table: 'study/t.csv', urlFormat: '{url}', fileFormat: '{sub id}/{name}' };
    const lineOf = (more: object) => asShell(commandOf('addUrls', input('addUrls', { ...table, ...more })));
    expect(lineOf({})).toBe("datalad addurls -x '*' t.csv '{url}' '{sub id}/{name}'");
    expect(lineOf({ ifExists: 'skip', message: 'Add', urlFormat: 'https://a:b@c/{x}', fileFormat: '-{x}' })).toBe(
      "datalad addurls -x '*' --ifexists skip -m Add -- t.csv 'https://***@c/{x}' '-{x}'"
    );
    expect(asPython('addUrls', input('addUrls', table))).toContain(
      'dl.addurls("t.csv", "{url}", "{sub id}/{name}", dataset=".", exclude_autometa="*")'
    );
  });

  test('keeps a name that looks like an option a name', () => {
    expect(asShell(commandOf('get', input('get', { dataset: 'd', paths: ['d/-n'] })))).toBe('datalad get -- -n');
  });

  test('is empty for work that no single command does', () => {
    expect(asShell(commandOf('createExample', input('createExample', { path: '' })))).toBe('');
  });

  test('means the same words to bash, whatever they hold', () => {
    const word = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.constantFrom("'", '"', '$HOME', '`id`', '~', '=ls', 'a\nb', '\\', '!!', '*', '-n', '#', 'ä€😀')
    );
    const words = fc.array(
      word.map(text => text.replaceAll('\0', '')).filter(text => text !== '' && text.isWellFormed()),
      {
        minLength: 1
      }
    );
    const batch = 500;
    fc.assert(
      fc.property(fc.array(words, { minLength: batch, maxLength: batch }), lists => {
        const script = lists.map(argv => `printf '%s\\0' ${asShell(argv)}; printf '\\0'\n`).join('');
        const printed = execFileSync('bash', { input: script, encoding: 'utf8' });
        expect(printed.split('\0\0').slice(0, -1)).toEqual(lists.map(argv => argv.join('\0')));
      }),
      inBatches(batch)
    );
  });
});

describe('a call in Python', () => {
  test('names what was asked for and nothing else', () => {
    expect(asPython('get', get)).toBe(
      'import datalad.api as dl\ndl.get(["data/a b.bin", "it’s.txt"], dataset=".", get_data=False)'
    );
    expect(asPython('create', input('create', { path: 'new', procedures: ['yoda'], description: 'mine' }))).toBe(
      'import datalad.api as dl\ndl.create("new", cfg_proc=["yoda"], description="mine")'
    );
    expect(asPython('save', input('save', { dataset: 'd', message: 'a "b"\n', recursive: false, toGit: true }))).toBe(
      'import datalad.api as dl\ndl.save(dataset=".", message="a \\"b\\"\\n", to_git=True)'
    );
    expect(asPython('setIdentity', input('setIdentity', { name: 'n', email: 'e', dataset: null }))).toBe('');
  });

  test('holds its strings as Python reads them', () => {
    const text = 'a"b\\c\n\u2028é😀\u007f\t';
    const call = asPython('save', input('save', { dataset: 'd', message: text }));
    const literal = /message=(".*")\)$/s.exec(call)?.[1] ?? '';
    const program = 'import ast, json, sys; print(json.dumps(ast.literal_eval(sys.stdin.read())))';
    expect(JSON.parse(execFileSync('python3', ['-c', program], { input: literal, encoding: 'utf8' }))).toBe(text);
  });
});

test('a call from R passes lists, since a vector of one would become a string', () => {
  expect(asR('drop', input('drop', { dataset: 'd', paths: ['d/x'], recursive: true }))).toBe(
    'dl <- reticulate::import("datalad.api")\ndl$drop(list("x"), dataset=".", recursive=TRUE)'
  );
});
