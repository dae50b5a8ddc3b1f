import { fail } from '../../protocol/failure';

/** Schemes DataLad can clone from without running a program of the address's choice. */
const SCHEMES = new Set(['http', 'https', 'ssh', 'file', 'osf', 'ria+http', 'ria+https', 'ria+ssh', 'ria+file']);
const SCHEME = /^([a-z][a-z0-9+.-]*):/iu;
/** `user@host:path` or `host:path`, as scp writes it. */
const SCP = /^(?:[\w.-]+@)?[\w.-]+:(?!\/\/|:)/u;

/**
 * Refuses an address before anything starts: options in disguise, git's remote helpers that run commands (`ext::` and its like), and
 * schemes nothing can be cloned from. Paths, scp-like addresses and `///` pass.
 */
export function checkSource(source: string): void {
  const refuse = (why: string): never =>
    fail('bad-url', why, { hint: 'Use a path, an https or ssh address, ria+…, osf:// or ///.' });
  if (/[\p{Cc}]/u.test(source)) {
    refuse('This address holds a line break or another control character.');
  }
  if (source.startsWith('-')) {
    refuse('An address does not begin with a dash.');
  }
  if (/^[a-z0-9+.-]+::/iu.test(source)) {
    refuse('This kind of address could run a program.');
  }
  const scheme = SCHEME.exec(source)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    return;
  }
  if (source.includes('://')) {
    const host = /:\/\/(?:[^/?#]*@)?([^/?#]*)/u.exec(source)?.[1] ?? '';
    if (!SCHEMES.has(scheme)) {
      refuse(`Nothing can be cloned from "${scheme}:".`);
    }
    // What stands behind a colon is a port, or a password with a slash in it.
    if (host.startsWith('-') || /[;|&$`\\'"<>]/u.test(host) || /:(?!\d*$)/u.test(host.replace(/^\[[^\]]*\]/u, ''))) {
      refuse('This is no name of a host.');
    }
  } else if (!SCP.test(source) || /^(?:javascript|data|vbscript|mailto|blob|about)$/u.test(scheme)) {
    refuse(`Nothing can be cloned from "${scheme}:".`);
  }
}

/** Whether an address that passed is a path on this machine, absolute or not. */
export function isLocalPath(source: string): boolean {
  return !source.startsWith('///') && !SCHEME.test(source) && !SCP.test(source);
}
