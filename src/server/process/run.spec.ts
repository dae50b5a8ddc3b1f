import { tmpdir } from 'node:os';
import { FailureError } from '../../protocol/failure';
import { toolEnvironment } from './environment';
import { run } from './run';

const options = { cwd: tmpdir(), env: toolEnvironment(process.env, undefined), timeout: 20_000 };

async function failure(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason
  );
  return error instanceof FailureError ? error.failure.kind : 'none';
}

describe('run', () => {
  it('hands over input, output and exit code', async () => {
    const result = await run('sh', ['-c', 'cat; echo oops >&2; exit 3'], { ...options, input: 'hello' });
    expect(result.stdout.toString()).toBe('hello');
    expect(result.stderr).toBe('oops\n');
    expect(result.code).toBe(3);
  });

  it('ends the whole group when time is up', async () => {
    const started = Date.now();
    expect(await failure(run('sh', ['-c', 'sleep 30 & sleep 30'], { ...options, timeout: 300 }))).toBe('timeout');
    expect(Date.now() - started).toBeLessThan(10_000);
  });

  it('does not wait for a stranger who holds the output of a program that ended, and loses nothing of what that printed', async () => {
    const started = Date.now();
    const script = 'seq 200000; setsid sleep 8 & echo $! >&2; exit 3';
    const { stdout, stderr, code } = await run('sh', ['-c', script], options);
    expect(Date.now() - started).toBeLessThan(6_000);
    expect(code).toBe(3);
    expect(stdout.toString().endsWith('\n200000\n')).toBe(true);
    process.kill(Number(stderr));
  });

  it('knows a missing program, a cancel and too much output', async () => {
    expect(await failure(run('no-such-program', [], options))).toBe('tool-missing');
    expect(await failure(run('true', [], { ...options, cwd: '/no/such/folder' }))).toBe('not-found');
    // Neither too many arguments nor a program that is none breaks the server.
    expect(await failure(run('true', ['x'.repeat(3_000_000)], options))).toBe('unknown');
    expect(await failure(run('/etc/passwd', [], options))).toBe('unknown');
    expect(await failure(run('sleep', ['30'], { ...options, signal: AbortSignal.timeout(200) }))).toBe('cancelled');
    expect(await failure(run('yes', [], { ...options, maxOutput: 1000 }))).toBe('unknown');
  });

  it('ends a childless program by itself', async () => {
    const started = Date.now();
    expect(await failure(run('sleep', ['30'], { ...options, childless: true, timeout: 300 }))).toBe('timeout');
    expect(await failure(run('no-such-program', [], { ...options, childless: true }))).toBe('tool-missing');
    expect(Date.now() - started).toBeLessThan(10_000);
  });

  it('passes on nothing but the allowed environment', async () => {
    const env = toolEnvironment({ ...process.env, JUPYTERHUB_API_TOKEN: 'secret', OSF_TOKEN: 'secret' }, '/first');
    const { stdout } = await run('env', [], { ...options, env });
    expect(stdout.toString()).not.toContain('secret');
    expect(stdout.toString()).toMatch(/^PATH=\/first:/m);
  });
});
