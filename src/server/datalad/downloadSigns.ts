import type { ISign } from './failures';

/** What DataLad's own downloader says, and what it means. Real samples are in `failures.spec.ts`. */
export const DOWNLOAD_SIGNS: readonly ISign[] = [
  {
    kind: 'not-at-address',
    pattern: /^(?:\w+\()?Access to \S+ has failed: (?:not found|status code (?:404|410))/mu,
    message: 'The server has nothing at this address.',
    hint: 'Check the address: the file may have been moved.'
  },
  {
    kind: 'not-at-address',
    // In the record of `addurls`: of a get, the same words say that one of several places failed.
    pattern: /\{'command': 'addurl', 'error-messages': \['download failed: (?:File not found|Not Found|Gone)'/u,
    message: 'The server has nothing at this address.',
    hint: 'Check the address: the file may have been moved.'
  },
  {
    kind: 'no-remote-access',
    pattern: /^(?:\w+\()?Access to \S+ has failed: status code (?:429|5\d\d)/mu,
    message: 'The server cannot answer now.',
    hint: 'Try again later.',
    parameters: { why: 'busy' }
  },
  {
    kind: 'tool-missing',
    pattern: /For ftp:\/\/ support, install requests_ftp/u,
    message: 'DataLad lacks what it needs for ftp.',
    hint: 'Install the Python package requests_ftp, or use an https address.',
    parameters: { tool: 'requests_ftp' }
  },
  {
    kind: 'bad-url',
    pattern: /Exceeded \d+ redirects|TooManyRedirects/u,
    message: 'The server sends one round in a circle.',
    hint: 'Look at the address in a browser.'
  },
  {
    kind: 'bad-url',
    pattern: /No connection adapters were found for/u,
    message: 'The server sends one to an address that nothing can be downloaded from.',
    hint: 'Look at the address in a browser.'
  },
  {
    kind: 'bad-url',
    pattern: /WRONG_VERSION_NUMBER|wrong version number/u,
    message: 'The other side does not speak https.',
    hint: 'Check the address: perhaps it begins with http://.'
  },
  {
    kind: 'other-content',
    pattern: /url does not have expected file size/u,
    message: 'What is at this address is not the content of the file: it has another size.',
    hint: 'Nothing was noted. Check the address.'
  },
  {
    kind: 'not-at-address',
    pattern: /failed to verify url exists/u,
    message: 'The server has nothing at this address.',
    hint: 'Check the address: the file may have been moved.'
  },
  {
    kind: 'no-remote-access',
    pattern: /annex\.security\.allowed-ip-addresses does not allow accessing/u,
    message: 'git-annex does not load from addresses in a private network, unless you allow it.',
    hint: 'See annex.security.allowed-ip-addresses.',
    parameters: { why: 'private' }
  },
  {
    kind: 'no-space',
    pattern: /Ran out of space while downloading/u,
    message: 'There is not enough free space.',
    hint: 'Drop content you do not need, or free space elsewhere.'
  },
  {
    kind: 'no-remote-access',
    pattern: /Transfer of \S+ was interrupted|finished with \d+ bytes, \d+ were announced/u,
    message: 'The connection broke off before all had come.',
    hint: 'Try again: what was there is as it was.',
    parameters: { why: 'broken' }
  },
  {
    kind: 'no-remote-access',
    pattern: /Failed to resolve '|Name or service not known|NameResolutionError|Could not connect to the endpoint URL/u,
    message: 'The other side cannot be reached.',
    hint: 'Check its address and the network connection.'
  },
  {
    kind: 'in-the-way',
    pattern: /^(?:\w+\()?Path .* already exists\)?$/mu,
    message: 'There is something at this place already.',
    hint: 'Choose another name.'
  }
];
