/** Reads separated values with quotes, as spreadsheets write them; a line break inside quotes is part of a cell. */
export function parseTable(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (quoted) {
      if (char !== '"') {
        cell += char;
      } else if (text.charAt(at + 1) === '"') {
        cell += char;
        at += 1;
      } else {
        quoted = false;
      }
    } else if (char === '"' && cell === '') {
      quoted = true;
    } else if (char === separator) {
      row.push(cell);
      cell = '';
    } else if (char === '\n') {
      rows.push([...row, cell.replace(/\r$/, '')]);
      row = [];
      cell = '';
    } else {
      cell += char;
    }
  }
  return quoted || (text !== '' && !text.endsWith('\n')) ? [...rows, [...row, cell]] : rows;
}
