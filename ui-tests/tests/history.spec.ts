import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures';
import type { DataladPage } from '../support/dataladPage';
import { contentHash } from '../support/terminal';

/** What axe finds in the panel, as short lines. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include('#datalad-panel').analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary ?? ''}`)
  );
}

const commits = (datalad: DataladPage): Locator => datalad.section('History').getByRole('list', { name: 'Commits' });
const commit = (datalad: DataladPage, name: string | RegExp): Locator => commits(datalad).getByRole('button', { name });

test('a history is looked through, searched, and brings an older version back', async ({
  datalad,
  page,
  terminal,
  workspace
}) => {
  await terminal.run('sh', ['-c', 'printf "first\\n" > report.md'], 'study');
  await terminal.git('add', 'report.md');
  await terminal.git('commit', '-q', '-m', 'Begin a report');
  await terminal.git('tag', 'v1');
  const first = await contentHash(join(workspace, 'study/report.md'));
  await terminal.run('sh', ['-c', 'printf "second\\n" > report.md; git mv notes.txt remarks.txt'], 'study');
  await terminal.git('commit', '-q', '-m', 'Go on <b>writing</b>\n\nWith \u202E a body', 'report.md', 'notes.txt', 'remarks.txt');
  await datalad.openFolder('study');
  await datalad.openPanel('History');

  await test.step('the list is that of git, the newest first', async () => {
    const subjects = (await terminal.git('log', '--format=%s')).split('\n');
    await expect(commits(datalad).getByRole('button')).toHaveCount(subjects.length);
    await expect(commit(datalad, /^Go on <b>writing<\/b>, branch main, checked out/)).toBeVisible();
    await expect(commit(datalad, /^Begin a report, tag v1/)).toBeVisible();
    await expect(commits(datalad).locator('b')).toHaveCount(0);
  });

  await test.step('what is committed in a terminal comes by itself', async () => {
    await terminal.git('commit', '-q', '--allow-empty', '-m', 'From outside');
    await expect(commit(datalad, /^From outside, branch main/)).toBeVisible();
    await expect(commits(datalad).getByRole('button').first()).toHaveAccessibleName(/^From outside/);
  });

  await test.step('words in messages, and who wrote them', async () => {
    const words = datalad.section('History').getByRole('searchbox', { name: 'Words in the message' });
    await words.fill('REPORT begin');
    await expect(commits(datalad).getByRole('button')).toHaveCount(1);
    await expect(commit(datalad, /^Begin a report/)).toBeVisible();
    await words.fill('nobody wrote this');
    await expect(datalad.section('History').getByText('Nothing fits.')).toBeVisible();
    await words.fill('');
    await datalad.section('History').getByRole('button', { name: 'Path, author and dates' }).click();
    await datalad.section('History').getByRole('textbox', { name: 'Author' }).fill('ada@example');
    await expect(commit(datalad, /^From outside/)).toBeVisible();
    await datalad.section('History').getByRole('textbox', { name: 'Author' }).fill('');
    await datalad.section('History').getByRole('textbox', { name: 'Path' }).fill('notes.t?t');
    // It is gone, under this name.
    const expected = (await terminal.git('log', '--format=%s', '--', 'notes.txt')).split('\n');
    await expect(commits(datalad).getByRole('button')).toHaveCount(expected.length);
    await expect(datalad.section('History').getByLabel('In a terminal')).toContainText("-- ':(glob)**/notes.t?t'");
    await datalad.section('History').getByRole('button', { name: 'Path, author and dates' }).click();
    // The whole of it has a graph again.
    await expect(commits(datalad).locator('svg').first()).toBeAttached();
  });

  await test.step('a commit by the keyboard, and back', async () => {
    await commit(datalad, /^From outside/).focus();
    await page.keyboard.press('ArrowDown');
    await expect(commit(datalad, /^Go on/)).toBeFocused();
    await page.keyboard.press('Enter');
    const view = datalad.section('History').getByRole('group', { name: /^Commit / });
    await expect(view.getByRole('heading', { name: 'Go on <b>writing</b>' })).toBeVisible();
    await expect(view.getByText('With \\u202e a body')).toBeVisible();
    await expect(view.getByRole('button', { name: 'History of report.md' })).toBeVisible();
    await expect(view.getByText('renamed from notes.txt')).toBeAttached();
    await page.keyboard.press('Escape');
    await expect(commit(datalad, /^Go on/)).toBeFocused();
  });

  await test.step('the file as it was then', async () => {
    await commit(datalad, /^Begin a report/).click();
    await datalad.section('History').getByRole('button', { name: 'Restore report.md as it was then' }).click();
    // For a moment there is none: git takes the old file away before it writes the new one.
    await expect.poll(() => contentHash(join(workspace, 'study/report.md')).catch(() => 'none')).toBe(first);
    await expect(datalad.row('report.md')).toHaveAttribute('data-datalad-change', 'modified');
    expect(await terminal.git('status', '--porcelain', 'report.md')).toBe('M  report.md');
    await datalad.unfold('Commands');
    await datalad
      .section('Commands')
      .getByRole('button', { name: /^Restore report\.md/ })
      .click();
    const id = await terminal.git('rev-parse', 'v1');
    await expect(datalad.section('Commands').getByText(`$ git checkout ${id.slice(0, 10)} -- report.md`)).toBeVisible();
    await datalad.heading('Commands').click();
  });

  await test.step('opened to be read, beside it in the main area', async () => {
    const status = await terminal.git('status', '--porcelain');
    await datalad.section('History').getByRole('button', { name: 'Open report.md as it was then' }).click();
    const view = page.getByRole('region', { name: /^report\.md as it was in / });
    await expect(view.getByRole('heading', { name: 'report.md' })).toBeVisible();
    await expect(view.getByText('Begin a report')).toBeVisible();
    const text = view.getByRole('textbox', { name: 'report.md' });
    await expect(text).toHaveText(/^first/);
    await text.press('x');
    await expect(text).toHaveText(/^first/);
    const { violations } = await new AxeBuilder({ page })
      .include(`#${await view.evaluate(node => (node.id = 'shown-version'))}`)
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
    expect(await terminal.git('status', '--porcelain')).toBe(status);
    await expect(page.getByRole('tab', { name: /^report\.md @ / })).toBeVisible();
    await datalad.section('History').getByRole('button', { name: 'All files then' }).click();
    const files = page.getByRole('region', { name: /^study as it was in / });
    await files.getByRole('button', { name: 'notes.txt', exact: true }).click();
    await expect(page.getByRole('region', { name: /^notes\.txt as it was in / }).getByRole('textbox')).toBeVisible();
  });

  await test.step('but never over what is not saved', async () => {
    await terminal.run('sh', ['-c', 'printf "precious\\n" > report.md'], 'study');
    const precious = await contentHash(join(workspace, 'study/report.md'));
    await datalad.section('History').getByRole('button', { name: 'Restore report.md as it was then' }).click();
    await expect(datalad.problems).toContainText('report.md has changes that are not saved.');
    expect(await contentHash(join(workspace, 'study/report.md'))).toBe(precious);
    await expect(datalad.problems.getByRole('button', { name: 'Save…' })).toBeVisible();
    await datalad.problems.getByRole('button', { name: 'Dismiss' }).click();
  });
});

test('what a commit did not change comes back from it, too: a file, a folder, everything', async ({
  datalad,
  page,
  terminal,
  workspace
}) => {
  const study = join(workspace, 'study');
  const names = ['texts/old/plan.md', 'texts/old/list.md', 'texts/story.md'];
  const hashes = (): Promise<string[]> => Promise.all(names.map(name => contentHash(join(study, name)).catch(() => 'none')));
  const write = (words: string): Promise<string> =>
    terminal.run('sh', ['-c', `mkdir -p texts/old; for f in ${names.join(' ')}; do echo "${words} $f" > $f; done`], 'study');
  await write('then');
  await terminal.git('add', 'texts');
  await terminal.git('commit', '-q', '-m', 'Begin the texts', 'texts');
  await terminal.git('commit', '-q', '--allow-empty', '-m', 'Changes none of them');
  const then = await hashes();
  await write('now');
  await terminal.run('sh', ['-c', 'echo later > texts/later.md; git add texts'], 'study');
  await terminal.git('commit', '-q', '-m', 'Rewrite the texts', 'texts');
  const now = await hashes();
  await datalad.openFolder('study');
  await datalad.openPanel('History');
  await commit(datalad, /^Changes none of them/).click();
  await datalad.section('History').getByRole('button', { name: 'All files then' }).click();
  const files = page.getByRole('region', { name: /^study as it was in / });

  await test.step('one file, from the list', async () => {
    await files.getByRole('button', { name: 'Restore texts/old/plan.md…' }).click();
    await expect(datalad.dialog.getByRole('radio', { name: 'texts/old/plan.md' })).toBeChecked();
    await expect(datalad.dialog.getByRole('group', { name: 'Command' })).toContainText('-- texts/old/plan.md');
    await page.screenshot({ path: test.info().outputPath('restore.png') });
    await datalad.accept();
    await expect.poll(hashes).toEqual([then[0], now[1], now[2]]);
    expect(await terminal.git('status', '--porcelain', 'texts')).toBe('M  texts/old/plan.md');
  });

  await test.step('a folder around a file that is open as it was, by the keyboard', async () => {
    await files.getByRole('button', { name: 'texts/old/list.md', exact: true }).click();
    const version = page.getByRole('region', { name: /^texts\/old\/list\.md as it was in / });
    await expect(version.getByRole('textbox', { name: 'texts/old/list.md' })).toHaveText(/^then/);
    await version.getByRole('button', { name: 'Restore…' }).press('Enter');
    await datalad.dialog.getByRole('radio', { name: 'texts/old/list.md' }).press('ArrowDown');
    await expect(datalad.dialog.getByRole('radio', { name: 'Everything in texts/old' })).toBeChecked();
    await datalad.accept();
    await expect.poll(hashes).toEqual([then[0], then[1], now[2]]);
  });

  await test.step('all of it, but not while something would be lost', async () => {
    await terminal.run('sh', ['-c', 'echo precious > texts/story.md'], 'study');
    const precious = await contentHash(join(study, 'texts/story.md'));
    await page.getByRole('tab', { name: /^study @ / }).click();
    await files.getByRole('button', { name: 'Restore…', exact: true }).click();
    await expect(datalad.dialog.getByRole('radio')).toHaveCount(0);
    await datalad.accept();
    await expect(datalad.problems).toContainText('3 files have changes that are not saved.');
    await expect(datalad.problems).toContainText('texts/story.md');
    expect(await hashes()).toEqual([then[0], then[1], precious]);
    await terminal.git('commit', '-q', '-m', 'Keep the story', 'texts/story.md');
    // The workspace has changes from the start.
    await terminal.git('checkout', '-q', 'HEAD', '--', 'figures', 'notes.txt');
    await files.getByRole('button', { name: 'Restore…', exact: true }).click();
    await datalad.accept();
    await expect.poll(hashes).toEqual(then);
    expect(await contentHash(join(study, 'texts/later.md'))).not.toBe('none');
    expect(await terminal.git('log', '-1', '--format=%s')).toBe('Keep the story');
  });

  await test.step('in a narrow main area everything is in reach, and axe finds nothing', async () => {
    await page.setViewportSize({ width: 800, height: 600 });
    await page.sidebar.setWidth(250, 'right');
    for (const theme of ['light', 'dark'] as const) {
      await (theme === 'dark' ? page.theme.setDarkTheme() : page.theme.setLightTheme());
      const { violations } = await new AxeBuilder({ page })
        .include(`#${await files.evaluate(node => (node.id = 'shown-version'))}`)
        .analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
      await page.screenshot({ path: test.info().outputPath(`files-${theme}.png`) });
    }
    const right = await files.evaluate(node => node.getBoundingClientRect().right);
    for (const box of await files.getByRole('button', { name: /^Restore/ }).all()) {
      const found = await box.boundingBox();
      expect((found?.x ?? 0) + (found?.width ?? 0)).toBeLessThanOrEqual(right + 1);
    }
  });
});

test('content of an earlier version that is not here is got from where it is, and nothing in the folder changes', async ({
  datalad,
  page,
  terminal,
  tmpPath
}) => {
  const write = async (words: string): Promise<string> => {
    await terminal.run(
      'sh',
      ['-c', `rm -f series.txt; echo "${words}" > series.txt; git annex add -q --force-large series.txt`],
      'study'
    );
    await terminal.git('commit', '-q', '-m', words, 'series.txt');
    await terminal.annex('copy', '-q', '--to=shelf', 'series.txt');
    await terminal.annex('drop', '-q', 'series.txt');
    return await terminal.git('rev-parse', 'HEAD');
  };
  await terminal.run('mkdir', ['shelf']);
  await terminal.annex('initremote', '-q', 'shelf', 'type=directory', 'directory=../shelf', 'encryption=none');
  const first = await write('First words');
  const second = await write('Second words');
  await write('Third words');
  const standing = async (): Promise<string[]> =>
    await Promise.all([terminal.git('status', '--porcelain'), terminal.git('ls-files', '-s'), terminal.git('rev-parse', 'HEAD')]);
  const before = await standing();
  const [dataset, path] = [`${tmpPath}/study`, `${tmpPath}/study/series.txt`];
  await datalad.openFolder('study');

  await test.step('as it was then', async () => {
    await datalad.execute('datalad:open-version', { dataset, path, commit: first });
    const version = page.getByRole('region', { name: /^series\.txt as it was in / });
    await expect(version.getByText('The content that it had then is not in this clone.')).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('not-here.png') });
    await version.getByRole('button', { name: 'Get, 12 B (then)' }).click();
    await expect(version.getByRole('textbox', { name: 'series.txt' })).toHaveText(/^First words/);
  });

  await test.step('both sides of a comparison', async () => {
    await datalad.execute('datalad:diff', { dataset, paths: [path], from: second, to: 'HEAD' });
    const view = page.getByRole('region', { name: 'Comparison of series.txt' });
    await expect(view.getByRole('button', { name: /^Get, / })).toHaveCount(2);
    await page.screenshot({ path: test.info().outputPath('both-not-here.png') });
    await view.getByRole('button', { name: /^Get, 13 B/ }).click();
    await expect(view.getByRole('button', { name: /^Get, / })).toHaveCount(1);
    await view.getByRole('button', { name: /^Get, 12 B/ }).click();
    await expect(view.getByRole('textbox').filter({ hasText: 'Second words' })).toBeVisible();
    await expect(view.getByRole('textbox').filter({ hasText: 'Third words' })).toBeVisible();
  });
  expect(await standing()).toEqual(before);
});

test('the history of one file, from its menu, across a rename', async ({ datalad, page, terminal, tmpPath }) => {
  await terminal.git('mv', 'notes.txt', 'remarks.txt');
  await terminal.git('commit', '-q', '-m', 'Call it remarks', '--', 'notes.txt', 'remarks.txt');
  await datalad.openFolder('study');
  await datalad.openPanel();
  await datalad.choose('remarks.txt', 'History');
  const section = datalad.section('History');
  await expect(section.getByText('Of remarks.txt')).toBeVisible();
  const expected = (await terminal.git('log', '--follow', '--format=%s', '--', 'remarks.txt')).split('\n');
  expect(expected.length).toBeGreaterThan(1);
  await expect(commits(datalad).getByRole('button')).toHaveCount(expected.length);

  await test.step('opened and compared with now under the name it had then', async () => {
    await commits(datalad).getByRole('button').last().click();
    await section.getByRole('button', { name: 'Open as it was then' }).click();
    const version = page.getByRole('region', { name: /^notes\.txt as it was in / });
    await version.getByRole('button', { name: 'Compare With Now' }).click();
    const comparison = page.getByRole('region', { name: 'Comparison of notes.txt' });
    await expect(comparison.getByRole('heading')).toHaveText(/^notes\.txt → remarks\.txt\s*renamed$/);
    await expect(comparison.getByRole('textbox')).toHaveCount(2);
    await page.keyboard.press('Escape');
    await section.getByRole('button', { name: '‹ All commits' }).click();
  });

  await section.getByRole('button', { name: 'Show all' }).click();
  await expect(section.getByText('Of remarks.txt')).toHaveCount(0);

  await test.step('a commit of a subdataset that is not in view, by the command', async () => {
    const outcome = await datalad.execute('datalad:history', { dataset: `${tmpPath}/study/stimuli` });
    expect(outcome.status).toBe('ok');
    await expect(datalad.panel.getByRole('heading', { name: 'stimuli' })).toBeVisible();
    const id = await terminal.run('git', ['rev-parse', 'HEAD'], 'study/stimuli');
    await datalad.execute('datalad:history', { dataset: `${tmpPath}/study/stimuli`, commit: id });
    await expect(section.getByTitle(id)).toBeVisible();
    await expect(section.getByRole('list', { name: 'Files of the commit' })).toBeVisible();
  });
  await page.keyboard.press('Escape');
});

test('a long history loads as one scrolls, and stays in place when commits come', async ({ datalad, page, terminal }) => {
  const chain = 'p=$(git rev-parse HEAD); for i in $(seq 350); do p=$(git commit-tree -p $p -m "Step $i" HEAD^{tree}); done';
  await terminal.run('sh', ['-c', `${chain}; git update-ref HEAD $p`], 'study');
  await datalad.openFolder('study');
  await datalad.openPanel('History');
  await expect(commit(datalad, /^Step 350,/)).toBeVisible();
  // Only what can be seen is drawn.
  expect(await commits(datalad).getByRole('button').count()).toBeLessThan(60);
  const list = commits(datalad).locator('..');
  await expect(async () => {
    await list.evaluate(node => node.scrollTo({ top: node.scrollHeight }));
    await expect(commit(datalad, /^Step 1,/)).toBeVisible({ timeout: 500 });
  }).toPass();

  await test.step('what is in view stays', async () => {
    await list.evaluate(node => node.scrollTo({ top: 40 * 150 + 7 }));
    await expect(commit(datalad, /^Step 200,/)).toBeVisible();
    const top = async (): Promise<number> => (await commit(datalad, /^Step 200,/).boundingBox())?.y ?? NaN;
    const before = await top();
    await terminal.git('commit', '-q', '--allow-empty', '-m', 'New');
    await expect.poll(() => list.evaluate(node => node.scrollTop)).toBe(40 * 151 + 7);
    expect(await top()).toBeCloseTo(before, 0);
  });

  await test.step('the keyboard reaches what is not drawn yet', async () => {
    await commit(datalad, /^Step 200,/).focus();
    await page.keyboard.press('Home');
    await expect(commit(datalad, /^New,/)).toBeFocused();
  });
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the history, ${theme}, wide and 250 px`, async ({ datalad, page, terminal }) => {
    if (theme === 'dark') {
      await page.theme.setDarkTheme();
    }
    await terminal.git('tag', 'v1');
    const side = await terminal.git('commit-tree', '-p', 'HEAD~1', '-m', 'On the side', 'HEAD~1^{tree}');
    const merge = await terminal.git('commit-tree', '-p', 'HEAD', '-p', side, '-m', 'Merge the side', 'HEAD^{tree}');
    await terminal.git('update-ref', 'HEAD', merge);
    await datalad.openFolder('study');
    await datalad.openPanel('History');
    await datalad.section('History').getByRole('button', { name: 'Path, author and dates' }).click();
    for (const width of [420, 250]) {
      await page.sidebar.setWidth(width, 'right');
      await expect(commit(datalad, /^Merge the side, merge/)).toBeVisible();
      expect(await findings(page)).toEqual([]);
      await page.screenshot({ path: test.info().outputPath(`list-${width}.png`) });
      await commits(datalad).getByRole('button').last().click();
      await expect(datalad.section('History').getByRole('list', { name: 'Files of the commit' })).toBeVisible();
      expect(await findings(page)).toEqual([]);
      await page.screenshot({ path: test.info().outputPath(`commit-${width}.png`) });
      await page.keyboard.press('Escape');
    }
    const edge = await datalad.panel.evaluate(node => {
      const { right } = node.getBoundingClientRect();
      return [...node.querySelectorAll<HTMLElement>('button, input, select')]
        .filter(part => part.getBoundingClientRect().right > right + 1)
        .map(part => part.outerHTML.slice(0, 120));
    });
    expect(edge).toEqual([]);
  });
}
