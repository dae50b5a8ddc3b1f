import { type JobName, jobs, type ParsedCallInput, type ParsedJobInput } from '../../protocol/contract';
import { fail } from '../../protocol/failure';
import type { ContentsPath } from '../../protocol/paths';
import type { TrustItem, TrustQuestion } from '../../protocol/trust';
import { displayName } from '../bytes';
import { findRepositoryFolder } from '../git/repositoryFolder';
import { mapLimited } from '../mapLimited';
import type { AbsolutePath, PathBoundary } from '../paths';
import { Redactor } from '../redact';
import { hasAbsent } from './absentSubdatasets';
import { digestOf } from './hooks';
import { type IBelow, installedBelow, rootsAround } from './installed';
import { installSources, mayInstall } from './installSources';
import { localSiblings, openLocal } from './localSiblings';
import type { ILook, TrustKeeper } from './trust';
import { isWithin } from '../nesting';

/** Subdatasets looked at for one question or one job. */
const MANY = 10_000;
const AT_ONCE = 16;
/** Of more settings, or longer ones, nobody could judge: the question says how many there are. */
const SHOWN = 200;
const LONGEST = 2_000;

export interface IGateOptions {
  boundary: PathBoundary;
  trust: TrustKeeper;
  /** The environment of git. */
  env: Record<string, string>;
}

/** A repository that matters to a job or a question. */
interface IInvolved extends ILook {
  relation: TrustItem['relation'];
}

type Named = ParsedJobInput<JobName>;

/** What gets inputs and unlocks outputs in subdatasets, and then saves, which DataLad does in all that are installed below. */
const RECORDED: readonly JobName[] = ['run', 'rerun', 'verifyRuns', 'saveRun', 'runNotebook', 'recordNotebook'];

/** Lets no job begin where a dataset's own settings could run programs, unless the user trusts these settings. */
export class Gate {
  private readonly redactor = new Redactor(process.env);

  constructor(private readonly options: IGateOptions) {}

  /**
   * Fails with `untrusted` before anything was started; `parameters.dataset` is where to ask for trust. It looks at every dataset the
   * job would work in, at those around a place where one is made, and at siblings on this machine that content is got from.
   */
  async admit(name: JobName, input: Named, signal?: AbortSignal): Promise<void> {
    const { roots, dataset } = await this.rootsOf(name, input, signal);
    const involved = await this.involve([...roots], {
      siblings: jobs[name].siblings,
      sources: await installs(name, input, this.options.boundary)
    });
    const untrusted = involved.filter(({ trust }) => trust === 'untrusted');
    const [first] = untrusted;
    if (first === undefined) {
      return;
    }
    const { boundary } = this.options;
    // Where a copy comes from is no part of the dataset it comes to: the question there would not be about it.
    const named = name === 'copyFile' ? null : dataset;
    const ask = named ?? (boundary.contains(first.root) ? boundary.toContents(first.root) : null);
    fail('untrusted', `This dataset is not trusted: its settings could run programs.`, {
      hint: 'Look at what they would run, and trust the dataset if you know where it comes from.',
      detail: untrusted.map(look => this.nameOf(look.root)).join('\n'),
      parameters: { datasets: untrusted.length, path: this.nameOf(first.root), ...(ask === null ? {} : { dataset: ask }) }
    });
  }

  /** Whether a get would install subdatasets before content comes: what these bring has to be looked at in between. */
  async installsFirst(input: ParsedJobInput<'get'>, signal?: AbortSignal): Promise<boolean> {
    const { boundary, env } = this.options;
    if (input.noData === true) {
      return false;
    }
    const dataset = boundary.resolveFolder(input.dataset);
    for (const path of outermost(pathsOf(input, boundary))) {
      const around = (await rootsAround(dataset, [path])).at(-1) ?? dataset;
      if (await hasAbsent(around, path, { env, signal, limit: MANY, recursive: descends(input) })) {
        return true;
      }
    }
    return false;
  }

  /** What could run in a dataset, in the subdatasets and other repositories below it and in their siblings on this machine. */
  async question({ dataset }: ParsedCallInput<'trust'>, signal?: AbortSignal): Promise<TrustQuestion> {
    const root = this.options.boundary.resolve(dataset);
    const below = await this.below(root, root, { signal, untracked: 'all' });
    const involved = await this.involve([root, ...below], { siblings: true });
    return {
      dataset,
      items: involved.filter(({ trust }) => trust !== null).map(look => this.describe(look)),
      truncated: below.length >= MANY
    };
  }

  /** Trusts what was shown, and fails with `untrusted` where something else is found by now. */
  async grant({ dataset, items }: ParsedJobInput<'trust'>, signal?: AbortSignal): Promise<void> {
    const root = this.options.boundary.resolve(dataset);
    const below = await this.below(root, root, { signal, untracked: 'all' });
    const involved = await this.involve([root, ...below], { siblings: true });
    const shown = new Map(items.map(({ id, fingerprint }) => [id, fingerprint]));
    const chosen = involved.filter(look => shown.has(idOf(look)));
    if (chosen.length < shown.size || chosen.some(look => look.scan.fingerprint !== shown.get(idOf(look)))) {
      fail('untrusted', 'The settings have changed since they were shown.', { parameters: { dataset } });
    }
    for (const look of chosen) {
      const folder = await findRepositoryFolder(look.root);
      const repository = folder === null ? await openLocal(look.root) : { folder };
      if (repository !== null) {
        await this.options.trust.grant(look, repository.folder);
      }
    }
  }

  /** Takes back the trust in a dataset and in its siblings on this machine. */
  async revoke({ dataset }: ParsedJobInput<'untrust'>): Promise<void> {
    const involved = await this.involve([this.options.boundary.resolve(dataset)], { siblings: true });
    for (const { root, trust } of involved) {
      if (trust === 'granted') {
        await this.options.trust.revoke(root);
      }
    }
  }

  /** The roots a job works in, and the dataset to ask about; null where that is the first that is not trusted. */
  private async rootsOf(
    name: JobName,
    input: Named,
    signal?: AbortSignal
  ): Promise<{ roots: Set<string>; dataset: ContentsPath | null }> {
    const { boundary } = this.options;
    const roots = new Set<string>();
    const add = (found: readonly string[]): void => found.forEach(root => roots.add(root));
    if ('path' in input && !('dataset' in input)) {
      // A new dataset: DataLad asks the ones around it whether they have something there.
      add(await rootsAround(boundary.root, [boundary.resolve(input.path)]));
      return { roots, dataset: null };
    }
    if (!('dataset' in input) || input.dataset === null) {
      return { roots, dataset: null };
    }
    // A link may have been put in its place since the job was asked for.
    const dataset = boundary.resolveFolder(input.dataset);
    const paths = pathsOf(input, boundary);
    add(await rootsAround(dataset, [dataset, ...paths]));
    if (name === 'copyFile') {
      // git-annex works where they come from, too.
      add(await rootsAround(boundary.root, paths));
    }
    if (RECORDED.includes(name)) {
      add(await this.below(dataset, dataset, { signal, untracked: entersUnregistered(name, input) ? 'all' : undefined }));
    }
    if (name === 'undoSave') {
      // Of a recursive save, and of what recorded a run, it goes back in each dataset that was committed in.
      add(await this.below(dataset, dataset, { signal }));
    }
    if (descends(input) || name === 'remove' || name === 'removeRefused') {
      for (const path of outermost(paths)) {
        const around = (await rootsAround(dataset, [path])).at(-1) ?? dataset;
        add(await this.below(around, path, { signal, untracked: name === 'save' ? 'visible' : undefined }));
      }
    }
    return { roots, dataset: input.dataset };
  }

  private async below(root: string, path: string, options: Pick<IBelow, 'signal' | 'untracked'>): Promise<string[]> {
    return await installedBelow(root, path, { ...options, env: this.options.env, limit: MANY });
  }

  /** Looks at datasets, and at what on this machine content may come from. */
  private async involve(
    roots: readonly string[],
    { siblings, sources = false }: { siblings: boolean; sources?: boolean }
  ): Promise<IInvolved[]> {
    const { trust, env } = this.options;
    const looks = (await mapLimited(roots, AT_ONCE, root => trust.lookAt(root))).filter(look => look !== null);
    const involved = new Map<string, IInvolved>(
      looks.map(look => [look.root, { ...look, relation: look.root === roots[0] ? 'dataset' : 'subdataset' }])
    );
    for (const look of siblings ? looks : []) {
      const local = await localSiblings(look.root, look.scan.remotes, env);
      const more = sources ? await installSources(look.root, local, { env, limit: MANY }) : [];
      for (const { root, folder } of [...local, ...more].filter(({ root }) => !involved.has(root))) {
        involved.set(root, { ...(await trust.look(root, folder)), relation: 'sibling' });
      }
    }
    return [...involved.values()];
  }

  private describe(look: IInvolved): TrustItem {
    const { settings, fingerprint } = look.scan;
    return {
      id: idOf(look),
      relation: look.relation,
      name: this.nameOf(look.root),
      trust: look.trust ?? 'untrusted',
      fingerprint,
      settings: settings.slice(0, SHOWN).map(({ reason, where, key, value }) => ({
        reason,
        where,
        key: this.shorten(key),
        value: this.shorten(value)
      })),
      more: Math.max(0, settings.length - SHOWN)
    };
  }

  private shorten(text: string): string {
    const shown = displayName(this.redactor.text(text));
    return shown.length > LONGEST ? `${shown.slice(0, LONGEST)}… (${shown.length})` : shown;
  }

  /** For people: below the contents root as a contents path. */
  private nameOf(root: string): string {
    const { boundary } = this.options;
    return displayName(boundary.contains(root) && root !== boundary.root ? root.slice(boundary.root.length + 1) : root);
  }
}

function idOf({ root }: ILook): string {
  return digestOf(root).slice(0, 16);
}

/** Whether a job goes into the datasets installed below its paths. */
function descends(input: Named): boolean {
  const what = 'what' in input ? input.what : undefined;
  return ('recursive' in input && input.recursive === true) || what === 'datasets' || what === 'all';
}

/**
 * Whether DataLad may go into repositories that are not registered: it gets and unlocks files that a record names in them, though git
 * ignores them, and a save of outputs that are named registers them.
 */
function entersUnregistered(name: JobName, input: Named): boolean {
  if (name !== 'run') {
    // Verifications work in a clone, which has none of them.
    return name !== 'verifyRuns';
  }
  const inputs = 'inputs' in input ? (input.inputs ?? []) : [];
  const outputs = 'outputs' in input ? (input.outputs ?? []) : [];
  return inputs.length + outputs.length > 0 || ('explicit' in input && input.explicit === true);
}

/** The paths of an input; without any the dataset itself. */
function pathsOf(input: Named, boundary: PathBoundary): AbsolutePath[] {
  const named = 'paths' in input ? (input.paths ?? []) : [];
  const whole = 'dataset' in input && input.dataset !== null ? [input.dataset] : [];
  return (named.length > 0 ? named : whole).map(path => boundary.resolve(path));
}

/** Whether a job gets content, and may install subdatasets to do so. */
async function installs(name: JobName, input: Named, boundary: PathBoundary): Promise<boolean> {
  if (name !== 'get' || ('noData' in input && input.noData === true)) {
    return false;
  }
  const paths = pathsOf(input, boundary);
  return descends(input) || (await Promise.all(paths.map(mayInstall))).some(Boolean);
}

/** Without the paths that lie below another one. */
function outermost(paths: readonly AbsolutePath[]): AbsolutePath[] {
  const sorted = [...new Set(paths)].sort();
  return sorted.reduce<AbsolutePath[]>((kept, path) => {
    const last = kept.at(-1);
    return last !== undefined && isWithin(path, last) ? kept : [...kept, path];
  }, []);
}
