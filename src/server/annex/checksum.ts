import { parseKey } from './key';

/** Backends whose keys hold a hash of the content, by the name node:crypto has for it. */
const HASHES: Readonly<Record<string, string>> = {
  MD5: 'md5',
  SHA1: 'sha1',
  SHA224: 'sha224',
  SHA256: 'sha256',
  SHA384: 'sha384',
  SHA512: 'sha512',
  SHA3_224: 'sha3-224',
  SHA3_256: 'sha3-256',
  SHA3_384: 'sha3-384',
  SHA3_512: 'sha3-512',
  BLAKE2B512: 'blake2b512',
  BLAKE2S256: 'blake2s256'
};

/** Keys of the other backends name an address, or a file's name and time. */
const CHECKSUM = /^(?:MD5|SHA|BLAKE|SKEIN|XXH)/;

/** The checksum that a key holds. */
export interface IChecksum {
  /** In the notation of the backend, without the extension that backends ending with E append. */
  readonly value: string;
  /** What node:crypto calls it; null where it cannot compute it. */
  readonly hash: string | null;
}

/** Null where a key holds no checksum. */
export function checksumOf(key: string): IChecksum | null {
  const { backend = '', name = '' } = parseKey(key) ?? {};
  if (!CHECKSUM.test(backend)) {
    return null;
  }
  return { value: name.split('.', 1)[0] ?? name, hash: HASHES[backend.replace(/E$/, '')] ?? null };
}
