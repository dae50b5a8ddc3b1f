/**
 * Adds a line to a row's tooltip. JupyterLab writes the tooltip only when a row has changed, and adds a line on the kernel to whatever it
 * finds there: so the stock text is remembered, and ours stands before what others add.
 */
export class RowTooltip {
  write(node: HTMLElement, words: string | undefined): void {
    const line = words === undefined || words === '' ? '' : `\nDataLad: ${words}`;
    const known = this.written.get(node);
    const untouched = known !== undefined && node.title.startsWith(known.stock + known.line);
    const stock = untouched ? known.stock : node.title;
    if (untouched && known.line === line) {
      return;
    }
    if (line === '' && known === undefined) {
      return;
    }
    this.written.set(node, { stock, line });
    node.title = stock + line;
  }

  private readonly written = new WeakMap<HTMLElement, { stock: string; line: string }>();
}
