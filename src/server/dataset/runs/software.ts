import { LRUCache } from 'lru-cache';
import * as v from 'valibot';
import type { Software } from '../../../protocol/provenance';
import { keyOfLink, keyOfPointer } from '../../annex/pointer';
import { decodePath } from '../../bytes';
import { TREE } from '../../git/entry';
import { objectIds, objectSizes, readSoundBlobs } from '../../git/objects';
import { readRegular } from '../../regularFile';
import { type IContainerSettings, imagePlace, readContainerSettings } from '../containers/containerSettings';
import { withoutQuerySecrets } from '../inspect/urlSecrets';
import type { Repository } from '../repository';
import type { IHit } from './expand';
import { idOf } from './runGraph';
import type { ISurvey } from './survey';

/** What an image in a folder says of itself. */
type Said = Pick<Software, 'tags' | 'digest'>;

const MOST_TEXT = 1024 * 1024;
const MANY_TAGS = 10;

/** `docker save` writes a list of images, each with its configuration, which is named by its digest. */
const DockerManifest = v.pipe(
  v.array(v.object({ Config: v.string(), RepoTags: v.fallback(v.nullish(v.array(v.string())), []) })),
  v.minLength(1)
);
/** The layout of the Open Container Initiative has an index of manifests. */
const OciIndex = v.object({
  manifests: v.pipe(
    v.array(v.object({ digest: v.string(), annotations: v.optional(v.record(v.string(), v.string())) })),
    v.minLength(1)
  )
});
const DESCRIPTIONS: readonly (readonly [name: string, read: (value: unknown) => Said | null])[] = [
  ['manifest.json', dockerSays],
  ['index.json', ociSays]
];

/** Tells which software runs used, as far as the images of their containers tell it. */
export class SoftwareReader {
  /** By folders of images, which never change; without those that could not be read yet. */
  private readonly said = new LRUCache<string, Said>({ max: 1_000 });

  /** By versions of what runs needed beside their inputs, see {@link idOf}; nothing of what is not known to be software. */
  async read({ made, repositories }: ISurvey, signal: AbortSignal): Promise<Map<string, Software>> {
    const found = new Map<string, Software>();
    const extra = new Map(made.flatMap(one => one.extra.map(hit => [idOf(hit), hit] as const)));
    for (const repository of repositories) {
      const hits = [...extra.values()].filter(({ root }) => root === repository.root);
      if (hits.length === 0) {
        continue;
      }
      await repository.keys.load(hits, signal);
      const settings = await readContainerSettings(repository, signal);
      for (const hit of hits) {
        const software = {
          ...containerAt(settings, hit),
          ...keyOf(repository, hit),
          ...(hit.mode === TREE ? await this.saidBy(repository, hit, signal) : {})
        };
        if (Object.keys(software).length > 0) {
          found.set(idOf(hit), software);
        }
      }
    }
    return found;
  }

  private async saidBy(repository: Repository, { oid }: IHit, signal: AbortSignal): Promise<Said> {
    const known = this.said.get(oid);
    if (known !== undefined) {
      return known;
    }
    const oids = await objectIds(
      repository.git,
      DESCRIPTIONS.map(([name]) => `${oid}:${name}`),
      signal
    );
    for (const [at, [, read]] of DESCRIPTIONS.entries()) {
      const value = jsonOf(await textOf(repository, oids[at] ?? null, signal));
      const said = value === undefined ? null : read(value);
      if (said !== null) {
        this.said.set(oid, said);
        return said;
      }
    }
    return {};
  }
}

/** The container whose image lies here, as the dataset is set up now. */
function containerAt(settings: readonly IContainerSettings[], { path, root }: IHit): Pick<Software, 'container' | 'source'> {
  const one = settings.find(each => imagePlace(each, root) === path);
  const source = one?.values.get('updateurl')?.at(-1);
  return one === undefined
    ? {}
    : { container: one.name, ...(source === undefined ? {} : { source: withoutQuerySecrets(source).url }) };
}

function keyOf({ keys }: Repository, hit: IHit): Pick<Software, 'key'> {
  const key = keys.of(hit);
  return key === null ? {} : { key };
}

/** Of a small file in Git, or in the annex and here. */
async function textOf({ git, store }: Repository, oid: string | null, signal: AbortSignal): Promise<string> {
  const size = oid === null ? undefined : (await objectSizes(git, [oid], signal)).get(oid);
  if (oid === null || size === undefined || size > MOST_TEXT) {
    return '';
  }
  const blob = (await readSoundBlobs(git, [oid], signal)).get(oid) ?? Buffer.alloc(0);
  const key = keyOfPointer(blob) ?? keyOfLink(decodePath(blob));
  const content = key === null ? null : await store.look(key);
  return (key === null ? blob : content === null ? null : await readRegular(content.path, MOST_TEXT))?.toString('utf8') ?? '';
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function dockerSays(value: unknown): Said | null {
  const parsed = v.safeParse(DockerManifest, value);
  const [image] = parsed.success ? parsed.output : [];
  const [digest] = /[0-9a-f]{64}/u.exec(image?.Config ?? '') ?? [];
  return image === undefined
    ? null
    : { tags: (image.RepoTags ?? []).slice(0, MANY_TAGS), ...(digest === undefined ? {} : { digest: `sha256:${digest}` }) };
}

function ociSays(value: unknown): Said | null {
  const parsed = v.safeParse(OciIndex, value);
  const [first] = parsed.success ? parsed.output.manifests : [];
  const tag = first?.annotations?.['org.opencontainers.image.ref.name'];
  return first === undefined ? null : { digest: first.digest, tags: tag === undefined ? [] : [tag] };
}
