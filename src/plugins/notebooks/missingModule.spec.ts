import { lackOf } from './missingModule';

const NONE = { ename: '', evalue: '', stderr: '' };

describe('what a cell lacks to use DataLad from code', () => {
  test.each([
    ['ModuleNotFoundError', "No module named 'jupyterlab_datalad'"],
    ['ModuleNotFoundError', "No module named 'jupyterlab_datalad.kernel'"]
  ])('is the module: %s: %s', (ename, evalue) => {
    expect(lackOf({ ...NONE, ename, evalue })).toBe('module');
  });

  test.each(['UsageError: Line magic function `%datalad` not found.\n', 'UsageError: Cell magic `%%datalad_run` not found.\n'])(
    'are the magics: %s',
    stderr => {
      expect(lackOf({ ...NONE, stderr })).toBe('magics');
    }
  );

  test.each([
    { ...NONE, ename: 'ModuleNotFoundError', evalue: "No module named 'jupyterlab_datalad_other'" },
    { ...NONE, ename: 'ModuleNotFoundError', evalue: "No module named 'pandas'" },
    { ...NONE, ename: 'ValueError', evalue: "No module named 'jupyterlab_datalad'" },
    { ...NONE, stderr: 'UsageError: Line magic function `%dataladder` not found.\n' },
    NONE
  ])('is nothing: %o', error => {
    expect(lackOf(error)).toBeNull();
  });
});
