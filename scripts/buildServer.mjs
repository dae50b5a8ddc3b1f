// Bundles the Node server into the Python package: one file, so that a wheel needs no node_modules.
import { build, context } from 'esbuild';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const {
  values: { production, watch, target }
} = parseArgs({
  options: {
    production: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
    target: { type: 'string', default: join(project, 'jupyterlab_datalad', 'server') }
  }
});
const { version } = JSON.parse(await readFile(join(project, 'package.json'), 'utf8'));

// The map of a development build must not be packaged.
await rm(join(target, 'main.js.map'), { force: true });
await mkdir(target, { recursive: true });
const options = {
  absWorkingDir: project,
  entryPoints: ['src/server/main.ts'],
  outfile: join(target, 'main.js'),
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  minify: production,
  keepNames: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  metafile: true,
  define: { EXTENSION_VERSION: JSON.stringify(version) },
  logLevel: 'warning'
};
const { metafile } = await build(options);
await writeFile(join(target, 'THIRD-PARTY-LICENSES.txt'), await licences(packagesOf(metafile)));
if (watch) {
  // Keeps this process alive, and rebuilds when a source changes.
  await (await context({ ...options, logLevel: 'info' })).watch();
}

/** Folders of the packages whose code is in the bundle. */
function packagesOf({ inputs }) {
  const folders = Object.keys(inputs).map(file => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  return [...new Set(folders.filter(Boolean))].sort();
}

async function licences(folders) {
  const parts = await Promise.all(folders.map(licence));
  return ['The server bundle main.js contains code of the following packages.', ...parts].join(`\n\n${'-'.repeat(80)}\n`) + '\n';
}

async function licence(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(project, folder, 'package.json'), 'utf8'));
  const file = (await readdir(join(project, folder))).find(entry => /^licen[cs]e(\.|$)/i.test(entry));
  const text = file === undefined ? `Licence: ${license}` : await readFile(join(project, folder, file), 'utf8');
  if (!license) {
    throw new Error(`${name} names no licence`);
  }
  return `${name} ${version} (${license})\n\n${text.trim()}`;
}
