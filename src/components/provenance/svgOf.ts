import { BOX, type ILayout } from './layout';
import { pathOf } from './pictureView';

const FILL = { run: '#e3f2fd', file: '#ffffff', folder: '#fff8e1' } as const;

/** A picture of a graph for itself, in colours of its own: a page has other ones in the dark. */
export function svgOf({ nodes, lines, width, height }: ILayout): string {
  const boxes = nodes.map(({ x, y, kind, label, stale, runs, files }) => {
    const [left, top, count] = [x - BOX.width / 2, y - BOX.height / 2, runs.length + files.length];
    const dashes = stale ? ' stroke-dasharray="5 3"' : '';
    const rect = `<rect x="${left}" y="${top}" width="${BOX.width}" height="${BOX.height}" rx="${kind === 'run' ? 18 : 3}" fill="${FILL[kind]}" stroke="#616161"${dashes}/>`;
    const words = `${stale ? '⚠ ' : ''}${label}${count > 1 ? ` × ${count}` : ''}`;
    return `${rect}<text x="${left + 10}" y="${y + 4}"${words.length > 24 ? ` textLength="${BOX.width - 20}" lengthAdjust="spacingAndGlyphs"` : ''}>${escaped(words)}</text>`;
  });
  const paths = lines.map(line => `<path d="${pathOf(line)}" fill="none" stroke="#9e9e9e" marker-end="url(#end)"/>`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12">`,
    '<defs><marker id="end" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="6" markerHeight="6" orient="auto"><path d="M0,0L8,4L0,8z" fill="#9e9e9e"/></marker></defs>',
    ...paths,
    ...boxes,
    '</svg>',
    ''
  ].join('\n');
}

/** XML has no control characters, whatever a file is called; labels were made visible before. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
