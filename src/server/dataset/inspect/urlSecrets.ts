import { HIDDEN, SECRET_PARAMETER } from '../../../protocol/address';
import { displayName } from '../../bytes';
import { Redactor } from '../../redact';

const redactor = new Redactor();

/** An address as it may be shown; one that lost something is no address to open any more. */
export function withoutQuerySecrets(url: string): { url: string; redacted: boolean } {
  const clean = redactor.text(url).replace(SECRET_PARAMETER, `$1${HIDDEN}`);
  return { url: displayName(clean), redacted: clean !== url };
}
