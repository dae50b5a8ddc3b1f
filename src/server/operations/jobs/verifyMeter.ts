import type { Progress } from '../../../protocol/job';

/** Milliseconds between two reports, and before anything is said of the rate. */
const PAUSE = 200;
const LEAST = 1_000;

interface IMeterOptions {
  toContents(path: string): string;
  tell(progress: Progress): void;
}

/** Tells how far the reading of files is. */
export class VerifyMeter {
  private readonly started = Date.now();
  private told = 0;
  private files = 0;
  private bytes = 0;
  private current = { path: '', bytes: 0, totalBytes: 0 };

  constructor(
    private readonly totalFiles: number,
    private readonly totalBytes: number,
    private readonly options: IMeterOptions
  ) {}

  begin(path: string, totalBytes: number): void {
    this.current = { path: this.options.toContents(path), bytes: 0, totalBytes };
    this.tell();
  }

  read(bytes: number): void {
    this.bytes += bytes;
    this.current.bytes += bytes;
    if (Date.now() - this.told >= PAUSE) {
      this.tell();
    }
  }

  end(): void {
    this.files += 1;
    this.tell();
  }

  private tell(): void {
    const { bytes, totalBytes, files, totalFiles, current } = this;
    const now = Date.now();
    const spent = now - this.started;
    const rate = spent >= LEAST ? Math.round((bytes * 1000) / spent) : 0;
    this.told = now;
    this.options.tell({
      bytes: Math.min(bytes, totalBytes),
      totalBytes,
      files,
      totalFiles,
      ...(rate > 0 ? { rate, remaining: Math.round((Math.max(0, totalBytes - bytes) * 1000) / rate) } : {}),
      active: [{ ...current }]
    });
  }
}
