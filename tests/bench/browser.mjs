/* global requestAnimationFrame, window -- functions handed to the page run there */
import { readdir, readFile, readlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { annexedFile } from './datasets/make.mjs';
import { Lab, processorTime } from './frame/lab.mjs';
import { interleave } from './frame/measure.mjs';

const annotated = page => page.locator('.jp-DirListing-item[data-datalad-state="ready"]').first().waitFor();

async function openPanel(page) {
  await page.evaluate(() => window.jupyterapp.commands.execute('datalad:show-panel'));
  await page.locator('#datalad-panel [data-section]').first().waitFor();
}

async function sizes(bench, lab) {
  const { root } = await bench.dataset('deep', 10_000);
  const fetched = [];
  const page = await lab.open(`${basename(root)}/ds/group-0000`, opened => {
    opened.on('response', response => {
      if (response.url().includes('/extensions/jupyterlab-datalad/')) {
        fetched.push(response.body().then(body => body.length));
      }
    });
  });
  const sum = async () => (await Promise.all(fetched)).reduce((total, bytes) => total + bytes, 0);
  await annotated(page);
  const atStart = await sum();
  await openPanel(page);
  const withPanel = await sum();
  await page.close();
  return [
    { what: 'code and styles that the browser loads at start, uncompressed', ours: atStart / 1_000, unit: 'kB', target: 300 },
    { what: 'more when the panel opens', ours: (withPanel - atStart) / 1_000, unit: 'kB' }
  ];
}

/** Nothing of the list has changed: JupyterLab draws all rows again, as after each look at the folder. */
function redraw(page) {
  return page.evaluate(async () => {
    const browser = [...window.jupyterapp.shell.widgets('left')].find(({ id }) => id === 'filebrowser');
    const times = [];
    for (let round = 0; round < 7; round++) {
      await new Promise(resolve => requestAnimationFrame(resolve));
      const start = performance.now();
      browser.listing.onUpdateRequest(null);
      times.push(performance.now() - start);
    }
    return times.sort((one, other) => one - other)[3];
  });
}

/** A page of JupyterLab in which our file browser plugin is switched off. */
async function withoutAnnotation(page) {
  await page.route('**/lab/tree/**', async route => {
    const response = await route.fetch();
    const text = await response.text();
    const off = '"disabledExtensions": ["jupyterlab-datalad:file-browser"]';
    await route.fulfill({ response, body: text.replace(/"disabledExtensions": \[[^\]]*\]/u, off) });
  });
}

async function redraws(bench, lab, files) {
  const { root } = await bench.dataset('wide', files);
  const folder = `${basename(root)}/ds/all`;
  const plain = await lab.open(folder, withoutAnnotation);
  const ours = await lab.open(folder);
  await annotated(ours);
  if ((await plain.locator('[data-datalad-state]').count()) > 0) {
    throw new Error('Rows are annotated although the plugin is off.');
  }
  const turn = page => async () => {
    await page.bringToFront();
    return await redraw(page);
  };
  const times = await interleave({ ours: turn(ours), plain: turn(plain) }, Math.max(5, bench.rounds));
  await plain.close();
  await ours.close();
  const reference = { what: 'without our plugin', value: times.plain };
  const what = `redraw of ${files.toLocaleString('en')} annotated rows`;
  return { what, ours: times.ours, unit: 'ms', reference, target: 1.3 };
}

/** From the end of a git-annex in a terminal until the browser shows it. */
async function freshness(bench, lab) {
  const { root, path } = await bench.dataset('wide', 1_000);
  const page = await lab.open(`${basename(root)}/ds/all`);
  await annotated(page);
  await openPanel(page);
  const { path: file, name, content } = annexedFile('wide', 2);
  const copy = join(root, 'content');
  const appears = async (here, ...args) => {
    await bench.run('git', ['annex', ...args], { cwd: path });
    const start = performance.now();
    await page.locator(`.jp-DirListing-item[data-datalad-here="${here}"]`, { hasText: name }).waitFor();
    return performance.now() - start;
  };
  const steps = {
    drop: () => appears('no', 'drop', '--force', '--quiet', file),
    get: async () => {
      await writeFile(copy, content);
      return await appears('yes', 'reinject', '--quiet', copy, file);
    }
  };
  const { drop, get } = await interleave(steps, Math.max(3, bench.rounds));
  await page.close();
  const what = 'a change by git-annex in a terminal to the row on screen, folder of 1,000';
  return { what, ours: Math.max(drop, get), unit: 'ms', target: 1_000 };
}

/** Sockets of these processes that lead to another machine, or to another port of this one. */
async function connections(pids) {
  const inodes = new Set();
  for (const pid of pids) {
    for (const fd of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '');
      const [, inode] = /^socket:\[(\d+)\]$/u.exec(target) ?? [];
      if (inode !== undefined) {
        inodes.add(inode);
      }
    }
  }
  const tables = await Promise.all(
    ['tcp', 'tcp6', 'udp', 'udp6'].map(name => readFile(`/proc/net/${name}`, 'utf8').catch(() => ''))
  );
  const lines = tables.flatMap(text => text.split('\n').slice(1));
  return lines.filter(line => inodes.has(line.trim().split(/\s+/u)[9])).length;
}

const IDLE = 60_000;
/** Until what the opening of the panel has begun is over. */
const SETTLED = 20_000;

/** A page that nobody touches, with the panel open. */
async function idle(bench, lab) {
  const { root } = await bench.dataset('deep', 10_000);
  const page = await lab.open(`${basename(root)}/ds/group-0000`);
  await annotated(page);
  await openPanel(page);
  await wait(SETTLED);
  let requests = 0;
  page.on('request', request => (requests += /\/datalad\//u.test(request.url()) ? 1 : 0));
  const pids = await lab.ours();
  const used = async () =>
    (await Promise.all(pids.map(pid => processorTime(pid).catch(() => 0)))).reduce((sum, time) => sum + time, 0);
  const before = await used();
  let contacts = 0;
  for (const end = Date.now() + IDLE; Date.now() < end; await wait(1_000)) {
    contacts += await connections(await lab.ours());
  }
  const share = ((await used()) - before) / (IDLE / 1_000);
  const left = (await lab.ours()).length - 1;
  await page.close();
  return [
    { what: 'idle panel, 10,000 files: requests in a minute', ours: requests, unit: '', target: 0 },
    { what: 'the same: sockets of our processes to anywhere', ours: contacts, unit: '', target: 0 },
    { what: 'the same: processor', ours: share * 100, unit: '%', target: 0.5 },
    { what: 'the same: programs beside the Node server', ours: left, unit: '', target: 0 }
  ];
}

/** What only a browser can tell; all in one JupyterLab that shows all datasets of the bench. */
export const browser = {
  name: 'browser',
  measure: async bench => {
    await bench.dataset('deep', 10_000);
    const lab = await Lab.start(bench, bench.cache);
    try {
      const results = await sizes(bench, lab);
      results.push(await redraws(bench, lab, 2_000));
      if (bench.huge) {
        // JupyterLab itself takes minutes to list so many, on two busy cores.
        results.push(await redraws(bench, lab, 10_000));
      }
      results.push(await freshness(bench, lab));
      return [...results, ...(await idle(bench, lab))];
    } finally {
      await lab.stop();
    }
  }
};
