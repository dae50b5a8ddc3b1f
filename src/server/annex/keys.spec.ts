import * as fc from 'fast-check';
import { decodePath, encodePath } from '../bytes';
import { keyFileName, keyOfFileName, lowerHashDirectory, mixedHashDirectory } from './hashDirectory';
import { keyBytes, parseKey } from './key';
import { keyOfLink, keyOfPointer } from './pointer';
import { ObjectStore } from './presence';

const MD5E = 'MD5E-s20--d41d8cd98f00b204e9800998ecf8427e.tar.gz';
const URL = 'URL--http://example.com/a?b=c&d:e%f';
const WORM = 'WORM-s3-m1700000000--a';
const EMPTY = 'SHA256E-s0--e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

describe('annex keys', () => {
  it('say their backend and size', () => {
    expect(parseKey(MD5E)).toEqual({ backend: 'MD5E', bytes: 20, name: 'd41d8cd98f00b204e9800998ecf8427e.tar.gz' });
    expect(parseKey(WORM)).toEqual({ backend: 'WORM', bytes: 3, name: 'a' });
    expect(parseKey(URL)).toEqual({ backend: 'URL', name: 'http://example.com/a?b=c&d:e%f' });
    expect(keyBytes(EMPTY)).toBe(0);
    expect(keyBytes('URL--http://example.com/x-s12--y')).toBeUndefined();
    expect(['', 'README', 'md5-s3--x', 'MD5E-s3', '--x'].map(parseKey)).toEqual([null, null, null, null, null]);
  });

  it('of a size that spoils a sum name none', () => {
    const sizes = [String(2 ** 53 - 1), String(2 ** 53), '9'.repeat(400)];
    expect(sizes.map(size => parseKey(`MD5E-s${size}--x`)?.bytes)).toEqual([2 ** 53 - 1, undefined, undefined]);
    expect(['-s1e9', '-s-1', '-s', '-z3', '-m1-s1'].map(fields => parseKey(`MD5E${fields}--x`))).toEqual(Array(5).fill(null));
  });

  it('lie where git-annex 10.20261026 puts them', () => {
    const directories = [MD5E, URL, EMPTY, WORM].map(key => `${mixedHashDirectory(key)} ${lowerHashDirectory(key)}`);
    expect(directories).toEqual(['M3/xW 83c/eb7', 'M4/xP a4e/6b5', 'pX/ZJ f87/4d5', 'J1/82 e12/da0']);
    expect(new ObjectStore('/a').places(URL)[0]).toBe(
      '/a/objects/M4/xP/URL--http&c%%example.com%a?b=c&ad&ce&sf/URL--http&c%%example.com%a?b=c&ad&ce&sf'
    );
  });

  it('come back from their file names', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('&', '%', ':', '/', 'a', 'c', 's', 'é') }),
        key => keyOfFileName(keyFileName(key)) === key && !keyFileName(key).includes('/')
      )
    );
  });
});

describe('pointers', () => {
  const pointer = (text: string): string | null => keyOfPointer(Buffer.from(text));

  it('name a key on their first line', () => {
    expect(pointer(`/annex/objects/${MD5E}\n`)).toBe(MD5E);
    expect(pointer(`/annex/objects/${MD5E}`)).toBe(MD5E);
    expect(pointer(`/annex/objects/${MD5E}\r\nmore`)).toBe(MD5E);
    expect(pointer('/annex/objects/URL--http&c%%example.com%a?b=c&ad&ce&sf\n')).toBe(URL);
  });

  it('are nothing else', () => {
    const others = [
      '',
      'text',
      '/annex/objects/',
      '/annex/objects/x\n',
      ` /annex/objects/${MD5E}`,
      '/annex/objects/a/MD5E-s1--x'
    ];
    expect(others.map(pointer)).toEqual(others.map(() => null));
    expect(pointer(`/annex/objects/${MD5E}\n${'x'.repeat(2000)}`)).toBeNull();
    fc.assert(fc.property(fc.uint8Array(), bytes => keyOfPointer(Buffer.from(bytes)) === null));
  });

  it('may hold any bytes in the name of the key', () => {
    const name = Buffer.concat([Buffer.from('/annex/objects/WORM-s1--'), Buffer.from([0xff, 0x0a])]);
    expect(keyOfPointer(name)).toBe(decodePath(Buffer.concat([Buffer.from('WORM-s1--'), Buffer.from([0xff])])));
  });
});

describe('links', () => {
  it('of locked files lead into annex/objects, in subdatasets too', () => {
    expect(keyOfLink(`.git/annex/objects/M3/xW/${MD5E}/${MD5E}`)).toBe(MD5E);
    expect(keyOfLink(`../../.git/annex/objects/83c/eb7/${MD5E}/${MD5E}`)).toBe(MD5E);
    expect(keyOfLink(`../.git/modules/sub/annex/objects/M3/xW/${MD5E}/${MD5E}`)).toBe(MD5E);
  });

  it('to elsewhere are no keys', () => {
    const others = [
      'README',
      '/etc/passwd',
      '.git/config',
      `annex/objects/M3/xW/${MD5E}/${MD5E}`,
      '.git/annex/objects/M3/xW/x/x'
    ];
    expect(others.map(keyOfLink)).toEqual(others.map(() => null));
  });

  it('that no file system can hold are none, and cost no time', () => {
    const began = Date.now();
    expect(keyOfLink('/.git/annex/objects/'.repeat(200_000))).toBeNull();
    expect(keyOfLink(`${'/.git/annex/objects'.repeat(200)}/x/y/x/${MD5E}/`)).toBeNull();
    expect(Date.now() - began).toBeLessThan(2_000);
  });

  it('and pointers of any bytes give a key or none', () => {
    const part = fc.constantFrom('.git/', 'annex/objects/', '/', 'M3/xW/', MD5E, 'URL--', '&c', '\n', '\r', '-s1', '\udcff');
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 9 }).map(parts => parts.join('')),
        text => {
          const found = [keyOfLink(text), keyOfPointer(encodePath(`/annex/objects/${text}`))];
          return found.every(key => key === null || parseKey(key) !== null);
        }
      )
    );
  });
});
