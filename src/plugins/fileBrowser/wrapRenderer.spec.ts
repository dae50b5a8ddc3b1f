import type { DirListing } from '@jupyterlab/filebrowser';
import { makeItem } from './browser.fixtures';
import { wrapRenderer } from './wrapRenderer';

/** A renderer that notes what it is asked to draw. */
function makeRenderer() {
  const seen: unknown[][] = [];
  const renderer = { updateItemNode: (...all: unknown[]) => void seen.push(all) } as unknown as DirListing.IRenderer;
  const draw = (...all: unknown[]) => (renderer.updateItemNode as (...all: unknown[]) => void)(...all);
  return { seen, renderer, draw };
}

const node = document.createElement('li');
const item = makeItem('a');

test.each([8, 9])('all %d arguments of a drawing are handed on, then the row is ours', count => {
  const { seen, renderer, draw } = makeRenderer();
  const drawn = jest.fn();
  wrapRenderer(renderer, drawn);
  const all = [node, item, ...Array.from({ length: count - 2 }, (_, place) => place)];
  draw(...all);
  expect(seen).toEqual([all]);
  expect(drawn).toHaveBeenCalledWith(node, item);
});

test('a fault of ours costs nobody the row', () => {
  const { seen, renderer, draw } = makeRenderer();
  const log = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  wrapRenderer(renderer, () => {
    throw new Error('ours');
  });
  draw(node, item);
  expect(seen).toHaveLength(1);
  expect(log).toHaveBeenCalledTimes(1);
  log.mockRestore();
});

test('disposed, the renderer is the stock one', () => {
  const { renderer, draw } = makeRenderer();
  const drawn = jest.fn();
  wrapRenderer(renderer, drawn).dispose();
  draw(node, item);
  expect(drawn).not.toHaveBeenCalled();
});
