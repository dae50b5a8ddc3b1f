import { HIDDEN } from '../protocol/address';

/** Userinfo of a URL: of web URLs all of it, since a token may stand as the user; of others the password. */
const WEB_USERINFO = /\b((?:https?|ftps?|webdavs?|davs?):\/\/)[^\s/]+@/gi;
const PASSWORD = /(:\/\/[^\s/@:]*):[^\s/]+@/gi;
/** One with a slash in it, which nobody takes for an address, but somebody may have pasted: what follows the colon is no port. */
const SLASHED = /(:\/\/[^\s/@:[]{0,100}):(?!\d*\/)[^\s/@]{1,200}\/[^\s@]{0,200}@/gi;
/** The same in a query or a file name, where a URL is percent-encoded. */
const ENCODED_USERINFO = /(%3a%2f%2f)(?:(?!%2f)[^\s/&])+(%40|@)/gi;
/** `token=…` and its like in queries, forms, options and messages. */
const ASSIGNED =
  /((?:token|secret|passwd|password|api[-_]?key|signature|credential)|\b(?:sig|auth))(["']?\s*[=:]\s*["']?)(?!\/\/)[^\s&"',;]+/gi;
const AUTHORIZATION = /\b(authorization["']?\s*[:=]\s*["']?(?:bearer|basic|token)\s+)[^\s"',]+/gi;
/** Tokens that are known by their looks. */
const TOKENS = /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,})/g;

/** Fields that name something: changing them would make them name something else. */
const NAMES = new Set(['path', 'paths', 'dataset', 'refds', 'parentds', 'key', 'id', 'type', 'status', 'action', 'operation']);

/** Shorter values would take ordinary words out of texts. */
const SHORTEST_SECRET = 6;

/** Takes secrets out of everything that leaves the server: answers, events and log lines. */
export class Redactor {
  private readonly secrets = new Set<string>();

  constructor(environment: NodeJS.ProcessEnv = {}) {
    for (const [name, value] of Object.entries(environment)) {
      if (/TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|CREDENTIAL/i.test(name)) {
        this.add(value ?? '');
      } else if (value?.includes('@') === true && URL.canParse(value)) {
        // A proxy's password, say: programs that name it name it without the address around.
        this.add(new URL(value).password);
        this.add(decoded(new URL(value).password));
      }
    }
  }

  /** Makes a value known as a secret: an answer to a question for a password. */
  add(secret: string): void {
    if (secret.length >= SHORTEST_SECRET) {
      [secret, percentEncoded(secret), base64(secret)].forEach(form => this.secrets.add(form));
    }
  }

  text(text: string): string {
    let clean = text;
    for (const secret of this.secrets) {
      clean = clean.replaceAll(secret, HIDDEN);
    }
    return clean
      .replace(WEB_USERINFO, `$1${HIDDEN}@`)
      .replace(PASSWORD, `$1:${HIDDEN}@`)
      .replace(SLASHED, `$1:${HIDDEN}@`)
      .replace(ENCODED_USERINFO, `$1${HIDDEN}$2`)
      .replace(AUTHORIZATION, `$1${HIDDEN}`)
      .replace(ASSIGNED, `$1$2${HIDDEN}`)
      .replace(TOKENS, HIDDEN);
  }

  /** A copy of plain JSON with every text cleaned, but for those that name a path, a key or the like. */
  value<T>(value: T): T {
    return this.copy(value) as T;
  }

  /** A copy of what a user posted: only URLs are cleaned, a commit message stays as it was written. */
  input(value: unknown): unknown {
    if (typeof value === 'string') {
      return value.includes('://') ? this.text(value) : value;
    }
    return mapValues(value, entry => this.input(entry));
  }

  private copy(value: unknown): unknown {
    if (typeof value === 'string') {
      return this.text(value);
    }
    return mapValues(value, (entry, name) => (NAMES.has(name) ? entry : this.copy(entry)));
  }
}

/** How a secret stands in a URL; one that is no proper text has no such form. */
function percentEncoded(secret: string): string {
  return encodeURIComponent(Buffer.from(secret).toString());
}

/** How it stands in a header; without its end, which depends on what follows. */
function base64(secret: string): string {
  return Buffer.from(secret).toString('base64').replace(/.?=*$/, '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The last characters of a text that is not cleaned yet, without the half of a secret that a cut may leave. */
export function lastOf(text: string, length: number): string {
  if (text.length <= length) {
    return text;
  }
  const end = text.slice(-length);
  const gap = end.search(/\s/);
  return gap < 0 ? '' : end.slice(gap + 1);
}

function mapValues(value: unknown, map: (entry: unknown, name: string) => unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(entry => map(entry, ''));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, map(entry, name)]));
  }
  return value;
}
