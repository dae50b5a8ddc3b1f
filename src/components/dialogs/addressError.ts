import type { TranslationBundle } from '@jupyterlab/translation';
import { addressFlaw, holdsSecret } from '../../protocol/address';

/** What is wrong with an address, in words; nothing before something is typed. `kept`: it comes to stand in the dataset. */
export function addressError(url: string, { kept, trans }: { kept: boolean; trans: TranslationBundle }): string | undefined {
  const typed = url.trim();
  switch (typed === '' ? null : addressFlaw(typed)) {
    case 'no-address':
      return trans.__('This is no address. It begins with https://, and has no spaces in it.');
    case 'scheme':
      return trans.__('Nothing can be downloaded from this kind of address. DataLad takes https, http, s3 and ftp.');
    case 'lost-secret':
      return trans.__('The secret in this address was not kept: type it once more.');
    default:
      return kept && holdsSecret(typed)
        ? trans.__('There is a password or a key in this address, which everybody who has the dataset could read. Leave it out.')
        : undefined;
  }
}
