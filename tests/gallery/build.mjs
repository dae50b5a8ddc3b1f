// Builds one page for each theme with the panel in all its states: node tests/gallery/build.mjs FOLDER
// Open it as file://FOLDER/light.html#width=250&only=dirty,clean&height=640
import { build } from 'esbuild';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  throw new Error('Say where to put the pages.');
}
mkdirSync(folder, { recursive: true });
const [{ text }] = (
  await build({
    entryPoints: ['tests/gallery/gallery.tsx'],
    bundle: true,
    write: false,
    jsx: 'automatic',
    format: 'iife',
    define: { 'process.env.NODE_ENV': '"development"', global: 'window' },
    loader: { '.svg': 'text', '.css': 'empty' },
    alias: { path: 'path-browserify' },
    logLevel: 'error'
  })
).outputFiles;
const themes = '.venv/share/jupyter/lab/themes/@jupyterlab';
const style = ['variables', 'statusBar', 'base', 'panel', 'sections', 'history', 'inspector']
  .map(name => readFileSync(`style/${name}.css`, 'utf8'))
  .join('\n');
for (const theme of ['light', 'dark']) {
  const variables = readFileSync(join(themes, `theme-${theme}-extension/index.css`), 'utf8');
  // A script element ends at the first such text, also inside of a string.
  const script = text.replaceAll('</script', '<\\/script');
  writeFileSync(
    join(folder, `${theme}.html`),
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Panel, ${theme}</title><style>${variables}\n.jp-icon3[fill] { fill: var(--jp-inverse-layout-color3) }\nbody { margin: 0; font-family: sans-serif }\n${style}</style>
<body data-jp-theme-light="${theme === 'light'}" data-jp-theme-name="JupyterLab"><div id="root"></div><script>${script}</script></body></html>`
  );
}
