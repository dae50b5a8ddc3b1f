import { browser } from './browser.mjs';
import { changed } from './changes.mjs';
import { checkUp } from './checkUp.mjs';
import { copies } from './copies.mjs';
import { diffPage } from './diffPage.mjs';
import { graphPage } from './graphPage.mjs';
import { history } from './history.mjs';
import { get, run, save } from './jobs.mjs';
import { notebook } from './notebook.mjs';
import { provenance } from './provenance.mjs';
import { runIndex } from './runIndex.mjs';
import { rows } from './rows.mjs';
import { closed, start } from './start.mjs';
import { totals } from './totals.mjs';

/**
 * What `npm run bench` measures, in this order: each has a name for `--only`, and `measure(bench)` gives lines of the table (see
 * `frame/report.mjs`). Times say something about one machine only; their ratio to the reference, taken in turn with them, says more.
 */
export const measurements = [
  rows,
  totals,
  changed,
  copies,
  checkUp,
  history,
  diffPage,
  provenance,
  runIndex,
  graphPage,
  get,
  save,
  run,
  notebook,
  start,
  closed,
  browser
];
