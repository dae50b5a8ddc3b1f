import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Workspace } from './workspace';

type Content = string | Uint8Array;

/** What a dataset shall hold; all names are relative to the dataset. */
export interface IDatasetSpec {
  /** Where below the contents root; default `ds`. */
  path?: string;
  /** Files kept in Git. */
  files?: Record<string, Content>;
  /** Annexed files, by content, or by number of bytes. */
  annexed?: Record<string, Content | number>;
  /** Annexed files that are saved unlocked. */
  unlocked?: readonly string[];
  /**
   * Annexed files that are not here. The dataset is then a clone of one below `sources`, its sibling `origin`, which has them;
   * `true`: all of them.
   */
  dropped?: readonly string[] | true;
  /** Be a clone even when nothing is dropped. */
  clone?: boolean;
  /** `false`: a plain `git clone`, its annex never initialised. */
  initialised?: boolean;
  /** Subdatasets by path. */
  subdatasets?: Record<string, ISubdatasetSpec>;
}

export interface ISubdatasetSpec extends Omit<IDatasetSpec, 'path' | 'clone'> {
  /** Registered only; the dataset around it is then a clone. */
  absent?: boolean;
}

/** Bytes that no two names share, so that each file has a key of its own. */
export function bytesFor(name: string, size: number): Buffer {
  const seed = Buffer.from(`${name}\n`);
  return Buffer.alloc(size, seed);
}

/** Makes a dataset as `datalad create` and `save` would, several times faster; see {@link IDatasetSpec}. */
export async function makeDataset(workspace: Workspace, spec: IDatasetSpec): Promise<string> {
  const path = spec.path ?? 'ds';
  const target = workspace.path(path);
  if (!isClone(spec)) {
    await build(workspace, target, spec);
    return target;
  }
  const source = join(workspace.sources, path);
  await build(workspace, source, spec);
  await install(workspace, { source, target, spec });
  return target;
}

function isClone(spec: ISubdatasetSpec & { clone?: boolean }): boolean {
  return (
    spec.clone === true ||
    spec.dropped !== undefined ||
    spec.initialised === false ||
    Object.values(spec.subdatasets ?? {}).some(sub => sub.absent === true || isClone(sub))
  );
}

/** A complete dataset with everything present and committed. */
async function build(workspace: Workspace, folder: string, spec: ISubdatasetSpec): Promise<void> {
  await mkdir(folder, { recursive: true });
  await workspace.git(['init', '-q'], folder);
  await workspace.annex(['init', '-q', `made at ${folder}`], folder);
  const id = randomUUID();
  const inGit: Record<string, Content> = { '.datalad/config': `[datalad "dataset"]\n\tid = ${id}\n`, ...spec.files };
  const annexed = Object.entries(spec.annexed ?? {}).map(
    ([name, content]) => [name, typeof content === 'number' ? bytesFor(name, content) : content] as const
  );
  for (const [name, content] of [...Object.entries(inGit), ...annexed]) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  await workspace.git(['add', '--', ...Object.keys(inGit)], folder);
  if (annexed.length > 0) {
    await workspace.annex(['add', '-q', '--force-large', '--', ...annexed.map(([name]) => name)], folder);
  }
  if ((spec.unlocked ?? []).length > 0) {
    await workspace.annex(['unlock', '-q', '--', ...(spec.unlocked ?? [])], folder);
    await workspace.git(['add', '--', ...(spec.unlocked ?? [])], folder);
  }
  for (const [name, sub] of Object.entries(spec.subdatasets ?? {})) {
    await build(workspace, join(folder, name), sub);
    await workspace.git(['submodule', '--quiet', 'add', '--', `./${name}`, name], folder);
  }
  await workspace.git(['commit', '-q', '-m', 'Start'], folder);
}

async function install(workspace: Workspace, options: { source: string; target: string; spec: ISubdatasetSpec }): Promise<void> {
  const { source, target, spec } = options;
  await mkdir(dirname(target), { recursive: true });
  await workspace.git(['clone', '-q', source, target], workspace.base);
  if (spec.initialised !== false) {
    await workspace.annex(['init', '-q', `clone at ${target}`], target);
    const dropped = spec.dropped ?? [];
    const wanted = Object.keys(spec.annexed ?? {}).filter(name => dropped !== true && !dropped.includes(name));
    if (wanted.length > 0) {
      await workspace.annex(['get', '-q', '--', ...wanted], target);
    }
  }
  for (const [name, sub] of Object.entries(spec.subdatasets ?? {})) {
    if (sub.absent !== true) {
      await install(workspace, { source: join(source, name), target: join(target, name), spec: sub });
    }
  }
}
