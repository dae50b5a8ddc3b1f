import { ServerConnection } from '@jupyterlab/services';
import { contentsPath } from '../../protocol/paths';
import { type ILiveNotebooksOptions, LiveNotebooks } from './liveNotebooks';

const path = contentsPath('study/work.step.ipynb');
const CONTENT = { cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 };

/** Notebooks of a Jupyter that answers a look at a place like this. */
function given(get: () => Promise<unknown>) {
  const saved: string[] = [];
  const contents = { get, save: async (name: string) => void saved.push(name) };
  return { saved, notebooks: new LiveNotebooks({ contents } as unknown as ILiveNotebooksOptions) };
}

const answers = (status: number) => () => Promise.reject(new ServerConnection.ResponseError({ status } as Response, `${status}`));

it('writes where Jupyter says that there is nothing', async () => {
  const { notebooks, saved } = given(answers(404));
  expect(await notebooks.write(path, CONTENT, { over: false })).toBe(true);
  expect(saved).toEqual([path]);
});

it('writes over nothing, unless that is meant', async () => {
  const { notebooks, saved } = given(() => Promise.resolve({}));
  expect(await notebooks.write(path, CONTENT, { over: false })).toBe(false);
  expect(saved).toEqual([]);
  expect(await notebooks.write(path, CONTENT, { over: true })).toBe(true);
});

it('writes nothing where Jupyter does not know', async () => {
  const { notebooks, saved } = given(answers(502));
  await expect(notebooks.write(path, CONTENT, { over: false })).rejects.toThrow('502');
  expect(saved).toEqual([]);
});
