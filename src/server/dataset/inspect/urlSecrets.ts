import { displayName } from '../../bytes';
import { HIDDEN, Redactor } from '../../redact';

/** Names of parameters by which services let someone in; an address in a dataset is shown to whoever looks over a shoulder. */
const PARAMETER = /([?&;][^=&;#]*(?:key|token|pass|pwd|secret|auth|cred|sig|session|code|jwt|access)[^=&;#]*=)[^&;#]*/giu;
const redactor = new Redactor();

/** An address as it may be shown; one that lost something is no address to open any more. */
export function withoutQuerySecrets(url: string): { url: string; redacted: boolean } {
  const clean = redactor.text(url).replace(PARAMETER, `$1${HIDDEN}`);
  return { url: displayName(clean), redacted: clean !== url };
}
