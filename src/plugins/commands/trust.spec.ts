import type { TrustItem } from '../../protocol/trust';
import { CommandIDs } from '../../tokens';
import { FakeContext } from './context.fixtures';
import type { IWorld } from './worldState.fixtures';
import { allCommands } from './index';
import { answerUntrusted } from './trust';

const item = (id: string, more: Partial<TrustItem> = {}): TrustItem => ({
  id,
  relation: 'dataset',
  name: id,
  trust: 'untrusted',
  fingerprint: `of ${id}`,
  settings: [{ reason: 'setting', where: '.git/config', key: 'core.pager', value: 'evil' }],
  more: 0,
  ...more
});

function given(world: IWorld) {
  const context = new FakeContext({ datasets: ['study'], folder: 'study', ...world });
  const run = (id: string, args = {}) =>
    allCommands(context)
      .find(command => command.id === id)
      ?.execute(args);
  return { context, run, names: () => context.started.map(({ name }) => name) };
}

const world: IWorld = { trust: [item('study'), item('sub', { relation: 'subdataset' })], untrusted: ['study'] };

test('a command asks for trust before anything else, and goes on when it is given', async () => {
  const { context, run } = given({ ...world, answers: { trust: ['study'] } });
  expect(await run(CommandIDs.get, { dataset: 'study' })).toMatchObject({ status: 'ok' });
  expect(context.started).toEqual([
    { name: 'trust', input: { dataset: 'study', items: [{ id: 'study', fingerprint: 'of study' }] } },
    { name: 'get', input: { dataset: 'study', paths: ['study'] } }
  ]);
});

test.each([CommandIDs.get, CommandIDs.drop, CommandIDs.save, CommandIDs.unlock])('%s does nothing without trust', async id => {
  const { names, run } = given({ ...world, answers: { trust: null } });
  expect(await run(id, { dataset: 'study', message: 'x' })).toMatchObject({ status: 'cancelled', jobs: [] });
  expect(names()).toEqual([]);
});

test('a trusted dataset is not asked about', async () => {
  const { context, run } = given({ trust: [item('study', { trust: 'granted' })] });
  await run(CommandIDs.get, { dataset: 'study' });
  expect(context.asked.trust).toBeUndefined();
});

test('what the server refused is asked about, and tried again only with an answer', async () => {
  const failure = { kind: 'untrusted', message: '', parameters: { dataset: 'study' } } as const;
  expect(await answerUntrusted(given({ ...world, answers: { trust: ['sub'] } }).context, failure)).toBe(true);
  expect(await answerUntrusted(given({ ...world, answers: { trust: [] } }).context, failure)).toBe(false);
  expect(await answerUntrusted(given(world).context, { ...failure, parameters: {} })).toBe(false);
});

test('no argument answers the question, and trust can be taken back', async () => {
  const { context, run, names } = given({ ...world, answers: { trust: null } });
  await run(CommandIDs.trust, { dataset: 'study', items: ['study'], ids: ['study'], confirmed: true });
  expect(context.asked.trust).toMatchObject({ dataset: 'study' });
  expect(names()).toEqual([]);
  await run(CommandIDs.untrust, { dataset: 'study' });
  expect(context.started).toEqual([{ name: 'untrust', input: { dataset: 'study' } }]);
});
