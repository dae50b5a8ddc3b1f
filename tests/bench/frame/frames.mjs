/* global requestAnimationFrame, window -- functions handed to the page run there */

/** The longest time between two frames of a page, in milliseconds, while something is done. */
export async function longestFrame(page, work) {
  await page.evaluate(() => {
    window.frames_ = { last: performance.now(), longest: 0, stop: false };
    const next = () => {
      const now = performance.now();
      window.frames_.longest = Math.max(window.frames_.longest, now - window.frames_.last);
      window.frames_.last = now;
      if (!window.frames_.stop) {
        requestAnimationFrame(next);
      }
    };
    requestAnimationFrame(next);
  });
  await work();
  return await page.evaluate(() => {
    window.frames_.stop = true;
    return window.frames_.longest;
  });
}

/** Closes everything in the main area. */
export const closeAll = page =>
  page.evaluate(() => {
    [...window.jupyterapp.shell.widgets('main')].forEach(widget => widget.close());
  });
