import fc from 'fast-check';
import { same } from '../../../../tests/support/properties';
import { parseHelp, plainText } from './helpText';

const ARGPARSE = `Usage: datalad lock [-h] [-m MESSAGE]
                    [--to-git] [PATH ...]

Lock what is open

Some more, with a list:
  --no-option of this list
   % datalad lock .

positional arguments:
  PATH                  path of what is locked. Constraints: value must be
                        a string
  INIT OPTIONS          options to pass

options:
  -h, --help, --help-np
                        show this help message
  -r, --recursive       if set, recurse
  --what {a|b}

                        not of an option any more
`;

test('reads what argparse prints', () => {
  const help = parseHelp('datalad unlock', ARGPARSE);
  expect(help.summary).toBe('Lock what is open');
  expect(help.synopsis).toBe('datalad lock [-h] [-m MESSAGE]\n             [--to-git] [PATH ...]');
  expect(help.options).toEqual([
    { name: 'PATH', text: 'path of what is locked. Constraints: value must be a string' },
    { name: 'INIT OPTIONS', text: 'options to pass' },
    { name: '-h, --help, --help-np', text: 'show this help message' },
    { name: '-r, --recursive', text: 'if set, recurse' },
    { name: '--what {a|b}', text: '' }
  ]);
  expect(help.text).toBe(ARGPARSE.trim());
});

test('reads what git-annex and git print', () => {
  const annex = parseHelp(
    'git annex fsck',
    'git-annex fsck - check for problems\n\nUsage: git-annex fsck [PATH ...]\n\nAvailable options:\n  -f,--from REMOTE         check remote\n  -(                       open group of\n                           options\n\nFor details, run: git-annex help fsck\n'
  );
  expect(annex).toMatchObject({ summary: 'check for problems', synopsis: 'git-annex fsck [PATH ...]' });
  expect(annex.options).toEqual([
    { name: '-f,--from REMOTE', text: 'check remote' },
    { name: '-(', text: 'open group of options' }
  ]);
  const git = parseHelp(
    'git merge',
    'usage: git merge [<options>]\n   or: git merge --abort\n\n    -n                    do not show a diffstat\n    --[no-]cleanup <mode>\n                          how to strip\n\nMore\n    -m <message>\n'
  );
  expect(git).toMatchObject({ synopsis: 'git merge [<options>]\ngit merge --abort' });
  expect(git.summary).toBeUndefined();
  expect(git.options).toEqual([
    { name: '-n', text: 'do not show a diffstat' },
    { name: '--[no-]cleanup <mode>', text: 'how to strip' },
    { name: '-m <message>', text: '' }
  ]);
});

test('nothing is hidden or coloured', () => {
  expect(plainText('\x1b[1mbold\x1b[0m N\bNA\bAME _\bu\r\n\ttab\ta\u202eb\x1b]8;;https://x\x07link\x07 \n')).toBe(
    'bold NAME u\n        tab     a\\u202eblink␇'
  );
});

const word = fc.stringMatching(/^[a-z.('<{|}>')]{1,12}$/u);
const words = fc.array(word, { minLength: 1, maxLength: 10 }).map(list => list.join(' '));
const name = fc
  .array(fc.stringMatching(/^(?:-[a-zA-Z]|--[a-z][a-z-]{0,20})(?: [A-Z]{1,9})?$/u), { minLength: 1, maxLength: 3 })
  .map(list => list.join(', '));

/** Words in lines of some width, set in as argparse does. */
function wrapped(text: string, width: number): string {
  const lines = [''];
  for (const part of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + part.length >= width) {
      lines.push(part);
    } else {
      lines[lines.length - 1] = last === '' ? part : `${last} ${part}`;
    }
  }
  return lines.map(line => ' '.repeat(24) + line).join('\n');
}

test('whatever is printed as argparse does is read back', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ name, text: words }, { noNullPrototype: true }), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 20, max: 90 }),
      (options, width) => {
        const printed = options.map(option => {
          const body = wrapped(option.text, width);
          return option.name.length > 20 ? `  ${option.name}\n${body}` : `  ${option.name}`.padEnd(24) + body.slice(24);
        });
        same(parseHelp('datalad get', `usage: datalad get [-h]\n\nGet it\n\noptions:\n${printed.join('\n')}\n`).options, options);
      }
    )
  );
});

test('takes whatever a program prints, and says no more than that', () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'usage: x',
      'options:',
      'positional arguments:',
      '  -x',
      '    --long  words',
      '          more',
      '',
      '   or: y'
    )
  );
  fc.assert(
    fc.property(fc.array(line), lines => {
      const help = parseHelp('datalad get', lines.join('\n'));
      const bare = (text: string): string => text.replace(/\s+/gu, '');
      const all = bare(help.text);
      for (const part of [help.summary ?? '', ...help.options.flatMap(option => [option.name, option.text])]) {
        same(all.includes(bare(part)), true);
      }
      // eslint-disable-next-line no-control-regex -- these must not be left
      same(/[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]/u.test(JSON.stringify(help.text.replaceAll('\n', ''))), false);
    })
  );
});
