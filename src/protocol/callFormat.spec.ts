import { execFileSync } from 'node:child_process';
import { callFormatProblems, expandCall, quotingOf } from './callFormat';

const VALUES = { img: 'i m', cmd: 'echo "a {b}"', img_dspath: '.', img_dirpath: 'env', python: '/p' };

describe('a call format', () => {
  it.each([
    ['apptainer exec {img} {cmd}', []],
    ['sh {img_dspath}/.datalad/run-image {img} {cmd}', []],
    ['bash -c "{cmd}" {img}', []],
    ['run {img} bash -c {cmd}', ['first-word']],
    ['run {img} bash -lc {cmd}', ['first-word']],
    ['run {img}', ['no-command']],
    ['{cmd}', ['no-image']],
    ['run {img} {command}', ['placeholder', 'no-command']],
    ['run {img} {cmd} ${HOME}', ['placeholder']],
    ['run {img} {cmd} ${{HOME}}', []],
    ['run {img} {cmd} }', ['braces']],
    ['run {img {cmd}', ['braces']],
    ['["run", "{img}", "{cmd}"]', ['list']]
  ])('%s has the problems %j', (format, kinds) => {
    expect(callFormatProblems(format).map(({ kind }) => kind)).toEqual(kinds);
  });

  it.each(['run {img} {cmd}', 'a {{b}} {cmd}', '{img}{img_dspath}{img_dirpath}{python}', 'x {img', '}', '{{}', '{{{img}}}'])(
    'is put together as Python does: %s',
    format => {
      const program =
        'import json, sys\ntry: print(json.dumps(sys.argv[1].format(**json.loads(sys.argv[2]))))\nexcept Exception: print("null")';
      const theirs: unknown = JSON.parse(execFileSync('python3', ['-c', program, format, JSON.stringify(VALUES)]).toString());
      expect(expandCall(format, VALUES)).toEqual(theirs);
    }
  );

  it('says how it hands the command on', () => {
    expect(quotingOf('run {img} {cmd}')).toBe('words');
    expect(quotingOf('run {img} sh -c "{cmd}"')).toBe('double');
    expect(quotingOf("run {img} sh -c '{cmd}'")).toBe('single');
    expect(quotingOf('run {img}')).toBeNull();
  });
});
