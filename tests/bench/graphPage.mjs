/* global document, requestAnimationFrame, window -- functions handed to the page run there */
import { basename } from 'node:path';
import { ensureRuns } from './datasets/makeRuns.mjs';
import { closeAll, longestFrame } from './frame/frames.mjs';
import { Lab } from './frame/lab.mjs';
import { interleave } from './frame/measure.mjs';

const BOXES = '.jp-Datalad-pictureSvg .jp-Datalad-box';
const FRAMES = 90;

/** From the command until the picture is on screen, by the clock of the page. */
function opening(page, dataset) {
  return page.evaluate(
    async ([dataset, boxes]) => {
      const start = performance.now();
      await window.jupyterapp.commands.execute('datalad:provenance', { dataset });
      while (document.querySelectorAll(boxes).length < 20) {
        await new Promise(resolve => requestAnimationFrame(resolve));
      }
      await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return performance.now() - start;
    },
    [dataset, BOXES]
  );
}

async function pan(page) {
  const { x, y, width, height } = await page.locator('.jp-Datalad-pictureSvg').boundingBox();
  const [middleX, middleY] = [x + width / 2, y + height / 2];
  return await longestFrame(page, async () => {
    await page.mouse.move(middleX, middleY);
    await page.mouse.down();
    for (let frame = 0; frame < FRAMES; frame++) {
      await page.mouse.move(middleX - Math.sin(frame / 9) * width * 0.45, middleY - (frame / FRAMES) * height * 0.5);
    }
    await page.mouse.up();
    for (let frame = 0; frame < FRAMES; frame++) {
      await page.mouse.wheel(frame < FRAMES / 2 ? 60 : -20, 120);
    }
  });
}

/** The page of 1,000 runs and 11,000 files in a browser: how soon it is drawn, and how it moves. */
export const graphPage = {
  name: 'graphPage',
  measure: async bench => {
    const { root } = await ensureRuns(bench, { runs: 1_000, outputs: 10 });
    const lab = await Lab.start(bench, bench.cache);
    try {
      const dataset = `${basename(root)}/ds`;
      // Nothing is checked out in it.
      const page = await lab.open(basename(root));
      const first = await opening(page, dataset);
      const panned = await pan(page);
      await page.getByRole('combobox', { name: /^Show/u }).selectOption('none');
      await page.locator('.jp-Datalad-box[data-kind="file"]').first().waitFor();
      const pannedAll = await pan(page);
      const { again } = await interleave(
        {
          again: async () => {
            await closeAll(page);
            return await opening(page, dataset);
          }
        },
        bench.rounds
      );
      return [
        { what: 'graph of 1,000 runs and 11,000 files, from the command to the picture', ours: first, unit: 'ms', target: 2_000 },
        { what: 'the same again, closed in between', ours: again, unit: 'ms', target: 2_000 },
        { what: 'longest frame while it is moved, by folders', ours: panned, unit: 'ms', target: 100 },
        { what: 'longest frame while it is moved, each file and run', ours: pannedAll, unit: 'ms', target: 100 }
      ];
    } finally {
      await lab.stop();
    }
  }
};
