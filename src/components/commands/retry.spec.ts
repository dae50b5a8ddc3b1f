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
