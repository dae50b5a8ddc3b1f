import { CommandIDs } from '../../tokens';
import { FakeContext } from './context.fixtures';
import { annexed } from './worldState.fixtures';
import { allCommands } from './index';

test('inspect looks at the files selected, at a folder, or at the one path that is named, and starts nothing', async () => {
  const rows = [annexed('study/a.bin'), annexed('study/b.bin')];
  const context = new FakeContext({ folder: 'study', rows, selected: ['study/a.bin', 'study/b.bin'] });
  const command = allCommands(context).find(({ id }) => id === CommandIDs.inspect);
  expect((await command?.execute({}))?.status).toBe('ok');
  await command?.execute({ paths: ['study'] });
  await command?.execute({ path: 'study/b.bin', paths: ['study'] });
  expect(context.inspected).toEqual([
    { dataset: 'study', paths: ['study/a.bin', 'study/b.bin'] },
    { dataset: 'study', paths: ['study'] },
    { dataset: 'study', paths: ['study/b.bin'] }
  ]);
  expect(context.started).toEqual([]);
  const many = Array.from({ length: 1_001 }, (_, at) => `study/${at}`);
  expect(await command?.execute({ dataset: 'study', paths: many })).toMatchObject({ failure: { kind: 'bad-request' } });
});
