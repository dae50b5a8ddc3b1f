import { isTag } from './selection';

describe('a name for a tag', () => {
  // Each as `git check-ref-format refs/tags/<name>` says, and none that a tool would take for an option.
  it.each(['v1.0', '2026-11-28', 'a/b', 'größe', 'v1@2', '1'])('may be %s', name => expect(isTag(name)).toBe(true));
  it.each([
    '',
    '-v',
    '.v',
    'v.',
    'v..1',
    'a b',
    'a~1',
    'a^',
    'a:b',
    'a?',
    'a*',
    'a[',
    'a\\b',
    'a@{b',
    '/a',
    'a/',
    'a//b',
    'a/.b',
    'a.lock',
    'a.lock/b',
    '@'
  ])('may not be “%s”', name => expect(name !== '' && isTag(name)).toBe(false));
});
