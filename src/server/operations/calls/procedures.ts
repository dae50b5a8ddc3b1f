import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import type { Procedure } from '../../../protocol/procedure';
import { decodePath, displayName, fsPath } from '../../bytes';
import { parseEntries } from '../../git/config';
import { run } from '../../process/run';
import { readRegular } from '../../regularFile';

export interface IProceduresOptions {
  readonly env: Record<string, string>;
  /** The Python that has DataLad. */
  readonly python: string;
  readonly signal?: AbortSignal;
}

/** Finds the folders of DataLad and of its extensions by their metadata; none of them is imported. */
const ASK_PYTHON = `
import importlib.metadata, importlib.util, json, os
def folder(module):
    top, *rest = module.split('.')
    spec = importlib.util.find_spec(top)
    places = spec and spec.submodule_search_locations
    return places and os.path.join(list(places)[0], *rest)
found = [{'package': point.dist.name, 'folder': folder(point.module)}
         for point in importlib.metadata.entry_points(group='datalad.extensions')]
print(json.dumps(found + [{'package': 'datalad', 'folder': folder('datalad')}]))
`;
const Packages = v.array(v.object({ package: v.string(), folder: v.nullable(v.string()) }));

export interface IPlace {
  from: Procedure['from'];
  folder: string;
  origin: string;
}

/** Of a longer one the summary is not looked for, nor is it shown. */
export const LONGEST = 100_000;
const PREFIX = 'cfg_';
/** Names that a create takes: no argument of a tool, nor anything that a shell would read. */
const FILE = /^cfg_[A-Za-z0-9_-]{1,64}(?:\.(?:py|sh))?$/u;

/**
 * The procedures that DataLad would find for a new dataset, without starting it, in its order: of one name the first is run. Those of the
 * user and the machine come before those of packages.
 */
export async function readProcedures(options: IProceduresOptions): Promise<Procedure[]> {
  const found = new Map<string, Procedure>();
  for (const place of [...(await configuredPlaces(options)), ...(await installedPlaces(options))]) {
    for (const procedure of await proceduresIn(place)) {
      if (!found.has(procedure.name)) {
        found.set(procedure.name, procedure);
      }
    }
  }
  return [...found.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** By the user's and the machine's configuration alone: the folder is no dataset. */
export async function configuredPlaces({ env, signal }: IProceduresOptions): Promise<IPlace[]> {
  const pattern = '^datalad\\.locations\\.(user|system|extra)-procedures$';
  const { stdout } = await run('git', ['config', '-z', '--get-regexp', pattern], { cwd: tmpdir(), env, timeout: 10_000, signal });
  const entries = parseEntries(stdout);
  const valuesOf = (name: string): string[] =>
    entries.filter(([key]) => key === `datalad.locations.${name}-procedures`).map(([, value]) => value);
  const home = env['HOME'] ?? homedir();
  const user = valuesOf('user').slice(-1);
  const system = valuesOf('system').slice(-1);
  return [
    ...(user.length > 0 ? user : [join(env['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'datalad', 'procedures')]).map(
      folder => ({
        from: 'user' as const,
        folder
      })
    ),
    ...(system.length > 0 ? system : ['/etc/xdg/datalad/procedures']).map(folder => ({ from: 'system' as const, folder })),
    ...valuesOf('extra').map(folder => ({ from: 'user' as const, folder }))
  ].map(place => ({ ...place, origin: displayName(place.folder) }));
}

/** Those of extensions, then those of DataLad. */
export async function installedPlaces({ env, python, signal }: IProceduresOptions): Promise<IPlace[]> {
  const { stdout, code } = await run(python, ['-I', '-c', ASK_PYTHON], { cwd: tmpdir(), env, timeout: 20_000, signal });
  const packages = v.parse(Packages, code === 0 ? JSON.parse(stdout.toString('utf8')) : []);
  return packages.flatMap(({ package: origin, folder }) =>
    folder === null
      ? []
      : [{ from: origin === 'datalad' ? 'datalad' : 'extension', folder: join(folder, 'resources', 'procedures'), origin }]
  );
}

async function proceduresIn({ from, folder, origin }: IPlace): Promise<Procedure[]> {
  const names = (await readdir(fsPath(folder), { encoding: 'buffer' }).catch(() => [])).map(name => decodePath(name)).sort();
  const found = await Promise.all(
    names
      .filter(name => FILE.test(name))
      .map(async file => {
        const path = join(folder, file);
        const summary = (await isProcedure(path)) ? await summaryOf(path) : null;
        const name = basename(file)
          .replace(/\.(?:py|sh)$/u, '')
          .slice(PREFIX.length);
        return summary === null ? [] : [{ name, from, origin, ...(summary === '' ? {} : { summary }) }];
      })
  );
  return found.flat();
}

/** What DataLad can start: by its extension, or since it may be executed. */
export async function isProcedure(path: string): Promise<boolean> {
  const stats = await stat(fsPath(path)).catch(() => null);
  return (
    stats?.isFile() === true &&
    (/\.(?:py|sh)$/u.test(path) ||
      (await access(fsPath(path), constants.X_OK).then(
        () => true,
        () => false
      )))
  );
}

/** The first sentence of a docstring, or of a comment at the top. */
export async function summaryOf(path: string): Promise<string> {
  const text = (await readRegular(path, LONGEST))?.toString('utf8') ?? '';
  const [, docstring] = /^(?:#[^\n]*\n|\s)*(?:r|u)?(?:"""|''')\s*([^"'\n]+)/u.exec(text) ?? [];
  const [, comment] = /^(?:#![^\n]*\n)?#+\s*([^\n]+)/u.exec(text) ?? [];
  return (docstring ?? (comment?.startsWith('!') ? undefined : comment) ?? '').trim();
}
