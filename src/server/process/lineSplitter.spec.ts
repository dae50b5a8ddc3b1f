import { LineSplitter } from './lineSplitter';

function split(chunks: readonly Buffer[], maxLength = 100): { lines: string[]; overlong: number[] } {
  const lines: string[] = [];
  const overlong: number[] = [];
  const splitter = new LineSplitter({ maxLength, line: text => lines.push(text), overlong: length => overlong.push(length) });
  chunks.forEach(chunk => splitter.push(chunk));
  return { lines, overlong };
}

describe('LineSplitter', () => {
  it('joins lines that come in pieces, however they are cut', () => {
    const text = Buffer.from('first\n\nzweite Zeile: ä€😀\nthird\nnot ended');
    const expected = ['first', 'zweite Zeile: ä€😀', 'third'];
    expect(split([text]).lines).toEqual(expected);
    expect(split([...text].map(byte => Buffer.from([byte]))).lines).toEqual(expected);
  });

  it('drops a line that is too long, tells its length and goes on', () => {
    const { lines, overlong } = split([Buffer.from('a\n'), Buffer.alloc(60, 'x'), Buffer.alloc(60, 'x'), Buffer.from('\nb\n')]);
    expect(lines).toEqual(['a', 'b']);
    expect(overlong).toEqual([120]);
  });
});
