import type { Row } from '../../../protocol/dataset';
import { type ContentsPath, contentsPath } from '../../../protocol/paths';
import { canBeNamed, TickedFiles, toggled } from './tickedFiles';

const study = contentsPath('study');
const row = (path: string, kind: Row['kind'] = 'annex'): Row => ({ name: path, path: contentsPath(path), kind });
const data = row('study/data', 'directory');
const state = (lines: string[], of: Row, { around = [], folder = study }: { around?: Row[]; folder?: ContentsPath } = {}) =>
  new TickedFiles(lines, folder).state(
    of,
    around.map(({ path }) => path)
  );

test('a line ticks the file it names, however it is written', () => {
  const file = row('study/data/a[1] {x}.txt');
  const line = 'data/a[[]1] {{x}}.txt';
  expect(toggled([], file, { kind: 'inputs', folder: study })).toEqual([line]);
  expect(state([` ./${line} `], file)).toBe('yes');
  expect(toggled(['b', ` ./${line} `, ''], file, { kind: 'outputs', folder: study })).toEqual(['b']);
  expect(state(['data/a[1] {x}.txt'], file)).toBe('no');
});

test('a folder is an input as a whole, and as an output the files in it', () => {
  expect(toggled(['b'], data, { kind: 'inputs', folder: study })).toEqual(['b', 'data']);
  expect(toggled(['b'], data, { kind: 'outputs', folder: study })).toEqual(['b', 'data/*']);
  for (const line of ['data', 'data/', 'data/*', 'data/**']) {
    expect(state([line], data)).toBe('yes');
    expect(toggled([line, 'b'], data, { kind: 'inputs', folder: study })).toEqual(['b']);
  }
  expect(state(['data/sub/x'], data)).toBe('some');
  expect(state(['database/x'], data)).toBe('no');
});

test('what lies in a ticked folder comes with it, but for hidden names where a pattern stands', () => {
  const [file, hidden] = [row('study/data/x'), row('study/data/.x')];
  expect(state(['data'], file, { around: [data] })).toBe('with');
  expect(state(['data'], hidden, { around: [data] })).toBe('with');
  expect(state(['data/*'], file, { around: [data] })).toBe('with');
  expect(state(['data/*'], hidden, { around: [data] })).toBe('no');
  expect(state(['data/*', 'data/x'], file, { around: [data] })).toBe('yes');
});

test('lines are relative to the folder that the command runs in', () => {
  const folder = contentsPath('study/code');
  expect(toggled([], row('study/code/run.py'), { kind: 'inputs', folder })).toEqual(['run.py']);
  expect(toggled(['run.py'], data, { kind: 'outputs', folder })).toEqual(['run.py', '../data/*']);
  expect(state(['../data/*'], data, { folder })).toBe('yes');
});

test('the folder that the command runs in is ticked and unticked like another', () => {
  const folder = contentsPath('study/code');
  const code = row('study/code', 'directory');
  const [file, hidden] = [row('study/code/x'), row('study/code/.x')];
  const once = toggled(['b'], code, { kind: 'outputs', folder });
  expect(once).toEqual(['b', '*']);
  expect(state(once, code, { folder })).toBe('yes');
  expect(toggled(once, code, { kind: 'outputs', folder })).toEqual(['b']);
  for (const line of ['.', './', './*', '*', './**', '**']) {
    expect([line, state([line], code, { folder })]).toEqual([line, 'yes']);
    expect(state([line], file, { around: [code], folder })).toBe('with');
    expect(toggled([line, 'b'], code, { kind: 'inputs', folder })).toEqual(['b']);
  }
  expect(state(['*'], hidden, { around: [code], folder })).toBe('no');
  expect(state(['.'], hidden, { around: [code], folder })).toBe('with');
  expect(state(['x'], code, { folder })).toBe('some');
  expect(state(['../data/x', '/tmp/x', ''], code, { folder })).toBe('no');
});

test('names that no line can hold are not ticked', () => {
  const can = (path: string) => canBeNamed(row(path), study);
  expect(['study/a b', 'study/ä', 'study/-x', 'study/{'].map(can)).toEqual([true, true, true, true]);
  expect(['study/a\nb', 'study/ a', 'study/a ', 'bytes:c3R1ZHkv_w'].map(can)).toEqual([false, false, false, false]);
});
