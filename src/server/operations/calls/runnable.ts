import { createHash } from 'node:crypto';
import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { isUtf8 } from 'node:buffer';
import * as v from 'valibot';
import { fail } from '../../../protocol/failure';
import { ProcedureName, type ProcedureScript, type RunnableProcedure } from '../../../protocol/procedure';
import { decodePath, displayName, fsPath } from '../../bytes';
import { readBranchConfig } from '../../dataset/branchConfig';
import { parseEntries } from '../../git/config';
import { GitReader } from '../../git/reader';
import { findRepositoryFolder } from '../../git/repositoryFolder';
import { isWithin } from '../../nesting';
import type { AbsolutePath, PathBoundary } from '../../paths';
import { run } from '../../process/run';
import { readRegular } from '../../regularFile';
import { installedBelow } from '../../trust/installed';
import { configuredPlaces, installedPlaces, type IProceduresOptions, isProcedure, LONGEST, summaryOf } from './procedures';

export interface IRunnableOptions extends IProceduresOptions {
  readonly boundary: PathBoundary;
}

/** A procedure with what DataLad needs to run just this one. */
export interface IFound {
  readonly procedure: RunnableProcedure;
  readonly path: string;
  readonly callFormat: string | null;
}

type Place = Pick<RunnableProcedure, 'from' | 'origin'> & { folder: string; settings: Settings };
/** All values of a setting, the one that counts last. */
type Settings = (key: string) => readonly string[];

/** Subdatasets that are looked into. */
const MANY = 1_000;
const DEFAULT_FOLDER = '.datalad/procedures';

/**
 * The procedures that DataLad finds for a dataset, without starting it, in its order: the user's and the machine's, the dataset's own,
 * those of the subdatasets installed below it, those of extensions and of DataLad. Of one name the first is run.
 */
export async function readRunnable(dataset: AbsolutePath, options: IRunnableOptions): Promise<RunnableProcedure[]> {
  return (await findProcedures(dataset, options)).map(({ procedure }) => procedure);
}

/** What the procedure of a name would run; fails where there is none. */
export async function readScript(dataset: AbsolutePath, name: string, options: IRunnableOptions): Promise<ProcedureScript> {
  return scriptOf(await findProcedure(dataset, name, options));
}

/** The procedure that DataLad runs by a name. */
export async function findProcedure(dataset: AbsolutePath, name: string, options: IRunnableOptions): Promise<IFound> {
  const found = (await findProcedures(dataset, options)).find(({ procedure }) => procedure.name === name && !procedure.hidden);
  return found ?? fail('not-found', 'There is no procedure of this name.', { parameters: { path: displayName(name) } });
}

/** Its text and what tells it from another one. */
export async function scriptOf({ procedure, path, callFormat }: IFound): Promise<ProcedureScript> {
  const content = await readRegular(path, LONGEST);
  const readable = content !== null && isUtf8(content) && !content.includes(0);
  const digest = createHash('sha256');
  [path, callFormat ?? '', content ?? ''].forEach(part => digest.update(part).update('\0'));
  return {
    procedure,
    file: displayName(path),
    text: readable ? content.toString('utf8') : null,
    ...(callFormat === null ? {} : { callFormat }),
    fingerprint: digest.digest('hex')
  };
}

async function findProcedures(dataset: AbsolutePath, options: IRunnableOptions): Promise<IFound[]> {
  const general = await generalSettings(options);
  const everywhere = (place: Omit<Place, 'settings'>): Place => ({ ...place, settings: general });
  const places = [
    ...(await configuredPlaces(options)).map(everywhere),
    ...(await datasetPlaces(dataset, options)),
    ...(await installedPlaces(options)).map(everywhere)
  ];
  const found: IFound[] = [];
  const [names, paths] = [new Set<string>(), new Set<string>()];
  for (const place of places) {
    for (const { name, path } of await filesOf(place, options.boundary)) {
      if (paths.has(path)) {
        continue;
      }
      paths.add(path);
      const summary = await summaryOf(path);
      found.push({
        procedure: {
          name,
          from: place.from,
          origin: place.origin,
          ...(summary === '' ? {} : { summary }),
          ...(names.has(name) ? { hidden: true } : {})
        },
        path,
        callFormat: place.settings(`datalad.procedures.${name}.call-format`).at(-1) ?? null
      });
      names.add(name);
    }
  }
  return found;
}

/** The settings of the user and the machine. */
async function generalSettings({ env, signal }: IRunnableOptions): Promise<Settings> {
  const args = ['config', '-z', '--get-regexp', '^datalad\\.procedures\\.'];
  const { stdout } = await run('git', args, { cwd: env['HOME'] ?? '/', env, timeout: 10_000, signal });
  return settingsIn(parseEntries(stdout));
}

function settingsIn(entries: readonly (readonly [key: string, value: string])[]): Settings {
  return key => entries.filter(([name]) => name === key).map(([, value]) => value);
}

/** Of the dataset, then of the subdatasets installed below it. */
async function datasetPlaces(dataset: AbsolutePath, options: IRunnableOptions): Promise<Place[]> {
  const below = await installedBelow(dataset, dataset, { env: options.env, signal: options.signal, limit: MANY });
  const places = await Promise.all(
    [dataset, ...below].map(async root => {
      const settings = await settingsOf(root, options);
      const folders = settings('datalad.locations.dataset-procedures');
      return (folders.length === 0 ? [DEFAULT_FOLDER] : folders).map(folder => ({
        from: root === dataset ? ('dataset' as const) : ('subdataset' as const),
        folder: folder.startsWith('/') ? folder : join(root, folder),
        origin: displayName(join(root, folder).slice(options.boundary.root.length + 1)),
        settings
      }));
    })
  );
  return places.flat();
}

/** As DataLad puts them together: what git's own files say of a key replaces what travels with the dataset. */
async function settingsOf(root: string, { env, signal }: IRunnableOptions): Promise<Settings> {
  const folder = await findRepositoryFolder(root);
  if (folder === null) {
    return () => [];
  }
  const git = new GitReader(root, env, folder.commonDir);
  const branch = settingsIn(await readBranchConfig(root, git, signal));
  const local = settingsIn(parseEntries(await git.read(['config', '-z', '--list'], { signal })));
  return key => (local(key).length > 0 ? local(key) : branch(key));
}

/** What DataLad would take for procedures in a folder, in its order. A dataset's lead to nothing outside the contents root. */
async function filesOf({ folder, from }: Place, boundary: PathBoundary): Promise<{ name: string; path: string }[]> {
  const names = (await readdir(fsPath(folder), { encoding: 'buffer' }).catch(() => [])).map(name => decodePath(name)).sort();
  const sorted = ['', '.py', '.sh'].flatMap(extension =>
    names.filter(name => (/\.(?:py|sh)$/u.exec(name)?.[0] ?? '') === extension && !name.startsWith('.'))
  );
  const found = await Promise.all(
    sorted.map(async file => {
      const [path, name] = [join(folder, file), file.replace(/\.(?:py|sh)$/u, '')];
      const foreign = from === 'dataset' || from === 'subdataset';
      const inside =
        !foreign ||
        (await realpath(path).then(
          real => isWithin(real, boundary.root),
          () => false
        ));
      return inside && v.is(ProcedureName, name) && (await isProcedure(path)) ? [{ name, path }] : [];
    })
  );
  return found.flat();
}
