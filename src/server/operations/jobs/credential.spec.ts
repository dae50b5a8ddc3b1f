import fc from 'fast-check';
import { RecordingTask } from '../../../../tests/support/recordingTask';
import { same } from '../../../../tests/support/properties';
import { answering, answerOf, takeCredential } from './credential';
import { checkSource } from '../../datalad/sources';

const web = (user?: string, password?: string, host = 'host') => ({ scheme: 'https', host, user, password });

describe('an address', () => {
  it.each([
    ['https://ada:pass@host/x', 'https://host/x', web('ada', 'pass')],
    ['https://ada:p@ss:1@Host:8443/x', 'https://Host:8443/x', web('ada', 'p@ss:1', 'host:8443')],
    ['https://a%40b:p%2Fw%zz@host', 'https://host', web('a@b', 'p%2Fw%zz')],
    ['https://token@host/x@y', 'https://host/x@y', web('token')],
    ['https://:token@host/x', 'https://host/x', web(undefined, 'token')],
    ['ria+https://ada:pass@host/store#id@1', 'ria+https://host/store#id@1', web('ada', 'pass')],
    ['ssh://ada:pass@host:22/x', 'ssh://ada@host:22/x', { ...web('ada', 'pass', 'host:22'), scheme: 'ssh' }],
    ['ssh://git@host/x', 'ssh://git@host/x', null],
    ['https://***@host/x', 'https://host/x', null],
    ['ssh://ada:***@host/x', 'ssh://ada@host/x', null],
    ['https://host/a@b', 'https://host/a@b', null],
    ['git@host:x', 'git@host:x', null],
    ['/data/a:b@c', '/data/a:b@c', null]
  ])('%s is %s and who asks', (given, source, credential) => {
    expect(takeCredential(given)).toEqual({ source, credential });
  });

  it('never keeps what stood in it, whatever that is', () => {
    // What no address holds and no other part of this one does.
    const secret = fc.string({
      unit: fc.constantFrom('S', '@', ':', '%', 'é', ' ', '"', '\\', '.'),
      minLength: 1,
      maxLength: 12
    });
    const schemes = fc.constantFrom('http', 'HTTPS', 'ssh', 'ria+ssh', 'ria+http');
    fc.assert(
      fc.property(schemes, secret, fc.constantFrom('', '/x', '/x@y:z', '?q', '#id'), (scheme, password, rest) => {
        const { source, credential } = takeCredential(`${scheme}://ada:${password}@host${rest}`);
        const isShell = scheme.endsWith('ssh');
        same(source, `${scheme}://${isShell ? 'ada@' : ''}host${rest}`);
        same([credential?.user, credential?.host], ['ada', 'host']);
        const encoded = takeCredential(`${scheme}://ada:${encodeURIComponent(password)}@host${rest}`);
        same([encoded.source, encoded.credential?.password], [source, password]);
        checkSource(source);
      })
    );
  });
});

describe('a question', () => {
  const { credential } = takeCredential('https://a%20b:pass@host:8443/x');
  const answer = (text: string): string | null => (credential === null ? null : answerOf({ text }, credential));

  it('of the very place is answered', () => {
    expect(answer("Username for 'https://host:8443': ")).toBe('a b');
    expect(answer("Password for 'https://a b@host:8443': ")).toBe('pass');
    expect(answer("Password for 'https://a%20b@HOST:8443': ")).toBe('pass');
    expect(answer("Password for 'https://host:8443/x/y': ")).toBe('pass');
  });

  it.each([
    "Password for 'http://a b@host:8443': ",
    "Password for 'https://a b@host': ",
    "Password for 'https://a b@evil': ",
    "Password for 'https://evil/x@host:8443': ",
    "Password for 'https://host:8443@evil': ",
    "Password for 'https://evil/'https://host:8443': ",
    "Password for 'https://bob@host:8443': ",
    "Enter passphrase for key '/home/ada/.ssh/id': ",
    "a b@host's password: ",
    'Password: '
  ])('like %s is for the user', text => {
    expect(answer(text)).toBeNull();
  });

  it('of ssh is answered in both ways it asks, and of no other host', () => {
    const { credential: shell } = takeCredential('ssh://ada:pass@host:2222/x');
    const texts = ["ada@host's password: ", '(ada@host) Password: ', "ada@evil's password: ", "Password for 'https://host': "];
    expect(texts.map(text => shell && answerOf({ text }, shell))).toEqual(['pass', 'pass', null, null]);
  });

  it('for what an address lacks is for the user, and a password is known as a secret', async () => {
    const task = new RecordingTask(() => 'typed');
    const { credential: token } = takeCredential('https://token@host/x');
    const half = answering(task, token);
    expect(await half.ask({ text: "Username for 'https://host': ", secret: false })).toBe('token');
    expect(await half.ask({ text: "Password for 'https://token@host': ", secret: true })).toBe('typed');
    expect(task.questions).toHaveLength(1);
    answering(task, credential);
    expect(task.secrets).toEqual(['pass', 'a b:pass']);
  });
});
