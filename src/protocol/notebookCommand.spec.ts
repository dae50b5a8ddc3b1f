import { executionLine, notebookCommand } from './notebookCommand';

test('a notebook is executed in place, whatever it is called', () => {
  const line = 'jupyter nbconvert --to notebook --execute --ExecutePreprocessor.record_timing=False --inplace';
  expect(notebookCommand('a/b.ipynb')).toBe(`${line} a/b.ipynb`);
  expect(notebookCommand('-a [1].ipynb')).toBe(`${line} './-a [[]1].ipynb'`);
});

test('parameters are put in before, where the notebook is', () => {
  expect(notebookCommand('my folder/{b}.ipynb', { alpha: 1, on: true, name: '7' })).toBe(
    "cd 'my folder' && papermill '{{b}}.ipynb' - --prepare-only -p alpha 1 -p on True -r name 7" +
      " | jupyter nbconvert --to notebook --execute --ExecutePreprocessor.record_timing=False --stdin '--output={{b}}.ipynb'"
  );
  expect(notebookCommand('b.ipynb', { x: 1 })).toMatch(/^papermill b\.ipynb - /u);
});

test('the same is executed into a folder', () => {
  const line = 'jupyter nbconvert --to notebook --execute --ExecutePreprocessor.record_timing=False';
  expect(executionLine('a/b.ipynb', { folder: '/state/x y' })).toBe(
    `${line} --NbConvertApp.use_output_suffix=False '--output-dir=/state/x y' a/b.ipynb`
  );
  expect(executionLine('b.ipynb', { parameters: { x: 1 }, folder: '/state' })).toBe(
    `papermill b.ipynb - --prepare-only -p x 1 | ${line} --stdin --output=b.ipynb --output-dir=/state`
  );
});
