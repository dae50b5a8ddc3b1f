import { join } from 'node:path';
import { execa } from 'execa';
import fc from 'fast-check';
import { keyFileName, lowerHashDirectory, mixedHashDirectory } from '../../src/server/annex/hashDirectory';
import { keyBytes, parseKey } from '../../src/server/annex/key';
import { keyOfLink, keyOfPointer } from '../../src/server/annex/pointer';
import { decodePath, encodePath } from '../../src/server/bytes';
import { inBatches } from '../support/inBatches';
import { anyPathBytes, same } from '../support/properties';
import { makeWorkspace, type Workspace } from '../support/workspace';

/** Keys of all backends: hashes with extensions, URLs, names of files, chunks, encrypted ones, and those of external backends. */
const BACKENDS = ['MD5E', 'SHA256E', 'SHA512', 'BLAKE2B256E', 'WORM', 'URL', 'VURL', 'GITMANIFEST', 'XOWN', 'GPGHMACSHA1'];
const URLS = ['http://e.com/a?b=c&d:e%f', 'yt:https://v.org/x#t', 'd41d8cd98f00b204e9800998ecf8427e.tar.gz', '&a&s&c%', '-s7--x'];
const optional = (letter: string): fc.Arbitrary<string> =>
  fc.option(fc.integer({ min: 0, max: 2 ** 31 - 1 })).map(number => (number === null ? '' : `-${letter}${number}`));
const chunk = fc.constantFrom('', '', '-S50-C2');
// Behind a space examinekey reads the name of a file.
const name = fc.oneof(
  anyPathBytes.filter(bytes => !bytes.includes(' ')),
  fc.constantFrom(...URLS).map(url => Buffer.from(url))
);
const anyKey = fc
  .tuple(fc.constantFrom(...BACKENDS), optional('s'), optional('m'), chunk, name)
  .map(([backend, size, time, piece, rest]) => Buffer.concat([Buffer.from(`${backend}${size}${time}${piece}--`), rest]));

const FIELDS = ['hashdirmixed', 'hashdirlower', 'backend', 'bytesize', 'objectpath', 'objectpointer'];
const FORMAT = FIELDS.map(field => `\${${field}}\\000`).join('');

describe('annex keys', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await makeWorkspace();
    await workspace.git(['init', '-q'], workspace.base);
  });

  afterAll(() => workspace.dispose());

  it('say and lie as git-annex has it, whatever they hold', async () => {
    const batch = 10_000;
    await fc.assert(
      fc.asyncProperty(fc.array(anyKey, { minLength: batch, maxLength: batch }), async keys => {
        const { stdout } = await execa('git-annex', ['examinekey', '--batch', '-z', `--format=${FORMAT}`], {
          cwd: workspace.base,
          env: workspace.env,
          extendEnv: false,
          input: Buffer.concat(keys.flatMap(key => [key, Buffer.from([0])])),
          encoding: 'buffer'
        });
        const answers = Buffer.from(stdout).toString('latin1').split('\0').slice(0, -1);
        same(answers.length, keys.length * FIELDS.length);
        keys.forEach((bytes, at) => compare(decodePath(bytes), answers.slice(at * FIELDS.length, (at + 1) * FIELDS.length)));
      }),
      { ...inBatches(batch), endOnFailure: true }
    );
  });
});

/** Ours against what git-annex prints: bytes as latin1. */
function compare(key: string, [mixed, lower, backend, size, path, pointer]: string[]): void {
  const file = encodePath(keyFileName(key)).toString('latin1');
  same([key, `${mixedHashDirectory(key)}/`, `${lowerHashDirectory(key)}/`], [key, mixed, lower]);
  same([key, parseKey(key)?.backend, String(keyBytes(key) ?? 'unknown')], [key, backend, size]);
  same(join('.git/annex/objects', mixedHashDirectory(key), file, file), path);
  same(keyOfLink(decodePath(Buffer.from(path ?? '', 'latin1'))), key);
  // A pointer is one line; a carriage return at its end is left to editors, as git-annex does.
  same(/[\n\r](?!$)|\r\n$/.test(pointer ?? '') ? key : keyOfPointer(Buffer.from(pointer ?? '', 'latin1')), key);
}
