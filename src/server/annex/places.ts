import type { GitConfig } from '../git/config';
import type { GitReader } from '../git/reader';
import { readBranchLogs } from './branchLogs';
import { newest, parseTrustLog } from './locationLog';
import { parseDescriptions, parseSpecialRemotes } from './placeLogs';

/** Where git-annex gets content by URL, in every dataset. */
export const BUILT_IN: Readonly<Record<string, string>> = {
  '00000000-0000-0000-0000-000000000001': 'web',
  '00000000-0000-0000-0000-000000000002': 'bittorrent'
};

/** How far git-annex believes what is noted of a place, the least first. */
export const TRUST_LEVELS = ['dead', 'untrusted', 'semitrusted', 'trusted'] as const;
export type TrustLevel = (typeof TRUST_LEVELS)[number];

/** A place that may hold content: a repository or a special remote. */
export interface IPlace {
  readonly uuid: string;
  /** The name of the remote of this clone, else what its owner calls it, else its uuid. */
  readonly name: string;
  /** Name of a remote of this clone. */
  readonly remote?: string;
  /** This clone itself. */
  readonly own?: true;
  readonly trust: TrustLevel;
  /** It holds files by their names, and others may change these: what is exported is no copy to rely on. */
  readonly export?: true;
  /** Whether what is noted to be there is a copy; else it only may be there. */
  readonly counts: boolean;
}

/** What is known of the places of a dataset; for any uuid, also one nobody has described. */
export class Places {
  private readonly known = new Map<string, IPlace>();

  constructor(private readonly facts: IPlaceFacts) {}

  /** The uuid of this clone; undefined where git-annex never ran. */
  get own(): string | undefined {
    return this.facts.own;
  }

  of(uuid: string): IPlace {
    const place = this.known.get(uuid) ?? describe(uuid, this.facts);
    this.known.set(uuid, place);
    return place;
  }
}

interface IPlaceFacts {
  own: string | undefined;
  /** Names of the remotes of this clone by uuid. */
  remotes: ReadonlyMap<string, string>;
  descriptions: ReadonlyMap<string, string>;
  special: ReadonlyMap<string, ReadonlyMap<string, string>>;
  trust: ReadonlyMap<string, TrustLevel>;
}

/** Reads names, trust and kinds of all places, by all git-annex branches, the journal and git's configuration. */
export async function readPlaces(git: GitReader, annexDir: string, signal?: AbortSignal): Promise<Places> {
  const [config, logs] = await Promise.all([
    git.config(),
    readBranchLogs({ git, annexDir }, ['uuid.log', 'remote.log', 'trust.log'], signal)
  ]);
  const log = (name: 'uuid.log' | 'remote.log' | 'trust.log'): string => logs.get(name) ?? '';
  return new Places({
    own: config.get('annex.uuid'),
    remotes: remotesOf(config),
    descriptions: parseDescriptions(log('uuid.log')),
    special: parseSpecialRemotes(log('remote.log')),
    trust: new Map([...trustOf(log('trust.log')), ...configuredTrust(config)])
  });
}

function remotesOf(config: GitConfig): Map<string, string> {
  const remotes = new Map<string, string>();
  for (const name of config.subsections('remote')) {
    const uuid = config.get(`remote.${name}.annex-uuid`);
    if (uuid !== undefined && !remotes.has(uuid)) {
      remotes.set(uuid, name);
    }
  }
  return remotes;
}

const LEVELS: Readonly<Record<string, TrustLevel>> = { '1': 'trusted', '0': 'untrusted', X: 'dead', '?': 'semitrusted' };

function trustOf(log: string): [uuid: string, level: TrustLevel][] {
  return [...newest(parseTrustLog(log))].flatMap(([uuid, status]) => {
    const level = LEVELS[status];
    return level === undefined ? [] : [[uuid, level]];
  });
}

/** What git's configuration says of the remotes of this clone goes before the log. */
function configuredTrust(config: GitConfig): [uuid: string, level: TrustLevel][] {
  return [...remotesOf(config)].flatMap(([uuid, name]) => {
    const said = config.get(`remote.${name}.annex-trustlevel`);
    const level = TRUST_LEVELS.find(level => level === said);
    return level === undefined ? [] : [[uuid, level]];
  });
}

function describe(uuid: string, { own, remotes, descriptions, special, trust }: IPlaceFacts): IPlace {
  const settings = special.get(uuid);
  const isExport = isTree(settings);
  const remote = remotes.get(uuid);
  const said = trust.get(uuid) ?? 'semitrusted';
  // An export is believed less than it is said to be, but a dead one stays dead.
  const level = isExport && said !== 'dead' ? 'untrusted' : said;
  const described = [BUILT_IN[uuid], descriptions.get(uuid), settings?.get('name')].find(name => name);
  return {
    uuid,
    name: remote ?? described ?? uuid,
    ...(remote === undefined ? {} : { remote }),
    ...(uuid === own ? { own: true } : {}),
    trust: level,
    ...(isExport ? { export: true } : {}),
    counts: level === 'trusted' || level === 'semitrusted'
  };
}

/** Buckets that keep every version of a file are as good as any other place. */
function isTree(settings: ReadonlyMap<string, string> | undefined): boolean {
  const on = (name: string): boolean => settings?.get(name) === 'yes' || settings?.get(name) === 'true';
  return (on('exporttree') || on('importtree')) && !on('versioning');
}
