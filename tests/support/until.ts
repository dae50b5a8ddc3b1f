import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds; a long run in the background, which others go before, sets more. */
const PATIENCE = Number(process.env['DATALAD_TEST_PATIENCE'] ?? 30_000);

type Answer<T> = T | undefined | null | false;

/** Waits for something and answers it; fails with its name when it does not come in time. */
export async function until<T>(what: string, ask: () => Answer<T> | Promise<Answer<T>>, patience = PATIENCE): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) {
      return answer;
    }
    if (Date.now() > end) {
      throw new Error(`waited ${patience} ms in vain for ${what}`);
    }
    await pause(10);
  }
}
