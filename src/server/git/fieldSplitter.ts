/** Cuts a stream of bytes at each NUL, as git's `-z` ends what it prints. Of a field that is longer than `most` only the beginning is kept. */
export class FieldSplitter {
  private parts: Buffer[] = [];
  private length = 0;

  constructor(
    private readonly most: number,
    private readonly field: (bytes: Buffer, cut: boolean) => void
  ) {}

  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
      this.take(chunk.subarray(start, end));
      this.field(this.parts.length === 1 ? (this.parts[0] as Buffer) : Buffer.concat(this.parts), this.length > this.most);
      [this.parts, this.length] = [[], 0];
      start = end + 1;
    }
    this.take(chunk.subarray(start));
  }

  private take(part: Buffer): void {
    if (part.length > 0 && this.length < this.most) {
      this.parts.push(part.subarray(0, this.most - this.length));
    }
    this.length += part.length;
  }
}
