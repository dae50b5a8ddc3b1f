import type { CommitId } from '../../../protocol/revision';
import { keyOfLink, keyOfPointer } from '../../annex/pointer';
import { decodePath } from '../../bytes';
import { objectIds, objectSizes, readSoundBlobs } from '../../git/objects';
import { mapLimited } from '../../mapLimited';
import { readRegular } from '../../regularFile';
import { entryAt } from '../compare/entryAt';
import type { Repository } from '../repository';
import { type IRunData, placeIn, readRecord } from './parseRecord';
import { type IPython, MOST_PACKED, unpackRecords } from './unpack';

/** The record of a run that lies in a file of its own, or why it cannot be read. */
export type Sidecar = { /** Relative to the dataset. */ readonly path: string } & (
  | { readonly state: 'read'; readonly data: IRunData; readonly text: string }
  | { readonly state: 'not-here' | 'lost' | 'not-json' | 'no-command' | 'too-large' }
);

/** A commit, and the file that its message names. */
export interface ISidecarName {
  readonly commit: CommitId;
  readonly name: string;
}

const FOLDER = '.datalad/runinfo';
const SETTING = 'datalad.run.record-directory';
const XZ = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]);
const AT_ONCE = 4;

/**
 * Reads records that lie in files of their own as the commits have them: links are never followed, content of the annex is found by its
 * key. DataLad reads the file in the folder instead, which a later commit may have removed.
 */
export async function readSidecars(
  repository: Repository,
  asked: readonly ISidecarName[],
  { signal, python, env }: IPython & { signal: AbortSignal }
): Promise<Sidecar[]> {
  if (asked.length === 0) {
    return [];
  }
  const folder = await recordFolder(repository, asked[0]?.commit, signal);
  const paths = asked.map(({ name }) => `${folder}/${name}`);
  const oids = await blobsAt(repository, { asked, paths, signal });
  const known = [...new Set(oids.flatMap(oid => oid ?? []))];
  const sizes = await objectSizes(repository.git, known, signal);
  const fitting = known.filter(oid => (sizes.get(oid) ?? 0) <= MOST_PACKED);
  const blobs = await readSoundBlobs(repository.git, fitting, signal);
  const packed = await Promise.all(
    oids.map(async oid =>
      oid === null ? 'lost' : fitting.includes(oid) ? await packedOf(repository, blobs.get(oid)) : 'too-large'
    )
  );
  const unpacked = await unpackRecords(packed.filter(isBytes), { python, env }, signal);
  return packed.map((found, at): Sidecar => {
    const path = paths[at] ?? '';
    return isBytes(found) ? { path, ...sidecarOf(unpacked.shift() ?? null) } : { path, state: found };
  });
}

function isBytes(found: Buffer | string): found is Buffer {
  return typeof found !== 'string';
}

/** The bytes of a file, which may be in the annex. */
async function packedOf(
  { store }: Repository,
  blob: Buffer | undefined
): Promise<Buffer | 'lost' | 'not-here' | 'not-json' | 'too-large'> {
  if (blob === undefined || blob.subarray(0, XZ.length).equals(XZ)) {
    return blob ?? 'lost';
  }
  const key = keyOfPointer(blob) ?? keyOfLink(decodePath(blob.subarray(0, 8_192)));
  const content = key === null ? null : await store.look(key);
  if (content === null) {
    return key === null ? 'not-json' : 'not-here';
  }
  return content.size > MOST_PACKED ? 'too-large' : ((await readRegular(content.path, MOST_PACKED)) ?? 'not-here');
}

/** A file has one record on its first line. */
function sidecarOf(
  unpacked: Buffer | 'too-large' | null
): Omit<Extract<Sidecar, { state: 'read' }>, 'path'> | { state: 'not-json' | 'no-command' | 'too-large' } {
  if (unpacked === null || unpacked === 'too-large') {
    return { state: unpacked ?? 'not-json' };
  }
  const text = unpacked.toString('utf8').split('\n', 1)[0] ?? '';
  const record = readRecord(text, { sidecars: false });
  switch (record.state) {
    case 'read':
      return { state: 'read', data: record.data, text };
    case 'no-command':
    case 'too-large':
      return { state: record.state };
    default:
      return { state: 'not-json' };
  }
}

/** Where records are, as the clone or the dataset says, whose setting travels; relative to the dataset, and never outside of it. */
export async function recordFolder(
  { git }: Repository,
  commit: CommitId | 'HEAD' = 'HEAD',
  signal?: AbortSignal
): Promise<string> {
  const own = (await git.config()).get(SETTING);
  const args = ['config', '--blob', `${commit}:.datalad/config`, '--get', SETTING];
  const said = own ?? (await git.readOr([1, 128], args, { signal, noIndex: true }))?.toString().trim();
  return placeIn('', said ?? '') || FOLDER;
}

/** What the commits have at the paths, each at its own. */
async function blobsAt(
  repository: Repository,
  { asked, paths, signal }: { asked: readonly ISidecarName[]; paths: readonly string[]; signal: AbortSignal }
): Promise<(string | null)[]> {
  if (!(await repository.git.isPartial())) {
    return await objectIds(
      repository.git,
      asked.map(({ commit }, at) => `${commit}:${paths[at]}`),
      signal
    );
  }
  const entries = await mapLimited([...asked.entries()], AT_ONCE, async ([at, { commit }]) =>
    entryAt(repository, commit, { path: paths[at] ?? '', signal })
  );
  return entries.map(entry => entry?.oid ?? null);
}
