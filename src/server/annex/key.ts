/** What an annex key says of itself. */
export interface IAnnexKey {
  /** `MD5E`, `SHA256E`, `URL`, … */
  backend: string;
  /** Bytes of content; absent in keys that name no size (some made from URLs). */
  bytes?: number;
  /** What follows `--`: the hash with an extension for the backends that end with E, a URL … */
  name: string;
}

/** Size, time, and for a part of cut up content the parts' size and its number. */
const KEY = /^([A-Z0-9_]+)(?:-s(\d+))?(?:-m\d+)?(?:-S\d+)?(?:-C\d+)?--(.+)$/s;

/** Reads `BACKEND-s123-m456--NAME`; null when it is no key. */
export function parseKey(key: string): IAnnexKey | null {
  const [, backend, size, name] = KEY.exec(key) ?? [];
  if (backend === undefined || name === undefined) {
    return null;
  }
  const bytes = Number(size);
  // Anybody can write a key: a size that is no proper number would spoil every sum it goes into.
  return { backend, name, ...(Number.isSafeInteger(bytes) ? { bytes } : {}) };
}

/** Bytes that a key names; undefined when it names none or is no key. */
export function keyBytes(key: string): number | undefined {
  return parseKey(key)?.bytes;
}
