import { FailureError } from '../../protocol/failure';
import { encodePath } from '../bytes';
import { GitConfig, parseEntries } from './config';
import { parseTree } from './entry';
import { explainGit } from './gitFailure';
import { browseCommand } from './profile';
import { parseRawDiff } from './rawDiff';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const NONE = '0'.repeat(40);

const zeroEnded = (...fields: string[]): Buffer => Buffer.concat(fields.flatMap(field => [encodePath(field), Buffer.from([0])]));

describe('output of git', () => {
  it('of raw differences tells all kinds', () => {
    const output = zeroEnded(
      `:000000 100644 ${NONE} ${A} A`,
      'added',
      `:100644 000000 ${A} ${NONE} D`,
      ':100644 weird\tname',
      `:120000 100644 ${A} ${B} T`,
      'unlocked',
      `:100644 000000 ${A} ${NONE} U`,
      'conflict',
      `:160000 160000 ${A} ${B} M`,
      'sub'
    );
    expect(parseRawDiff(output).map(({ status, path }) => `${status} ${path}`)).toEqual([
      'A added',
      'D :100644 weird\tname',
      'T unlocked',
      'U conflict',
      'M sub'
    ]);
    expect(() => parseRawDiff(zeroEnded('warning: something', 'else'))).toThrow(FailureError);
    expect(() => parseTree(zeroEnded('no tab here'))).toThrow(FailureError);
  });

  it('of configuration keeps names with dots and values with line breaks', () => {
    const config = new GitConfig(
      parseEntries(
        zeroEnded(
          'core.bare\nfalse',
          'remote.my.server.url\na\nb',
          'remote.other.annex-ignore',
          'filter.x.clean\nevil',
          'a.b\n1',
          'a.b\n2'
        )
      )
    );
    expect(config.get('remote.my.server.url')).toBe('a\nb');
    expect(config.get('a.b')).toBe('2');
    expect(config.subsections('remote')).toEqual(['my.server', 'other']);
    expect(config.subsections('core')).toEqual([]);
    expect([config.flag('remote.other.annex-ignore'), config.flag('core.bare'), config.flag('no.such')]).toEqual([
      true,
      false,
      false
    ]);
  });
});

describe('the browse profile', () => {
  it('outdoes what a repository configures, each filter by its name', () => {
    const { args, env } = browseCommand(['diff-files', '--', 'x'], {
      root: '/a/b',
      env: { HOME: '/h' },
      filters: ['annex', 'e.v=il']
    });
    expect(args).toEqual(['--no-optional-locks', '--literal-pathspecs', '--no-pager', 'diff-files', '--', 'x']);
    const count = Number(env['GIT_CONFIG_COUNT']);
    const settings = Object.fromEntries(
      Array.from({ length: count }, (_, at) => [env[`GIT_CONFIG_KEY_${at}`], env[`GIT_CONFIG_VALUE_${at}`]])
    );
    expect(settings).toMatchObject({
      'core.fsmonitor': 'false',
      'core.hooksPath': '/dev/null',
      'protocol.allow': 'never',
      'filter.annex.clean': '',
      'filter.annex.process': '',
      'filter.e.v=il.clean': '',
      'filter.e.v=il.required': 'false'
    });
    expect(env).toMatchObject({ HOME: '/h', GIT_OPTIONAL_LOCKS: '0', GIT_CEILING_DIRECTORIES: '/a' });
  });
});

describe('failures of git', () => {
  it.each([
    ["fatal: detected dubious ownership in repository at '/x'", 'other-owner'],
    ['fatal: not a git repository (or any of the parent directories): .git', 'not-a-dataset'],
    ['error: bad signature 0x00000000\nfatal: index file corrupt', 'damaged-repository'],
    ['fatal: .git/index: index file open failed: Permission denied', 'permission-denied'],
    ['fatal: something new', 'unknown']
  ])('%s', (stderr, kind) => {
    expect(explainGit(stderr)).toMatchObject({ kind, detail: stderr });
  });
});
