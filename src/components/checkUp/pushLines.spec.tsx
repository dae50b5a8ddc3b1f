import { nullTranslator } from '@jupyterlab/translation';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PushLines } from './pushLines';

const trans = nullTranslator.load('jupyterlab_datalad');

test('a push that needs datalad-next has it loaded by its line, and help on push', async () => {
  const helped: string[] = [];
  render(
    <PushLines
      siblings={['hub', 'osf']}
      next={['osf']}
      content={false}
      trans={trans}
      onCopy={() => undefined}
      onHelp={subject => helped.push(subject)}
    />
  );
  expect([...document.querySelectorAll('code')].map(({ textContent }) => textContent)).toEqual([
    '$ datalad push --to hub',
    '$ datalad -c datalad.extensions.load=next push --to osf'
  ]);
  for (const button of screen.getAllByRole('button', { name: /help/iu })) {
    await userEvent.click(button);
  }
  expect(helped).toEqual(['datalad push', 'datalad push']);
});
