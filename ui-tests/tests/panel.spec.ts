import { expect, test } from '../support/fixtures';

test('the panel tells how the dataset is, section by section', async ({ datalad, page, terminal, tmpPath }) => {
  await datalad.openFolder('study');
  await datalad.openPanel();
  const { panel } = datalad;

  await test.step('regions with headings that fold', async () => {
    await expect(panel.getByRole('heading', { name: 'study' })).toBeVisible();
    for (const name of ['Changes', 'Data', 'History', 'Commands']) {
      await expect(datalad.section(name)).toBeVisible();
    }
    // Sections that are not built yet leave no shells.
    await expect(panel.getByRole('region')).toHaveCount(4);
    await expect(datalad.heading('Changes')).toHaveAttribute('aria-expanded', 'true');
    await expect(datalad.heading('Data')).toHaveAttribute('aria-expanded', 'false');
    await datalad.heading('Data').click();
    await expect(datalad.section('Data').getByRole('meter', { name: 'Content here', exact: true })).toBeVisible();
    await datalad.heading('Data').click();
    await expect(datalad.heading('Data')).toHaveAttribute('aria-expanded', 'false');
  });

  await test.step('chips lead to their sections', async () => {
    const chips = panel.getByRole('list', { name: 'State of the dataset' });
    await chips.getByRole('link', { name: /21 not here, 11\.4 MB/ }).click();
    await expect(datalad.heading('Data')).toHaveAttribute('aria-expanded', 'true');
    await expect(datalad.heading('Data')).toBeFocused();
    await expect(chips.getByRole('link', { name: '4 unsaved' })).toBeVisible();
  });

  await test.step('the status bar says the same', async () => {
    await expect(datalad.statusBarEntry).toHaveAccessibleName('DataLad: study, 4 unsaved, 21 not here, 11.4 MB');
  });

  await test.step('what happens in a terminal is listed, too', async () => {
    await datalad.unfold('Commands');
    await terminal.git('add', 'ideas.md');
    await terminal.git('commit', '-q', '-m', 'By hand', 'notes.txt', 'ideas.md');
    await expect(datalad.section('Commands').getByRole('button', { name: 'Saved 2 files, in a terminal' })).toBeVisible();
    await expect(panel.getByRole('link', { name: '2 unsaved' })).toBeVisible();
  });

  await test.step('nested datasets have a way back, and a pin holds one', async () => {
    await datalad.openFolder('stimuli');
    await expect(panel.getByRole('heading', { name: 'stimuli' })).toBeVisible();
    await panel.getByRole('navigation', { name: 'Datasets around this one' }).getByRole('link', { name: 'study' }).click();
    await expect(panel.getByRole('heading', { name: 'study' })).toBeVisible();
    await panel.getByRole('button', { name: 'Stay with this dataset' }).click();
    await datalad.goTo(`${tmpPath}/notes`);
    await expect(datalad.row('todo.md')).toBeVisible();
    await expect(panel.getByRole('heading', { name: 'study' })).toBeVisible();
    await panel.getByRole('button', { name: 'Stay with this dataset' }).click();
    await expect(panel.getByRole('heading', { name: 'No dataset here' })).toBeVisible();
    await expect(panel.getByText('This folder is an ordinary folder.')).toBeVisible();
    await expect(datalad.statusBarEntry).toHaveCount(0);
  });

  await test.step('in 250 px nothing needs a sideways scroll', async () => {
    await datalad.goTo(`${tmpPath}/study`);
    await datalad.unfold('Data');
    await page.sidebar.setWidth(250, 'right');
    const overflowing = await panel.evaluate(node =>
      [node, ...node.querySelectorAll<HTMLElement>('*')]
        .filter(part => part.scrollWidth > part.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(part).overflowX))
        // Preformatted output scrolls by itself.
        .filter(part => part.tagName !== 'PRE' && part.tagName !== 'TEXTAREA')
        .map(part => part.className)
    );
    expect(overflowing).toEqual([]);
    const edge = await panel.evaluate(node => {
      const { right } = node.getBoundingClientRect();
      return [...node.querySelectorAll<HTMLElement>('button, input, textarea, a')]
        .filter(part => part.getBoundingClientRect().right > right + 1)
        .map(part => part.outerHTML.slice(0, 120));
    });
    expect(edge).toEqual([]);
  });
});

test('the panel works without a mouse', async ({ datalad, page, terminal }) => {
  await datalad.openFolder('study');
  await expect(datalad.heading('Changes')).toBeVisible();

  await test.step('the shortcut goes there, F6 from section to section', async () => {
    await page.keyboard.press('ControlOrMeta+Alt+d');
    await expect(datalad.panel.locator(':focus')).toHaveCount(1);
    for (const name of ['Changes', 'Data', 'History', 'Commands', 'Changes']) {
      await page.keyboard.press('F6');
      await expect(datalad.heading(name)).toBeFocused();
    }
    await page.keyboard.press('Shift+F6');
    await expect(datalad.heading('Commands')).toBeFocused();
    await page.keyboard.press('F6');
  });

  await test.step('Enter and Space fold', async () => {
    await page.keyboard.press('Enter');
    await expect(datalad.heading('Changes')).toHaveAttribute('aria-expanded', 'false');
    await page.keyboard.press('Space');
    await expect(datalad.heading('Changes')).toHaveAttribute('aria-expanded', 'true');
  });

  await test.step('Tab, arrows and Space untick one, Accel+Enter saves the rest', async () => {
    await page.keyboard.press('Tab');
    await expect(datalad.message).toBeFocused();
    await page.keyboard.type('By keyboard');
    await page.keyboard.press('Tab');
    await expect(datalad.section('Changes').getByRole('combobox', { name: 'Earlier messages' })).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await expect(datalad.section('Changes').getByRole('checkbox', { name: 'figures/draft.png' })).toBeFocused();
    await page.keyboard.press('Space');
    await page.keyboard.press('End');
    await expect(datalad.section('Changes').getByRole('checkbox', { name: 'notes.txt' })).toBeFocused();
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await expect(datalad.message).toBeFocused();
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(datalad.panel.getByRole('link', { name: '1 unsaved' })).toBeVisible();
    expect(await terminal.git('show', '--name-only', '--format=%s', 'HEAD')).toBe(
      'By keyboard\n\nfigures/new-figure.svg\nideas.md\nnotes.txt'
    );
  });
});
