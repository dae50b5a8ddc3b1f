/** Schemes that DataLad's own downloader takes. */
const SCHEMES = ['http', 'https', 'ftp', 's3'];

/** Names of parameters by which services let someone in; an address in a dataset is shown to whoever looks over a shoulder. */
export const SECRET_PARAMETER =
  /([?&;][^=&;#]*(?:key|token|pass|pwd|secret|auth|cred|sig|session|code|jwt|access)[^=&;#]*=)[^&;#]*/giu;
const USERINFO = /^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/iu;

/** What stands in the place of a secret. */
export const HIDDEN = '***';

/**
 * Why nothing can be downloaded from an address: it is none, its scheme is not one of DataLad's downloader (`file:` would copy what lies on
 * this machine), or a secret in it was left out where it was kept.
 */
export type AddressFlaw = 'no-address' | 'scheme' | 'lost-secret';

/** The flaw of an address to download from; null where it has none. */
export function addressFlaw(url: string): AddressFlaw | null {
  const parsed = /[\s\p{Cc}]/u.test(url) ? null : parse(url);
  if (parsed === null) {
    return 'no-address';
  }
  const { protocol, hostname } = parsed;
  if (!SCHEMES.includes(protocol.slice(0, -1)) || !/^[a-z0-9]+:\/\//iu.test(url)) {
    return 'scheme';
  }
  return hostname === '' ? 'no-address' : url.includes(HIDDEN) ? 'lost-secret' : null;
}

/** An address without the user, password and keys in it: what is kept in a dataset is read by all who have a clone. */
export function withoutSecrets(url: string): string {
  return url.replace(USERINFO, `$1${HIDDEN}@`).replace(SECRET_PARAMETER, `$1${HIDDEN}`);
}

/** Whether an address holds what lets somebody in. */
export function holdsSecret(url: string): boolean {
  return withoutSecrets(url) !== url;
}

/** The last name in an address, as a file may be called; empty where there is none. */
export function nameInAddress(url: string): string {
  const last = parse(url)?.pathname.split('/').at(-1) ?? '';
  try {
    // What is decoded may hold anything.
    return decodeURIComponent(last).replace(/[/\0\r\n]/gu, '_');
  } catch {
    return last;
  }
}

function parse(url: string): URL | null {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}
