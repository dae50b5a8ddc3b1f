import fc from 'fast-check';
import { lastOf, Redactor } from './redact';

const redactor = new Redactor({ OSF_TOKEN: 'osf-secret-value', HOME: '/home/ada', SHORT_TOKEN: 'a' });

describe('Redactor', () => {
  it.each([
    ['https://ghp_abcdefghijklmnopqrstuvwx@github.com/x.git', 'https://***@github.com/x.git'],
    ['cloning https://ada:pass@host/x failed', 'cloning https://***@host/x failed'],
    ['https://ada:p@ss@host/x', 'https://***@host/x'],
    ['ssh://ada:pass@host/x', 'ssh://ada:***@host/x'],
    ['https://ada:pa/ss@host/x', 'https://ada:***@host/x'],
    ['ria+ssh://ada:p@ss:1@host/x', 'ria+ssh://ada:***@host/x'],
    ['MY_SECRET=abc', 'MY_SECRET=***'],
    ['https://host/x?token=abc&y=1', 'https://host/x?token=***&y=1'],
    ['https://host/x?access_token=abc', 'https://host/x?access_token=***'],
    ['Authorization: Bearer abc.def', 'Authorization: Bearer ***'],
    ['{"password": "abc"}', '{"password": "***"}'],
    ['got osf-secret-value from there', 'got *** from there'],
    ['ghp_abcdefghijklmnopqrstuvwx', '***']
  ])('cleans %s', (text, clean) => {
    expect(redactor.text(text)).toBe(clean);
  });

  it.each([
    'ssh://git@github.com/x.git',
    'git@github.com:x.git',
    'https://host/a@b',
    'https://host:8080/a@b',
    'http://[::1]:80/a b@c',
    'a token for the author',
    'the secret garden: a book',
    '/home/ada/token/data.bin'
  ])('leaves %s alone', text => {
    expect(redactor.text(text)).toBe(text);
  });

  it('takes no time that grows with the square of a text', () => {
    const texts = ['a-', 'a.', '://a', 'https://', 'http://a:b/', 'token ', ':// a:', 'a:'].map(part => part.repeat(300_000));
    const started = Date.now();
    texts.forEach(text => redactor.text(text));
    expect(Date.now() - started).toBeLessThan(5_000);
  });

  it('cleans texts anywhere, but no names of files and keys', () => {
    const record = { path: '/data/token=1', key: 'URL--https://a:b@c', message: ['see https://a:b@c'], counts: { ok: 1 } };
    expect(redactor.value(record)).toEqual({ ...record, message: ['see https://***@c'] });
  });

  it('leaves a commit message as it was written, and cleans the URL of a clone', () => {
    const input = { message: 'explain the token= parameter', source: 'https://a:b@c/d' };
    expect(redactor.input(input)).toEqual({ message: input.message, source: 'https://***@c/d' });
  });

  it('learns secrets, wherever they stand', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6 }), fc.string(), fc.string(), (secret, before, after) => {
        fc.pre(!'***'.includes(secret) && !`${before}***${after}`.includes(secret));
        const own = new Redactor();
        own.add(secret);
        expect(own.text(before + secret + after)).not.toContain(secret);
      })
    );
  });
});

describe('secrets in other clothes', () => {
  const known = new Redactor({ http_proxy: 'http://ada:pr%40xy-pass@proxy:3128', API_TOKEN: 'päss/w+rd?=x' });

  it.each([
    ["https://ada:it's-me@host/x", 'https://***@host/x'],
    ['ssh://ada:"a"b@host/x', 'ssh://ada:***@host/x'],
    ['see https%3A%2F%2Fada%3Apass%40host%2Fx', 'see https%3A%2F%2F***%40host%2Fx'],
    ['proxy said no to pr@xy-pass', 'proxy said no to ***'],
    ['proxy said no to pr%40xy-pass', 'proxy said no to ***'],
    ['päss/w+rd?=x', '***'],
    [encodeURIComponent('päss/w+rd?=x'), '***']
  ])('%s', (text, clean) => {
    expect(known.text(text)).toBe(clean);
  });

  it('are known in headers, whatever follows them', () => {
    for (const more of ['', ':', 'ab', 'abc']) {
      const header = Buffer.from(`päss/w+rd?=x${more}`).toString('base64');
      expect(known.text(header)).toMatch(/^\*\*\*.{0,6}=*$/);
    }
  });

  it('are not left in halves by a cut', () => {
    const text = `a long beginning https://ada:open-sesame@host/x and its end`;
    for (let length = 1; length <= text.length; length += 1) {
      expect(known.text(lastOf(text, length))).not.toMatch(/same|n-s|ada/);
    }
  });
});
