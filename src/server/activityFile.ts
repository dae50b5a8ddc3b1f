import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Python looks for a file younger than 45 seconds. */
const INTERVAL = 20_000;

/**
 * Tells Jupyter's side that a job runs, so that an idle culler spares the server: a file beside the socket that is kept young while
 * there are jobs. Nothing ticks while there are none.
 */
export class ActivityFile {
  private readonly file: string;
  private timer: NodeJS.Timeout | undefined;

  constructor(socket: string) {
    this.file = join(dirname(socket), 'active');
  }

  set busy(busy: boolean) {
    clearInterval(this.timer);
    this.timer = undefined;
    if (busy) {
      this.timer = setInterval(() => void this.touch(), INTERVAL);
      this.timer.unref();
    }
    // At the end once more: the job counts until it is over.
    void this.touch();
  }

  private async touch(): Promise<void> {
    try {
      await writeFile(this.file, '', { mode: 0o600 });
    } catch {
      // The folder goes away with the server; a culler that is not told is no reason to end a job.
    }
  }
}
