import { GUARD_HEADER, GUARD_VALUE } from '../../src/protocol/contract';
import type { Job } from '../../src/protocol/job';
import { EventReader } from '../support/eventReader';
import { exchange, type IAnswer, type IExchange } from '../support/http';
import { until } from '../support/until';

interface IAddress {
  host: string;
  port: number;
}

/** As much of a browser as a hub needs: cookies by path, and redirects. */
export class HubBrowser {
  private readonly jar = new Map<string, Map<string, string>>();

  constructor(
    private readonly address: IAddress,
    readonly user: string
  ) {}

  get prefix(): string {
    return `/user/${this.user}/`;
  }

  /** One request, with the cookies of its path and the XSRF header. */
  async request({ path, headers = {}, ...rest }: IExchange): Promise<IAnswer> {
    const answer = await exchange(this.address, { path, headers: { ...this.headersFor(path), ...headers }, ...rest });
    for (const cookie of answer.headers['set-cookie'] ?? []) {
      this.keep(cookie);
    }
    return answer;
  }

  /** Follows redirects, as for a page. */
  async open(path: string): Promise<IAnswer> {
    let answer = await this.request({ path, headers: { 'Sec-Fetch-Mode': 'navigate' } });
    for (let count = 0; count < 20 && answer.headers.location !== undefined; count++) {
      const { pathname, search } = new URL(answer.headers.location, `http://${this.address.host}`);
      answer = await this.request({ path: pathname + search, headers: { 'Sec-Fetch-Mode': 'navigate' } });
    }
    return answer;
  }

  /** Logs in with the dummy authenticator and opens JupyterLab, which starts the user's server. */
  async logIn(): Promise<void> {
    await this.open('/hub/login');
    const form = new URLSearchParams({ username: this.user, password: 'any', _xsrf: this.cookie('/hub/', '_xsrf') });
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const answer = await this.request({ method: 'POST', path: '/hub/login', headers, body: form.toString() });
    if (answer.status !== 302) {
      throw new Error(`${this.user} could not log in: ${answer.status}`);
    }
    await this.open('/hub/spawn');
    await until(
      `JupyterLab of ${this.user}`,
      async () => /jupyter-config-data/u.test((await this.open(`${this.prefix}lab`)).text),
      60_000
    );
  }

  /** A short read of a user's server, this user's own by default. */
  call(operation: string, input: unknown, user = this.user): Promise<IAnswer> {
    return this.post(`/user/${user}/datalad/call/${operation}`, input);
  }

  /** Runs a job to its end. */
  async job(operation: string, input: unknown): Promise<Job> {
    const started = await this.post(`${this.prefix}datalad/jobs`, { operation, input });
    const { id } = started.json() as { id: string };
    return await until(
      `the end of ${operation}`,
      async () => {
        const jobs = (await this.request({ path: `${this.prefix}datalad/jobs` })).json() as Job[];
        return jobs.find(entry => entry.id === id && entry.ended !== undefined);
      },
      120_000
    );
  }

  events(): EventReader {
    const path = `${this.prefix}datalad/events`;
    return new EventReader(this.address, { path, headers: this.headersFor(path) });
  }

  private post(path: string, body: unknown): Promise<IAnswer> {
    const headers = { 'Content-Type': 'application/json', [GUARD_HEADER]: GUARD_VALUE };
    return this.request({ method: 'POST', path, headers, body: JSON.stringify(body) });
  }

  private headersFor(path: string): Record<string, string> {
    // The more precise path last: its cookies win, as in a browser, where the server reads the first of a name.
    const matching = [...this.jar].filter(([scope]) => path.startsWith(scope)).sort(([a], [b]) => a.length - b.length);
    const cookies = new Map(matching.flatMap(([, values]) => [...values]));
    const xsrf = cookies.get('_xsrf');
    return {
      Host: `${this.address.host}:${this.address.port}`,
      Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      ...(xsrf === undefined ? {} : { 'X-XSRFToken': xsrf })
    };
  }

  private cookie(scope: string, name: string): string {
    return this.jar.get(scope)?.get(name) ?? '';
  }

  private keep(header: string): void {
    const [pair = '', ...attributes] = header.split(';').map(part => part.trim());
    const scope = attributes.find(part => /^path=/iu.test(part))?.slice('path='.length) ?? '/';
    const values = this.jar.get(scope) ?? new Map<string, string>();
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(pair.indexOf('=') + 1);
    if (attributes.some(part => /^max-age=0$/iu.test(part)) || value === '""' || value === '') {
      values.delete(name);
    } else {
      values.set(name, value);
    }
    this.jar.set(scope, values);
  }
}
