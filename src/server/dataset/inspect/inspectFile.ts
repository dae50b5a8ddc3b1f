import { lstat, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Row } from '../../../protocol/dataset';
import type { Inspected } from '../../../protocol/inspect';
import { readBranchLogs } from '../../annex/branchLogs';
import { checksumOf } from '../../annex/checksum';
import { keyFileName } from '../../annex/hashDirectory';
import { parseKey } from '../../annex/key';
import { logName } from '../../annex/locations';
import { parseUrlLog } from '../../annex/urls';
import { decodePath, displayName, fsPath } from '../../bytes';
import { Redactor } from '../../redact';
import { indexEntryAt } from '../compare/entryAt';
import { isEdited } from '../compare/locate';
import { CopyCount } from '../copies/copyCount';
import { readKeyCopies } from '../copies/keyCopies';
import { ruledBy } from '../destinations/destinations';
import { readRules, usesAnnex } from '../destinations/rules';
import type { Repository } from '../repository';
import { withoutQuerySecrets } from './urlSecrets';

/** URLs of one file that are told. */
const MANY_URLS = 100;

type AnnexFacts = NonNullable<Inspected['annex']>;

interface IRequest {
  /** Relative to the dataset. */
  path: string;
  /** What the folder around it lists; of a file that the branch hides what its key says. */
  row: Pick<Row, 'kind' | 'change' | 'bytes' | 'key'>;
  signal: AbortSignal;
}

/** All that can be told of one file without reading its content. */
export async function inspectFile(repository: Repository, request: IRequest): Promise<Omit<Inspected, 'path'>> {
  const { path, row, signal } = request;
  const file = join(repository.root, path);
  const stats = await lstat(fsPath(file)).catch(() => null);
  const key = row.key ?? (await keyInIndex(repository, request));
  const edited = row.kind === 'annex-unlocked' && row.change === 'modified' && (await isEdited(repository, path, signal));
  const annex = key === null ? undefined : await annexFacts(repository, key, { edited, signal });
  const target = stats?.isSymbolicLink() === true ? decodePath(await readlink(fsPath(file), { encoding: 'buffer' })) : undefined;
  const bytes = row.bytes ?? annex?.facts.bytes;
  const content = annex === undefined || stats?.isFile() === true ? file : annex.content;
  return {
    kind: row.kind,
    ...(row.change === undefined ? {} : { change: row.change }),
    ...(stats === null ? { missing: true } : {}),
    ...(bytes === undefined ? {} : { bytes }),
    ...(annex === undefined ? {} : { annex: annex.facts }),
    ...(target === undefined ? {} : { target: displayName(withoutSecretKey(target, key)) }),
    ...(await ruledOf(repository, { ...request, bytes: bytes ?? 0, content }))
  };
}

/** Where the row names no key, the last version of an unlocked file has one. */
async function keyInIndex(repository: Repository, { path, row, signal }: IRequest): Promise<string | null> {
  if (row.kind !== 'annex-unlocked') {
    return null;
  }
  const entry = await indexEntryAt(repository, { path, signal });
  return entry === null ? null : await repository.keys.read(entry, signal);
}

async function annexFacts(
  repository: Repository,
  key: string,
  { edited, signal }: { edited: boolean; signal: AbortSignal }
): Promise<{ facts: AnnexFacts; content: string | null }> {
  const { git, store } = repository;
  const log = `${logName(key)}.web` as const;
  const [found, copies, logs] = await Promise.all([
    store.look(key),
    readKeyCopies(repository, [key], signal),
    readBranchLogs({ git, annexDir: store.annexDir }, [log], signal)
  ]);
  const { backend, bytes } = parseKey(key) ?? { backend: '', bytes: undefined };
  const checksum = checksumOf(key);
  const count = new CopyCount();
  count.add({ bytes: bytes ?? -1, here: found !== null, elsewhere: copies.of(0) });
  const facts = {
    key,
    backend,
    ...(bytes === undefined ? {} : { bytes }),
    ...(checksum === null ? {} : { checksum: checksum.value }),
    verifiable: checksum?.hash != null,
    here: found !== null,
    ...(found !== null && bytes !== undefined && found.size !== bytes ? { damaged: true as const } : {}),
    ...(edited ? { edited: true as const } : {}),
    urls: parseUrlLog(logs.get(log) ?? '')
      .slice(0, MANY_URLS)
      .map(withoutQuerySecrets),
    copies: count.result()
  };
  return { facts, content: found?.path ?? null };
}

/** A key that was made from an address may hold a password, and so does the link to it, in another notation. */
function withoutSecretKey(target: string, key: string | null): string {
  const clean = key === null ? '' : new Redactor().text(key);
  return key === null || clean === key ? target : target.replaceAll(keyFileName(key), keyFileName(clean));
}

async function ruledOf(
  repository: Repository,
  { path, row, bytes, content, signal }: IRequest & { bytes: number; content: string | null }
): Promise<Pick<Inspected, 'ruled'>> {
  if (!['git', 'annex', 'annex-unlocked', 'other'].includes(row.kind) || !(await usesAnnex(repository))) {
    return {};
  }
  const rule = (await readRules(repository, [path], signal)).get(path);
  const { to } = await ruledBy(repository, { path, bytes, content, rule });
  return { ruled: { to: to === 'both' ? 'unknown' : to, ...(rule === undefined ? {} : { rule }) } };
}
