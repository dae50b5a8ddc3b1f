import { readFile } from 'node:fs/promises';

/** A user's name, or the number where this machine knows no name for it. */
export async function userName(uid: number | undefined): Promise<string> {
  const users = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const line = users.split('\n').find(line => line.split(':')[2] === String(uid));
  return line?.split(':')[0] ?? String(uid);
}
