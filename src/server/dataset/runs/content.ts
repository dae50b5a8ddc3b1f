import { join } from 'node:path';
import type { CommitId } from '../../../protocol/revision';
import { exists } from '../../exists';
import { GITLINK, parseTree, TREE } from '../../git/entry';
import type { AbsolutePath } from '../../paths';
import { Repository } from '../repository';
import { type IHit, PatternExpander } from './expand';
import { literal, segmentsOf } from './glob';
import { folderOf, type IRunData, placeIn } from './parseRecord';

/** An annexed file that a run takes, or works on. */
export interface ITaken extends IHit {
  readonly key: string;
  /** An input, or something else that has to be there; else it is an output that was there before. */
  readonly needed: boolean;
}

/** Repositories by their places, each opened once. */
export class Opened {
  private readonly known = new Map<string, Promise<Repository | null>>();

  constructor(private readonly env: Record<string, string>) {}

  /** Null where none is installed just there. */
  at(root: AbsolutePath): Promise<Repository | null> {
    const known = this.known.get(root) ?? this.open(root);
    this.known.set(root, known);
    return known;
  }

  private async open(root: AbsolutePath): Promise<Repository | null> {
    return exists(join(root, '.git')) ? await Repository.open(root, this.env) : null;
  }
}

interface IRequest {
  readonly commit: CommitId;
  readonly data: IRunData;
  /** Files that the run changed beside its outputs, relative to the dataset. */
  readonly changed: readonly string[];
  readonly opened: Opened;
  readonly signal: AbortSignal;
}

/** The annexed files of a commit, in the dataset and in installed subdatasets, that a run needs or may work on. */
export async function contentOf(repository: Repository, request: IRequest): Promise<ITaken[]> {
  const { commit, data, changed, opened, signal } = request;
  const folder = folderOf(data);
  const needed = [...data.inputs, ...data.extraInputs];
  const places = [...needed, ...data.outputs].map(pattern => (folder === null ? null : placeIn(folder, pattern)));
  const asked = [...places.map(place => segmentsOf(place ?? '')), ...changed.map(literal)].map(segments => ({
    repository,
    commit,
    segments
  }));
  const expander = new PatternExpander(root => opened.at(root));
  const { hits } = await expander.expand(asked, signal);
  const taken = new Map<string, ITaken>();
  for (const [at, found] of hits.entries()) {
    for (const file of await annexed(found, opened, signal)) {
      const id = join(file.root, file.path);
      taken.set(id, { ...file, needed: at < needed.length || taken.get(id)?.needed === true });
    }
  }
  return [...taken.values()];
}

/** Those of some entries that are annexed; what is below folders among them. */
async function annexed(hits: readonly IHit[], opened: Opened, signal: AbortSignal): Promise<Omit<ITaken, 'needed'>[]> {
  const found: Omit<ITaken, 'needed'>[] = [];
  for (const root of new Set(hits.map(hit => hit.root))) {
    const repository = await opened.at(root);
    if (repository === null) {
      continue;
    }
    const files: IHit[] = [];
    for (const hit of hits.filter(one => one.root === root)) {
      files.push(...(hit.mode === TREE ? await below(repository, hit, signal) : [hit]));
    }
    await repository.keys.load(files, signal);
    for (const file of files) {
      const key = repository.keys.of(file);
      if (key !== null) {
        found.push({ ...file, key });
      }
    }
  }
  return found;
}

async function below({ git }: Repository, { root, path, oid }: IHit, signal: AbortSignal): Promise<IHit[]> {
  const entries = parseTree(await git.read(['ls-tree', '-r', '-z', oid], { signal, noIndex: true }));
  return entries
    .filter(({ mode }) => mode !== GITLINK)
    .map(({ path: name, mode, oid: id }) => ({ root, path: path === '' ? name : `${path}/${name}`, mode, oid: id }));
}
