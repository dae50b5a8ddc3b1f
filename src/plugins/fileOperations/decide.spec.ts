import { nullTranslator } from '@jupyterlab/translation';
import * as v from 'valibot';
import { Kind, Row } from '../../protocol/dataset';
import { Holding } from '../../protocol/holding';
import { contentsPath } from '../../protocol/paths';
import { annexed } from '../commands/worldState.fixtures';
import { outermost, removalsOf, requireKnown } from '../commands/removals';
import { datasetsIn, decideCopy, decideDeletion, decideFolderCopy, decideFolderMove, decideMove, type IMoving } from './decide';

const trans = nullTranslator.load('jupyterlab_datalad');
const [one, other] = [contentsPath('one'), contentsPath('other')];
const row = (more: Partial<v.InferInput<typeof Row>>): Row => v.parse(Row, annexed('one/file', more));
const holding = (more: Partial<v.InferInput<typeof Holding>> = {}): Holding =>
  v.parse(Holding, {
    path: 'one/folder',
    isDataset: false,
    absorbed: false,
    datasets: [],
    unchecked: [],
    annexed: 0,
    absent: 0,
    complete: true,
    ...more
  });
const nested = { dataset: 'one', path: 'one/folder/sub' };

describe('deletes', () => {
  test('whatever may be a folder is looked into', () => {
    expect(decideDeletion(undefined)).toBe('look');
    expect(decideDeletion(row({ kind: 'directory' }))).toBe('look');
    expect(decideDeletion(row({ kind: 'dataset' }))).toBe('look');
  });

  test('locked files are unlinked, but for those that no save has', () => {
    expect(decideDeletion(row({ here: 'yes' }))).toBe('unlink');
    expect(decideDeletion(row({ here: 'no' }))).toBe('unlink');
    expect(decideDeletion(row({ change: 'new' }))).toBe('discard');
    expect(decideDeletion(row({ change: 'added' }))).toBe('discard');
  });

  test('other files are left to JupyterLab', () => {
    for (const kind of ['git', 'other', 'link', 'annex-unlocked', 'dataset-absent'] as const) {
      expect(decideDeletion(row({ kind }))).toBe('stock');
    }
  });
});

describe('moves', () => {
  const move = (more: Partial<IMoving>) => decideMove({ row: row({}), dataset: one, target: one, sameFolder: false, ...more });

  test('within a dataset a job keeps links and registrations right, whatever it is', () => {
    for (const kind of ['annex', 'annex-unlocked', 'directory', 'dataset', 'dataset-absent'] as const) {
      for (const here of ['yes', 'no'] as const) {
        expect(move({ row: row({ kind, here }) })).toBe('job');
      }
    }
  });

  test('plain files, and what is in no dataset, are left to JupyterLab', () => {
    for (const kind of ['git', 'other', 'link'] as const) {
      expect(move({ row: row({ kind }), target: other })).toBe('stock');
    }
    expect(move({ row: null, dataset: null, target: null })).toBe('stock');
  });

  test('across datasets content comes along, or nothing does', () => {
    expect(move({ row: row({ here: 'yes' }), target: other })).toBe('across');
    expect(move({ row: row({ here: 'yes' }), target: null })).toBe('out');
    expect(move({ row: row({ here: 'no' }), target: other })).toEqual({ refused: 'not-here' });
    expect(move({ row: row({ kind: 'annex-unlocked', here: 'yes' }), target: other })).toBe('stock');
    expect(move({ row: row({ kind: 'annex-unlocked', here: 'no' }), target: null })).toEqual({ refused: 'not-here' });
    expect(move({ row: row({ kind: 'directory' }), target: other })).toBeNull();
    expect(decideFolderMove(holding({ annexed: 1 }), other)).toBe('across');
    expect(decideFolderMove(holding({ annexed: 1 }), null)).toBe('out');
    expect(decideFolderMove(holding({ annexed: 2, absent: 1 }), other)).toEqual({ refused: 'not-here' });
    expect(decideFolderMove(holding({ annexed: 1, datasets: [nested] }), other)).toBe('across');
    expect(datasetsIn(holding({ annexed: 1, datasets: [nested], unchecked: ['one/folder/bare.git'] }))).toEqual([
      nested.path,
      'one/folder/bare.git'
    ]);
    expect(decideFolderMove(holding({ isDataset: true, absorbed: true, datasets: [nested] }), other)).toEqual({
      refused: 'absorbed'
    });
    expect(decideFolderMove(holding({ isDataset: true, datasets: [nested] }), other)).toBe('stock');
    expect(decideFolderMove(holding({ complete: false }), other)).toEqual({ refused: 'unknown' });
  });

  test('what is not known does not go to another folder', () => {
    expect(move({ row: undefined })).toEqual({ refused: 'unknown' });
    expect(move({ dataset: undefined })).toEqual({ refused: 'unknown' });
    expect(move({ row: undefined, sameFolder: true })).toBe('stock');
  });

  test('no kind of file with its content elsewhere is ever left to JupyterLab across a border', () => {
    for (const kind of Kind.options.filter(known => known.startsWith('annex'))) {
      for (const target of [other, null]) {
        expect(move({ row: row({ kind, here: 'no' }), target })).toEqual({ refused: 'not-here' });
      }
    }
  });
});

describe('copies', () => {
  const copy = (more: Partial<IMoving>) => decideCopy({ row: row({ here: 'yes' }), dataset: one, target: one, ...more });

  test('files', () => {
    expect(copy({})).toBe('job');
    expect(copy({ row: row({ here: 'no' }) })).toBe('job');
    expect(copy({ target: other })).toBe('job');
    expect(copy({ target: null })).toBe('stock');
    expect(copy({ row: row({ here: 'no' }), target: other })).toEqual({ refused: 'not-here' });
    expect(copy({ target: undefined })).toEqual({ refused: 'unknown' });
    expect(copy({ row: row({ kind: 'git' }), target: undefined })).toBe('stock');
    expect(copy({ row: row({ kind: 'annex-unlocked', here: 'no' }), target: other })).toEqual({ refused: 'not-here' });
  });

  test('folders, and no datasets', () => {
    expect(copy({ row: row({ kind: 'directory' }) })).toBeNull();
    expect(copy({ row: undefined })).toBeNull();
    expect(decideFolderCopy(holding(), one)).toBe('stock');
    expect(decideFolderCopy(holding({ annexed: 2, absent: 1 }), one)).toBe('job');
    expect(decideFolderCopy(holding({ annexed: 2, absent: 1 }), null)).toEqual({ refused: 'not-here' });
    expect(decideFolderCopy(holding({ annexed: 2 }), null)).toBe('stock');
    expect(decideFolderCopy(holding({ datasets: [nested] }), one)).toEqual({ refused: 'holds-dataset' });
    expect(decideFolderCopy(holding({ unchecked: ['one/folder/bare.git'] }), null)).toEqual({ refused: 'holds-dataset' });
    expect(decideFolderCopy(holding({ complete: false }), one)).toEqual({ refused: 'unknown' });
  });
});

describe('removals', () => {
  const paths = (...names: string[]) => names.map(contentsPath);

  test('what lies below another path goes with it', () => {
    expect(outermost(paths('a/b', 'a', 'ab', 'a/b/c', 'ab'))).toEqual(['a', 'ab']);
  });

  test('each dataset is taken out of the one that it is registered in', () => {
    const alone = { dataset: 'alone', path: 'alone' };
    const also = { dataset: 'one', path: 'one/also' };
    expect(removalsOf([holding({ datasets: [nested, alone] }), holding({ datasets: [also] })])).toEqual([
      { dataset: 'one', paths: ['one/folder/sub', 'one/also'] },
      { dataset: 'alone', paths: ['alone'] }
    ]);
  });

  test('nothing is removed that nobody could check', () => {
    expect(() => requireKnown([holding({ unchecked: ['one/folder/bare.git'] })], trans)).toThrow(
      'bare.git holds annexed content'
    );
    expect(() => requireKnown([holding({ complete: false })], trans)).toThrow('Not everything');
    expect(() => requireKnown([holding()], trans)).not.toThrow();
  });
});
