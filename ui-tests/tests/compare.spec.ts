import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { side, ComparePage } from '../support/comparePage';
import { expect, test } from '../support/fixtures';

const MOVIE = 'movie with spaces – é.mp4';

test('text: from the context menu, side by side, inline, step by step, and fresh', async ({
  datalad,
  page,
  tmpPath,
  workspace
}) => {
  const compare = new ComparePage(page);
  await datalad.openFolder('study');
  await datalad.choose('notes.txt', 'Compare with Last Save');
  const view = await compare.shown('notes.txt');
  await expect(view).toContainText('last save');
  await expect(side(view, 'now')).toBeVisible();
  const saved = await side(view, 'last save').innerText();
  const file = join(workspace, 'study', 'notes.txt');
  await test.step('what is written in a terminal shows at once', async () => {
    await writeFile(file, `${(await readFile(file, 'utf8')).trimEnd()}\nWritten in a terminal\n`);
    await expect(side(view, 'now')).toContainText('Written in a terminal');
    expect(await side(view, 'last save').innerText()).toBe(saved);
  });
  await test.step('inline, with the keyboard', async () => {
    await view.getByRole('button', { name: 'Inline' }).press('Enter');
    await expect(view.getByRole('button', { name: 'Inline' })).toHaveAttribute('aria-pressed', 'true');
    await expect(side(view, 'last save')).toHaveCount(0);
    await expect(view.locator('.cm-insertedLine').first()).toBeVisible();
  });
  await test.step('changes can be gone to', async () => {
    await expect(view.getByRole('status')).toHaveText(/^[1-9]\d* changes?$/);
    await view.getByRole('button', { name: 'Next change' }).click();
    await view.getByRole('button', { name: 'Previous change' }).click();
  });
  await test.step('parts of the change can be discarded from here', async () => {
    await view.getByRole('button', { name: 'Discard Parts…' }).click();
    await expect(datalad.dialog).toContainText('Written in a terminal');
    await datalad.decline();
  });
  await test.step('white space counts or does not', async () => {
    await writeFile(file, saved.replaceAll('\n', '  \n'));
    await expect(view.getByRole('status')).toHaveText(/^[1-9]\d* changes?$/);
    await view.getByRole('checkbox', { name: 'Ignore white space' }).check();
    await expect(view.getByRole('status')).not.toHaveText(/^[2-9]/);
  });
  await test.step('a file that is gone meanwhile', async () => {
    await rm(file);
    await expect(view).toContainText('there is no such file');
  });
  await test.step('the second time it is the same view', async () => {
    await datalad.execute('datalad:diff', { paths: [`${tmpPath}/study/notes.txt`] });
    await expect(compare.of('notes.txt')).toHaveCount(1);
  });
});

test('what only an editor hides is told: line ends, last line, bytes that are no text', async ({
  datalad,
  page,
  terminal,
  tmpPath,
  workspace
}) => {
  const compare = new ComparePage(page);
  const study = join(workspace, 'study');
  await writeFile(join(study, 'ends.txt'), 'one\ntwo\n');
  await writeFile(join(study, 'bytes.txt'), 'grüße\n');
  await terminal.git('add', 'ends.txt', 'bytes.txt');
  await terminal.git('commit', '-q', '-m', 'Texts <b>bold</b> \u001b[31mred', 'ends.txt', 'bytes.txt');
  await writeFile(join(study, 'ends.txt'), 'one\r\ntwo');
  await writeFile(join(study, 'bytes.txt'), Buffer.from('gr\xfc\xdfe\n', 'latin1'));
  await datalad.execute('datalad:diff', { dataset: `${tmpPath}/study`, path: `${tmpPath}/study/ends.txt` });
  const ends = await compare.shown('ends.txt');
  await expect(ends).toContainText('Ends of lines changed: LF (Linux, macOS) → CRLF (Windows).');
  await expect(ends).toContainText('The last line is not ended any more.');
  await expect(ends).toContainText('Texts <b>bold</b> ␛[31mred');
  await datalad.execute('datalad:diff', { dataset: `${tmpPath}/study`, path: `${tmpPath}/study/bytes.txt` });
  await expect(await compare.shown('bytes.txt')).toContainText('“now” is no valid UTF-8');
});

test('tables, pictures, and what is not here', async ({ datalad, page, terminal, tmpPath, workspace }) => {
  const compare = new ComparePage(page);
  const study = join(workspace, 'study');
  const open = (name: string): Promise<unknown> => datalad.execute('datalad:diff', { paths: [`${tmpPath}/study/${name}`] });

  await test.step('a table by rows and cells', async () => {
    const text = await readFile(join(study, 'participants.csv'), 'utf8');
    const lines = text.trimEnd().split('\n');
    await writeFile(join(study, 'participants.csv'), [...lines.slice(0, -1), `${lines.at(-1)}9`, 'sub-99,40'].join('\n'));
    await open('participants.csv');
    const view = await compare.shown('participants.csv');
    await expect(view.getByRole('row')).toHaveCount(3);
    await expect(view.locator('td[data-changed] ins')).toHaveCount(1);
    await expect(view.getByRole('row', { name: /added/ })).toContainText('sub-99');
    await view.getByRole('button', { name: 'Text' }).click();
    await expect(side(view, 'now')).toContainText('sub-99');
  });

  await test.step('pictures in three ways', async () => {
    await terminal.git('checkout', '-q', '--', 'figures/draft.png');
    await datalad.execute('datalad:get', { paths: [`${tmpPath}/study/figures`] });
    const { red, blue } = await page.evaluate(() => {
      const draw = (colour: string): string => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 30 });
        const context = canvas.getContext('2d')!;
        context.fillStyle = 'white';
        context.fillRect(0, 0, 40, 30);
        context.fillStyle = colour;
        context.fillRect(0, 0, 20, 15);
        return canvas.toDataURL('image/png').split(',')[1]!;
      };
      return { red: draw('red'), blue: draw('blue') };
    });
    await writeFile(join(study, 'plot.png'), Buffer.from(red, 'base64'));
    await terminal.annex('add', 'plot.png');
    await terminal.git('commit', '-q', '-m', 'A plot', 'plot.png');
    await terminal.annex('unlock', 'plot.png');
    await writeFile(join(study, 'plot.png'), Buffer.from(blue, 'base64'));
    await open('plot.png');
    const view = await compare.shown('plot.png');
    await expect(view.getByRole('img', { name: /^(last save|now)$/ })).toHaveCount(2);
    await expect(view).toContainText('40 × 30');
    await view.getByRole('button', { name: 'Swipe' }).click();
    const slider = view.getByRole('slider');
    await slider.press('End');
    await expect(slider).toHaveAttribute('aria-valuetext', '100 % “last save”');
    await view.getByRole('button', { name: 'Difference' }).click();
    await expect(view.getByRole('status')).toHaveText('300 of 1,200 pixels differ (25.0 %).');
  });

  await test.step('annexed content that is not here: key, size and checksum, and a button that gets it', async () => {
    await open(MOVIE);
    const view = await compare.shown(MOVIE);
    await expect(view).toContainText('Nothing differs.');
    await expect(view.getByRole('row', { name: /^Content/ })).toContainText('not here');
    await expect(view.getByRole('row', { name: /^Key/ })).toContainText(/[A-Z0-9]+E-s\d+--[0-9a-f]+/);
    await view.getByRole('button', { name: 'Get' }).first().click();
    await expect(view.getByRole('row', { name: /^Content/ })).toContainText('here');
    await expect(view.getByRole('row', { name: /^Content/ })).not.toContainText('not here');
    await datalad.openFolder('study');
    await datalad.expectHere('yes', MOVIE);
  });
});

/** A notebook with these cells, each with its output. */
function notebook(cells: Record<string, [source: string, output: string]>, kernel = 'Python 3'): string {
  const code = Object.entries(cells).map(([id, [source, output]], at) => ({
    id,
    cell_type: 'code',
    source: source.split(/(?<=\n)/),
    metadata: {},
    execution_count: at + 1,
    outputs: [
      { output_type: 'stream', name: 'stdout', text: [output] },
      {
        output_type: 'display_data',
        metadata: {},
        data: { 'text/html': '<img src=x onerror="window.pwned=1">', 'text/plain': output }
      }
    ]
  }));
  const metadata = { kernelspec: { display_name: kernel, name: 'python3' }, language_info: { name: 'python' } };
  return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells: code });
}

test('notebooks by cells, never as JSON', async ({ datalad, page, terminal, tmpPath, workspace }) => {
  const compare = new ComparePage(page);
  const file = join(workspace, 'study', 'analysis.ipynb');
  await writeFile(file, notebook({ a: ['x = 1\n', 'one'], b: ['y = 2\n', 'two'], c: ['z = 3', 'three'] }));
  await terminal.git('add', 'analysis.ipynb');
  await terminal.git('commit', '-q', '-m', 'An analysis', 'analysis.ipynb');
  await writeFile(file, notebook({ a: ['x = 1\n', 'one'], b: ['y = 22\n', 'twenty-two'], d: ['new = 4', 'four'] }, 'Python 4'));
  await datalad.execute('datalad:diff', { paths: [`${tmpPath}/study/analysis.ipynb`] });
  const view = await compare.shown('analysis.ipynb');
  const changed = view.getByRole('region', { name: 'Code cell changed' });
  await expect(side(changed, 'Source, now')).toHaveText(/y = 22/);
  await expect(changed).toContainText('twenty-two');
  await expect(view.getByRole('region', { name: 'Code cell added' })).toContainText('new = 4');
  await expect(view.getByRole('region', { name: 'Code cell removed' })).toContainText('z = 3');
  await expect(view).toContainText('1 cell as before');
  await expect(view.getByRole('region', { name: 'Notebook metadata' })).toContainText('Python 4');
  await expect(view).not.toContainText('cell_type');
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
});

test('a whole dataset, and what one save changed', async ({ datalad, page, terminal, tmpPath }) => {
  const compare = new ComparePage(page);
  await datalad.execute('datalad:diff', { dataset: `${tmpPath}/study` });
  const view = compare.of(`${tmpPath}/study`);
  const files = view.getByRole('list', { name: 'Files that differ' });
  await expect(files.getByRole('button', { name: 'notes.txt' })).toHaveAttribute('aria-description', /^modified, Git/);
  await files.getByRole('button', { name: 'notes.txt' }).focus();
  await page.keyboard.press('Home');
  await files.getByRole('button', { name: 'notes.txt' }).press('Enter');
  await expect(await compare.shown('notes.txt')).toContainText('last save');
  await terminal.git('mv', 'README.md', 'READ ME.md');
  await terminal.git('commit', '-q', '-m', 'Another name');
  const commit = await terminal.git('rev-parse', 'HEAD');
  await datalad.execute('datalad:diff', { dataset: `${tmpPath}/study`, commit });
  const second = page.getByRole('region', { name: `Comparison of ${tmpPath}/study` }).filter({ hasText: 'Another name' });
  await expect(second.getByRole('button', { name: 'READ ME.md' })).toHaveAttribute(
    'aria-description',
    /^renamed, was README\.md/
  );
});

test('two chosen commits of a whole dataset, and an old version with now', async ({ datalad, page, terminal, tmpPath }) => {
  const compare = new ComparePage(page);
  const commit = async (name: string, message: string): Promise<string> => {
    await terminal.run('sh', ['-c', `printf '${message}\\n' >> ${name}`], 'study');
    await terminal.git('add', name);
    await terminal.git('commit', '-q', '-m', message, name);
    return await terminal.git('rev-parse', 'HEAD');
  };
  await commit('report.md', 'Begin');
  await terminal.git('tag', 'begun');
  await commit('second.md', 'Second');
  const third = await commit('third.md', 'Third');
  await commit('report.md', 'Go on');
  const study = `${tmpPath}/study`;
  const view = compare.of(study);
  const files = view.getByRole('list', { name: 'Files that differ' }).getByRole('button');
  const sides = view.getByRole('form', { name: 'Sides' });
  const names = async (from: string, to: string): Promise<string[]> =>
    (await terminal.git('diff', '--name-only', from, to)).split('\n');
  await datalad.openFolder('study');
  await datalad.openPanel('History');
  const history = datalad.section('History');
  await history.getByRole('button', { name: /^Third/ }).click();

  await test.step('a commit with the one before it, by the keyboard', async () => {
    await history.getByRole('button', { name: 'Compare With…' }).press('Enter');
    await expect(datalad.menuEntry('The Folder Now')).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(files).toHaveText([/third\.md/]);
    await expect(view.getByRole('form')).toHaveCount(0);
  });

  await test.step('with any other, which takes the place of what was shown', async () => {
    await history.getByRole('button', { name: 'Compare With…' }).click();
    await datalad.menuEntry('Another Commit…').click();
    const chooser = compare.of(study).getByRole('form', { name: 'Sides' });
    await expect(chooser.getByRole('combobox', { name: 'From' })).toBeFocused();
    await chooser.getByRole('combobox', { name: 'From' }).selectOption('begun');
    await chooser.getByRole('combobox', { name: 'To' }).selectOption('Another commit…');
    const field = chooser.getByRole('textbox', { name: 'To: commit id, branch or tag' });
    await field.fill('no such branch');
    await field.press('Enter');
    await expect(chooser.getByRole('alert')).toHaveText('There is no commit, branch or tag “no such branch”.');
    await field.fill(third.slice(0, 12));
    await field.press('Enter');
    await expect(sides).toHaveCount(0);
    await expect(files).toHaveCount(2);
    expect(await names('begun', third)).toEqual(['second.md', 'third.md']);
    await expect(files.first()).toHaveAccessibleName('second.md');
    await expect(files.last()).toHaveAccessibleName('third.md');
    // The one with the commit before, and this one.
    await expect(page.getByRole('tab', { name: 'Compare study' })).toHaveCount(2);
  });

  await test.step('the other way round, from the comparison itself', async () => {
    await view.getByRole('button', { name: 'Other sides…' }).press('Enter');
    await expect(sides.getByRole('combobox', { name: 'From' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(view.getByRole('button', { name: 'Other sides…' })).toBeFocused();
    await page.keyboard.press('Enter');
    await sides.getByRole('combobox', { name: 'From' }).selectOption('Last save');
    await sides.getByRole('combobox', { name: 'To' }).selectOption('begun');
    const { violations } = await new AxeBuilder({ page }).include('.jp-Datalad-chooseSides').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    await sides.getByRole('button', { name: 'Compare' }).click();
    await expect(files).toHaveCount(3);
    await expect(files.last()).toHaveAttribute('aria-description', /^deleted/);
  });

  await test.step('a file as it was then, with the one in the folder', async () => {
    await datalad.execute('datalad:open-version', {
      dataset: study,
      path: `${study}/report.md`,
      commit: await terminal.git('rev-parse', 'begun')
    });
    const version = page.getByRole('region', { name: /^report\.md as it was in / });
    await version.getByRole('button', { name: 'Compare With Now' }).press('Enter');
    const both = await compare.shown('report.md');
    await expect(side(both, 'now')).toContainText('Go on');
    await expect(both.locator('.cm-merge-a .cm-content')).toHaveText(/^Begin\s*$/);
  });
});

test('a text of 10 MB opens without a frame over 200 ms, and one line of 10 MB, too', async ({
  datalad,
  page,
  terminal,
  tmpPath,
  workspace
}) => {
  const compare = new ComparePage(page);
  const study = join(workspace, 'study');
  const lines = Array.from({ length: 250_000 }, (_, at) => `line ${at} of a text of ten megabytes, that is`);
  await writeFile(join(study, 'big.txt'), lines.join('\n'));
  await writeFile(join(study, 'endless.txt'), 'x'.repeat(10_000_000));
  await terminal.git('add', 'big.txt', 'endless.txt');
  await terminal.git('commit', '-q', '-m', 'Large', 'big.txt', 'endless.txt');
  lines[100_000] = 'changed';
  await writeFile(join(study, 'big.txt'), lines.join('\n'));
  await writeFile(join(study, 'endless.txt'), `${'x'.repeat(10_000_000)}y`);
  // What is loaded once has been loaded.
  await datalad.execute('datalad:diff', { paths: [`${tmpPath}/study/notes.txt`] });
  await compare.shown('notes.txt');
  for (const name of ['big.txt', 'endless.txt']) {
    await page.evaluate(() => {
      const watch = window as unknown as { longest: number };
      watch.longest = 0;
      new PerformanceObserver(list => {
        watch.longest = Math.max(watch.longest, ...list.getEntries().map(({ duration }) => duration));
      }).observe({ type: 'longtask' });
    });
    await datalad.execute('datalad:diff', { paths: [`${tmpPath}/study/${name}`] });
    const view = await compare.shown(name);
    await expect(view).toContainText('1 line came, 1 line went');
    const longest = await page.evaluate(() => (window as unknown as { longest: number }).longest);
    console.log(`${name}: longest task ${Math.round(longest)} ms`);
    expect(longest).toBeLessThan(200);
  }
  await test.step('a change that leaves a file as long as it was shows, too', async () => {
    await datalad.execute('datalad:diff', { paths: [`${tmpPath}/study/big.txt`] });
    const view = await compare.shown('big.txt');
    await writeFile(join(study, 'big.txt'), lines.join('\n').replace('changed', 'CHANGED'));
    await expect(view).toContainText('CHANGED');
    await expect(view.getByRole('button', { name: 'Show the whole files' })).toBeVisible();
  });
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in comparisons, ${theme}`, async ({ datalad, page, terminal, tmpPath, workspace }) => {
    const compare = new ComparePage(page);
    const study = join(workspace, 'study');
    if (theme === 'dark') {
      await page.theme.setDarkTheme();
    }
    await writeFile(join(study, 'code.py'), 'import os\nprint("a")\n');
    await writeFile(join(study, 'n.ipynb'), notebook({ a: ['x = 1', 'one'] }));
    await terminal.git('add', 'code.py', 'n.ipynb');
    await terminal.git('commit', '-q', '-m', 'Code', 'code.py', 'n.ipynb');
    await writeFile(join(study, 'code.py'), 'import os, sys\nprint("b")\n');
    await writeFile(join(study, 'n.ipynb'), notebook({ a: ['x = 2', 'two'] }));
    await writeFile(join(study, 'participants.csv'), 'participant,age\nsub-01,99\n');
    for (const name of ['code.py', 'n.ipynb', 'participants.csv', MOVIE, 'figures/draft.png']) {
      await datalad.execute('datalad:diff', { paths: [`${tmpPath}/study/${name}`] });
      await compare.shown(name);
      const { violations } = await new AxeBuilder({ page }).include('.jp-Datalad-compare:not(.lm-mod-hidden *)').analyze();
      expect(violations.map(({ id, nodes }) => `${name}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
    }
    await datalad.execute('datalad:diff', { dataset: `${tmpPath}/study` });
    await expect(compare.of(`${tmpPath}/study`).getByRole('list')).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).include('.jp-Datalad-differences').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  });
}
