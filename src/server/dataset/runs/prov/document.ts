import { basename, join } from 'node:path';
import type { Software } from '../../../../protocol/provenance';
import { checksumOf } from '../../../annex/checksum';
import { parseKey } from '../../../annex/key';
import { displayName, encodePath, isUtf8 } from '../../../bytes';
import { TREE } from '../../../git/entry';
import { readDatasetId } from '../../datasetId';
import type { Repository } from '../../repository';
import type { IHit } from '../expand';
import { idOf, type IMade } from '../runGraph';
import { commandOf } from '../runFacts';
import type { ISurvey } from '../survey';
import { CONTEXT } from './context';
import { upstreamRuns } from './upstreamRuns';

export interface IProvOptions {
  /** Only what led to this version. */
  readonly focused?: IHit | undefined;
  /** What is known of software, by {@link idOf}. */
  readonly software: ReadonlyMap<string, Software>;
  /** With the e-mail addresses of authors. */
  readonly emails: boolean;
  readonly signal: AbortSignal;
}

type Node = Record<string, unknown>;

/** Of a run that took and made more, each output is not told to come from each input: that it took and made them says as much. */
const MOST_DERIVATIONS = 1_000;
const ALGORITHMS = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3-256', 'sha3-384', 'sha3-512'];
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/**
 * What was made of what as JSON-LD in the terms of PROV-O: entities are versions of files, activities runs, agents their authors. When a run
 * began is recorded nowhere; it is told to have ended when its commit was made.
 */
export async function writeProv(survey: ISurvey, { focused, software, emails, signal }: IProvOptions): Promise<string> {
  const made = focused === undefined ? survey.made : upstreamRuns(survey.made, focused);
  const hits = new Map<string, IHit>(focused === undefined ? [] : [[idOf(focused), focused]]);
  made.forEach(one => [...one.inputs, ...one.extra, ...one.outputs].forEach(hit => hits.set(idOf(hit), hit)));
  const ids = await datasetIds(survey, signal);
  for (const { root, keys } of survey.repositories) {
    await keys.load(
      [...hits.values()].filter(hit => hit.root === root),
      signal
    );
  }
  const names: IName = {
    file: ({ root, path, oid }) => `${ids.get(root) ?? ids.get(survey.top.root) ?? ''}#file/${encoded(path)}@${oid}`,
    run: ({ repository, run }) => `${ids.get(repository.root) ?? ''}#run/${run.commit}`
  };
  const agents = new Agents(ids.get(survey.top.root) ?? '', emails);
  const activities = made.flatMap(one => activityOf(one, { names, agents }));
  const entities = entitiesOf(made, hits, { survey, ids, names, agents, software });
  const datasets = survey.repositories.map(repository => datasetOf(repository, { survey, ids }));
  return `${JSON.stringify({ '@context': CONTEXT, '@graph': [...datasets, ...agents.nodes(), ...activities, ...entities] }, null, 1)}\n`;
}

/** Names of nodes. */
interface IName {
  file(hit: IHit): string;
  run(made: IMade): string;
}

/** Authors; their names hold no address, not even hashed, unless that is asked for. */
class Agents {
  private readonly known = new Map<string, Node & { '@id': string }>();

  constructor(
    private readonly base: string,
    private readonly emails: boolean
  ) {}

  idOf({ name, email }: { readonly name: string; readonly email: string }): string {
    const id = `${name}\0${email}`;
    const known = this.known.get(id);
    const agent = known ?? {
      '@id': `${this.base}#agent/${this.known.size + 1}`,
      '@type': 'Agent',
      label: name,
      name,
      ...(this.emails && email !== '' ? { email } : {})
    };
    this.known.set(id, agent);
    return agent['@id'];
  }

  nodes(): Node[] {
    return [...this.known.values()];
  }
}

function activityOf(made: IMade, { names, agents }: { names: IName; agents: Agents }): Node[] {
  const { run, inputs, extra, missing } = made;
  const { record, author, time } = run;
  const [id, agent] = [names.run(made), agents.idOf(author)];
  const exit = record.state === 'read' ? record.data.exit : undefined;
  const plan = { '@id': `${id}/command`, '@type': ['Entity', 'Plan'] };
  const hadPlan = record.state === 'read' ? { hadPlan: plan['@id'] } : {};
  const activity = {
    '@id': id,
    '@type': 'Activity',
    label: run.title,
    identifier: gitoid('commit', run.commit),
    ...(time === null ? {} : { endedAtTime: timeOf(time) }),
    used: [...new Set([...inputs, ...extra].map(names.file))],
    wasAssociatedWith: agent,
    qualifiedAssociation: { '@type': 'Association', agent, ...hadPlan },
    ...(exit === undefined ? {} : { actionStatus: `schema:${exit === 0 ? 'Completed' : 'Failed'}ActionStatus` }),
    ...(exit === undefined || exit === 0 ? {} : { error: `exit code ${exit}` }),
    ...(missing.length === 0 ? {} : { comment: `Inputs that are not known: ${missing.join(', ')}` })
  };
  return record.state === 'read' ? [activity, { ...plan, label: run.title, value: commandOf(record.data.cmd) }] : [activity];
}

interface IEntityOptions {
  readonly survey: ISurvey;
  readonly ids: ReadonlyMap<string, string>;
  readonly names: IName;
  readonly agents: Agents;
  readonly software: ReadonlyMap<string, Software>;
}

function entitiesOf(made: readonly IMade[], hits: ReadonlyMap<string, IHit>, options: IEntityOptions): Node[] {
  const { survey, names, agents } = options;
  const makers = new Map<string, IMade[]>();
  made.forEach(one => one.outputs.forEach(hit => makers.set(idOf(hit), [...(makers.get(idOf(hit)) ?? []), one])));
  const repositories = new Map<string, Repository>(survey.repositories.map(one => [one.root, one]));
  return [...hits].map(([id, hit]) => {
    const by = makers.get(id) ?? [];
    const from = by.flatMap(({ inputs, outputs }) =>
      inputs.length * outputs.length > MOST_DERIVATIONS ? [] : inputs.filter(input => idOf(input) !== id).map(names.file)
    );
    const [{ run } = { run: null }] = by;
    return {
      '@id': names.file(hit),
      ...contentOf(hit, repositories.get(hit.root), options),
      ...(by.length === 0 ? {} : { wasGeneratedBy: by.map(names.run) }),
      ...(run === null || run.time === null || by.length > 1 ? {} : { generatedAtTime: timeOf(run.time) }),
      ...(by.length === 0 ? {} : { wasAttributedTo: [...new Set(by.map(one => agents.idOf(one.run.author)))] }),
      ...(from.length === 0 ? {} : { wasDerivedFrom: [...new Set(from)] })
    };
  });
}

/** What a version is, and where. */
function contentOf(hit: IHit, repository: Repository | undefined, { survey, ids, software }: IEntityOptions): Node {
  const key = repository?.keys.of(hit) ?? null;
  const known = software.get(idOf(hit));
  const checksum = key === null ? null : checksumOf(key);
  const bytes = key === null ? undefined : parseKey(key)?.bytes;
  return {
    '@type': known === undefined ? 'Entity' : ['Entity', 'schema:SoftwareApplication'],
    label: displayName(join(hit.root, hit.path).slice(survey.top.root.length + 1)),
    identifier: [gitoid(hit.mode === TREE ? 'tree' : 'blob', hit.oid), ...(key === null ? [] : [key]), ...digestOf(known)],
    isPartOf: ids.get(hit.root),
    ...(bytes === undefined ? {} : { byteSize: String(bytes) }),
    ...(checksum?.hash && ALGORITHMS.includes(checksum.hash)
      ? {
          checksum: {
            '@type': 'spdx:Checksum',
            algorithm: `spdx:checksumAlgorithm_${checksum.hash.replace('-', '_')}`,
            checksumValue: checksum.value
          }
        }
      : {}),
    ...(known === undefined ? {} : { name: known.tags?.[0] ?? known.container ?? displayName(basename(hit.path)) }),
    ...(known?.source === undefined ? {} : { source: known.source })
  };
}

function digestOf(known: Software | undefined): string[] {
  return known?.digest === undefined ? [] : [known.digest];
}

function datasetOf({ root }: Repository, { survey, ids }: { survey: ISurvey; ids: ReadonlyMap<string, string> }): Node {
  return {
    '@id': ids.get(root),
    '@type': ['Entity', 'schema:Dataset'],
    label: displayName(basename(root)),
    ...(root === survey.top.root ? { identifier: gitoid('commit', survey.tip) } : {})
  };
}

/** Datasets have an id from DataLad; other repositories are named by what is saved in the one around them. */
async function datasetIds({ repositories, top, tip }: ISurvey, signal: AbortSignal): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const { root, git } of repositories) {
    const id = await readDatasetId(git, signal);
    const below = root === top.root ? '' : `?${encoded(root.slice(top.root.length + 1))}`;
    ids.set(root, id !== null && UUID.test(id) ? `urn:uuid:${id.toLowerCase()}` : `${gitoid('commit', tip)}${below}`);
  }
  return ids;
}

/** The id of a git object as an IRI: https://www.iana.org/assignments/uri-schemes/prov/gitoid */
function gitoid(type: 'blob' | 'tree' | 'commit', oid: string): string {
  return `gitoid:${type}:${oid.length === 40 ? 'sha1' : 'sha256'}:${oid}`;
}

function timeOf(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString();
}

/** Names that are no UTF-8 are encoded byte by byte. */
function encoded(path: string): string {
  return path
    .split('/')
    .map(name => (isUtf8(name) ? encodeURIComponent(name) : [...encodePath(name)].map(byte => `%${byte.toString(16)}`).join('')))
    .join('/');
}
