const NEWLINE = 10;

/**
 * Cuts a stream of bytes into lines. Chunks are joined before they are decoded, so that no character is split; what is longer than
 * the cap is reported once as overlong and dropped up to its end.
 */
export class LineSplitter {
  constructor(
    private readonly options: { maxLength: number; line: (text: string) => void; overlong: (length: number) => void }
  ) {}

  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      this.take(chunk.subarray(start, end));
      this.finish();
      start = end + 1;
    }
    this.take(chunk.subarray(start));
  }

  private take(part: Buffer): void {
    this.length += part.length;
    if (this.length <= this.options.maxLength) {
      this.parts.push(part);
    } else {
      this.parts = [];
    }
  }

  private finish(): void {
    const { length, parts } = this;
    this.length = 0;
    this.parts = [];
    if (length > this.options.maxLength) {
      this.options.overlong(length);
    } else if (length > 0) {
      this.options.line(Buffer.concat(parts).toString('utf8'));
    }
  }

  private parts: Buffer[] = [];
  private length = 0;
}
