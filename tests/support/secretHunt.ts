import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { descendants } from './processes';

/** Looks for secrets, as they are and as URLs and headers write them. */
export class SecretHunt {
  private readonly forms: (readonly [secret: string, form: string])[];
  private readonly seen = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(secrets: readonly string[]) {
    this.forms = secrets.flatMap(secret => {
      const inHeader = [secret, `ada:${secret}`].map(text => Buffer.from(text).toString('base64').replace(/.?=*$/, ''));
      return [secret, encodeURIComponent(secret), ...inHeader].map(form => [secret, form] as const);
    });
  }

  /** Secrets in a text, each once. */
  in(text: string): string[] {
    return [...new Set(this.forms.flatMap(([secret, form]) => (text.includes(form) ? [secret] : [])))];
  }

  /** Files below a folder that hold a secret in their content or name, as `secret in path`. Links are not followed. */
  inFiles(folder: string): string[] {
    if (!existsSync(folder)) {
      return [];
    }
    return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
      const path = join(folder, entry.name);
      const inside = entry.isDirectory() ? this.inFiles(path) : [];
      const content = entry.isFile() && statSync(path).size < 10_000_000 ? readFileSync(path, 'latin1') : '';
      return [...inside, ...this.in(`${entry.name}\n${content}`).map(secret => `${secret} in ${path}`)];
    });
  }

  /** Looks at the arguments and the environment of everything below a process, again and again until `stop`. */
  watch(pid: number): void {
    const look = (): void => descendants(pid).forEach(({ pid: child, command }) => this.inspect(child, command));
    this.timer = setInterval(look, 10);
  }

  /** What was found, as `secret in arguments of …` and `secret in variable NAME`; and how many processes were looked at. */
  stop(): { found: string[]; processes: number } {
    clearInterval(this.timer);
    return { found: [...this.seen], processes: this.inspected.size };
  }

  private inspect(pid: number, command: readonly string[]): void {
    // Between fork and exec a child shows the memory of the server, its environment, too.
    if (command.some(word => word.endsWith('server/main.js'))) {
      return;
    }
    this.inspected.add(`${pid} ${command.join(' ')}`);
    this.in(command.join('\0')).forEach(secret => this.seen.add(`${secret} in arguments of ${command.slice(0, 3).join(' ')}`));
    try {
      const variables = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
      variables.forEach(text => this.in(text).forEach(secret => this.seen.add(`${secret} in variable ${text.split('=')[0]}`)));
    } catch {
      // It ended while we looked.
    }
  }

  private readonly inspected = new Set<string>();
}
