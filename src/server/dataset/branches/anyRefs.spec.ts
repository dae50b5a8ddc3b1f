import fc from 'fast-check';
import { anyPathBytes, orFailure, same } from '../../../../tests/support/properties';
import { parseConflicts } from './conflicts';
import { parseListedRefs } from './parseRefs';
import { brokenRefs } from './readBranches';

const id = fc.nat(15).map(digit => digit.toString(16).repeat(40));
/** No name of a ref holds a space, a control character or one of these. */
const name = fc.stringMatching(/^[a-z(é][a-z0-9()é-]{0,8}(?:\/[a-z][a-z0-9]{0,4})?$/u);
const subject = fc.string({ maxLength: 20 }).map(text => text.replace(/[\n\r\0]/gu, ' '));

describe('any list of branches', () => {
  it('is read as git printed it', () => {
    const ref = fc.record({ folder: fc.constantFrom('heads', 'tags', 'remotes/hub'), name, id, subject, time: fc.nat() });
    fc.assert(
      fc.property(fc.array(ref, { maxLength: 4 }), refs => {
        const lines = refs.map(
          each =>
            `refs/${each.folder}/${each.name}\0${each.id}\0\0\0${each.time}\0refs/remotes/hub/x\0ahead 2, behind 1\0${each.subject}\n`
        );
        const { branches, tags } = parseListedRefs(Buffer.from(lines.join('')), 'main');
        const of = (folder: string) => refs.filter(each => each.folder === folder);
        same(
          tags.map(tag => [tag.name, tag.object, tag.commit, tag.subject, tag.time]),
          of('tags').map(tag => [tag.name, tag.id, tag.id, tag.subject, tag.time * 1000])
        );
        same(
          branches.map(branch => [branch.ref, branch.subject, branch.upstream?.ahead, branch.upstream?.behind]),
          refs
            .filter(each => each.folder !== 'tags' && each.name !== 'git-annex' && !each.name.startsWith('synced/'))
            .filter(each => each.folder === 'heads' || !each.name.startsWith('adjusted/'))
            .map(each => [each.folder === 'heads' ? each.name : `hub/${each.name}`, each.subject, 2, 1])
        );
      })
    );
  });

  it('that is none is refused, never misread as something else than a failure', () => {
    const piece = fc.constantFrom('refs/heads/x', '\0', '\n', 'refs/tags/y', 'a'.repeat(40), 'ahead', ' ');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), parts => {
        orFailure(() => parseListedRefs(Buffer.from(parts.join('')), null));
        orFailure(() => parseConflicts(Buffer.from(parts.join(''))));
      })
    );
  });

  it('tells both sides of each conflict, whatever the file is called', () => {
    const conflict = fc.record({ path: anyPathBytes, mine: fc.boolean(), theirs: fc.boolean() });
    fc.assert(
      fc.property(fc.uniqueArray(conflict, { selector: each => each.path.toString('latin1'), maxLength: 1 }), conflicts => {
        const line = (stage: number, path: Buffer): Buffer =>
          Buffer.concat([Buffer.from(`100644 ${String(stage).repeat(40)} ${stage}\t`), path, Buffer.from([0])]);
        const output = Buffer.concat(
          conflicts.flatMap(({ path, mine, theirs }) => [
            line(1, path),
            ...(mine ? [line(2, path)] : []),
            ...(theirs ? [line(3, path)] : [])
          ])
        );
        same(
          parseConflicts(output).map(({ mine, theirs }) => [mine !== null, theirs !== null]),
          conflicts.map(({ mine, theirs }) => [mine, theirs])
        );
      })
    );
  });
});

test('adjusted branches are called by those they were made of, and show their commits', () => {
  const line = (ref: string, digit: string): string => `refs/heads/${ref}\0${digit.repeat(40)}\0\0\0${digit}\0\0\0Of ${digit}\n`;
  const { branches } = parseListedRefs(
    Buffer.from(line('adjusted/main(unlocked)', '1') + line('main', '2')),
    'adjusted/main(unlocked)'
  );
  expect(branches[0]).toMatchObject({
    ref: 'adjusted/main(unlocked)',
    name: 'main',
    adjustment: 'unlocked',
    current: true,
    subject: 'Of 2',
    commit: '2'.repeat(40)
  });
});

test('names that git leaves out are told', () => {
  expect(
    brokenRefs('warning: ignoring broken ref refs/heads/a\nhint: x\nwarning: ignoring dangling symref refs/heads/b\n')
  ).toEqual(['refs/heads/a', 'refs/heads/b']);
});
