import { CommandIDs } from '../../tokens';
import { job } from '../jobs.fixtures';
import { retryCommand } from './retry';

test('what came by a table is skipped the next time', () => {
  const input = { dataset: 'study', table: 'study/t.csv', urlFormat: '{url}', fileFormat: '{name}' };
  expect(retryCommand(job({ operation: 'addUrls', input }))).toEqual({
    command: CommandIDs.addUrls,
    args: { ...input, ifExists: 'skip' }
  });
});

test('an undo is planned anew, since the save may have been pushed by now', () => {
  const input = { dataset: 'study', job: 'job-1', by: 'revert' };
  expect(retryCommand(job({ operation: 'undoSave', input }))).toEqual({
    command: CommandIDs.undo,
    args: { dataset: 'study', job: 'job-1' }
  });
});
