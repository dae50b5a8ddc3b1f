import { addressFlaw } from '../../../../protocol/address';
import { fail } from '../../../../protocol/failure';
import { withoutQuerySecrets } from '../../../dataset/inspect/urlSecrets';

const WORDS = {
  'no-address': ['This is no address.', 'It begins with https:// and has no spaces in it.'],
  scheme: ['Nothing can be downloaded from this kind of address.', 'DataLad takes https, http, s3 and ftp.'],
  'lost-secret': ['The secret in this address was not kept.', 'Type the address once more.']
} as const;

/** Refuses what is no address to download from, and, where it is `kept` in the dataset, one with a secret in it. */
export function requireAddress(url: string, { kept }: { kept: boolean }): void {
  const flaw = addressFlaw(url);
  if (flaw !== null) {
    const [message, hint] = WORDS[flaw];
    fail('bad-url', message, { hint, parameters: { why: flaw } });
  }
  if (kept && withoutQuerySecrets(url).redacted) {
    fail('secret-in-address', 'There is a password or a key in this address, which everybody who has the dataset could read.', {
      hint: 'Leave it out, or download the file without its source.'
    });
  }
}
