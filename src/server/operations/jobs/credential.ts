import type { Prompt } from '../../../protocol/job';
import type { ITask } from '../../handlers';
import { HIDDEN } from '../../../protocol/address';

/** Who an address says that it is asked by. */
export interface ICredential {
  /** In lower case; of `ria+https` what is behind the `+`. */
  readonly scheme: string;
  /** In lower case, with the port where the address names one. */
  readonly host: string;
  readonly user: string | undefined;
  readonly password: string | undefined;
}

const ADDRESS = /^((?:ria\+)?(https?|ssh):\/\/)([^/?#]*)@([^/?#@]*)(.*)$/isu;

/**
 * Takes user and password out of an address, since all users of a machine see the arguments of its programs, and git writes addresses
 * into its configuration. A user of ssh stays: it is no secret, and who asks for a password names it. Where a job comes from the journal
 * there is only a mark in the place of both.
 */
export function takeCredential(source: string): { source: string; credential: ICredential | null } {
  const [, start, scheme, who, host, rest] = ADDRESS.exec(source) ?? [];
  if (start === undefined || scheme === undefined || who === undefined || host === undefined) {
    return { source, credential: null };
  }
  const colon = who.indexOf(':');
  const names = colon < 0 ? [who] : [who.slice(0, colon), who.slice(colon + 1)];
  const [user, password] = names.map(name => (name === '' || name === HIDDEN ? undefined : decode(name)));
  const isShell = scheme.toLowerCase() === 'ssh';
  const isOfUse = password !== undefined || (user !== undefined && !isShell);
  return {
    source: `${start}${isShell && user !== undefined ? `${names[0]}@` : ''}${host}${rest}`,
    credential: isOfUse ? { scheme: scheme.toLowerCase(), host: host.toLowerCase(), user, password } : null
  };
}

/** The same task, but for questions that a credential answers; whatever else is asked, and what it lacks, is for the user. */
export function answering(task: ITask, credential: ICredential | null): ITask {
  if (credential === null) {
    return task;
  }
  const { user, password } = credential;
  if (password !== undefined) {
    task.secret(password);
    task.secret(`${user ?? ''}:${password}`);
  }
  return {
    id: task.id,
    signal: task.signal,
    result: result => task.result(result),
    progress: progress => task.progress(progress),
    output: text => task.output(text),
    secret: text => task.secret(text),
    notice: notice => task.notice(notice),
    inTurn: work => task.inTurn(work),
    ask: async prompt => answerOf(prompt, credential) ?? (await task.ask(prompt))
  };
}

/** How git asks; it percent-encodes the user in newer versions. */
const OF_GIT = /^(Username|Password) for '(https?):\/\/(?:([^/@]*)@)?([^/@']+)(?:\/[^']*)?': ?$/u;
/** How ssh asks, in its two ways. */
const OF_SSH = /^(?:\((\S+)\) Password: ?|(\S+)'s password: ?)$/u;

/** The answer to a question, only where it is the very place that asks: a redirection may lead to another one. */
export function answerOf({ text }: Pick<Prompt, 'text'>, { scheme, host, user, password }: ICredential): string | null {
  const [, what, protocol, asked, place] = OF_GIT.exec(text) ?? [];
  if (what !== undefined) {
    const isThere = protocol === scheme && place?.toLowerCase() === host;
    const isUser = asked === undefined || user === undefined || asked === user || asked === encodeURIComponent(user);
    return (isThere && isUser ? (what === 'Username' ? user : password) : undefined) ?? null;
  }
  const [, ...names] = OF_SSH.exec(text) ?? [];
  const name = names.find(found => found !== undefined)?.toLowerCase();
  const bare = host.replace(/:\d*$/u, '').replace(/^\[(.*)\]$/u, '$1');
  return (scheme === 'ssh' && user !== undefined && name === `${user}@${bare}`.toLowerCase() ? password : undefined) ?? null;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
