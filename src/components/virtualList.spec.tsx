import { act, render, screen } from '@testing-library/react';
import { VirtualList } from './virtualList';

/** As the browser draws it. */
const drawn = async (): Promise<void> => act(async () => void (await new Promise(resolve => setTimeout(resolve, 50))));

function List({ items }: { items: readonly string[] }): JSX.Element {
  return (
    <>
      <VirtualList
        items={items}
        label="Letters"
        keyOf={item => item}
        row={(item, tabIndex) => (
          <button type="button" tabIndex={tabIndex} data-roving="">
            {item}
          </button>
        )}
      />
      <button type="button">beside</button>
    </>
  );
}

it('keeps the focus at its place when the row that has it goes', async () => {
  const { rerender } = render(<List items={['a', 'reading']} />);
  act(() => screen.getByRole('button', { name: 'reading' }).focus());
  rerender(<List items={['a', 'b', 'c']} />);
  await drawn();
  expect(document.activeElement?.textContent).toBe('b');
});

it('takes no focus that went elsewhere, or was never there', async () => {
  const { rerender } = render(<List items={['a', 'reading']} />);
  rerender(<List items={['a', 'b']} />);
  await drawn();
  expect(document.activeElement).toBe(document.body);
  act(() => screen.getByRole('button', { name: 'b' }).focus());
  act(() => screen.getByRole('button', { name: 'beside' }).focus());
  await drawn();
  act(() => screen.getByRole('button', { name: 'beside' }).blur());
  rerender(<List items={['a', 'c']} />);
  await drawn();
  expect(document.activeElement).toBe(document.body);
});
