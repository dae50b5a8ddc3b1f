import fc from 'fast-check';
import { anyPathBytes, orFailure, same } from '../../../../tests/support/properties';
import type { CommitId } from '../../../protocol/revision';
import { decodePath } from '../../bytes';
import { parseChangedEntries } from './changedEntries';
import { nextTips } from './frontier';
import { parseLog, parseNames } from './parseLog';
import { parseSubdatasetCommits } from './subdatasetCommits';

const id = fc.nat(15).map(digit => digit.toString(16).repeat(40) as CommitId);
/** Bytes but NUL; in a line no line breaks. */
const text = fc.array(anyPathBytes, { maxLength: 1 }).map(parts => Buffer.concat(parts));
const line = text.map(bytes => Buffer.from(bytes.filter(byte => byte !== 10)));
const zero = Buffer.from([0]);

const status = fc.oneof(
  fc.record({ letter: fc.constantFrom('A', 'M', 'T', 'D'), names: fc.tuple(anyPathBytes) }),
  fc.record({ letter: fc.constantFrom('R100', 'R051', 'C075'), names: fc.tuple(anyPathBytes, anyPathBytes) })
);

describe('any history', () => {
  it('is read as git printed it, whatever stands in it', () => {
    const commit = fc.record({
      id,
      parents: fc.array(id, { maxLength: 4 }),
      name: line,
      email: line,
      subject: line,
      body: text,
      status: fc.option(status)
    });
    fc.assert(
      fc.property(fc.array(commit, { maxLength: 2 }), fc.boolean(), (commits, cut) => {
        const fields = commits.flatMap(({ id: commitId, parents, name, email, subject, body, status: change }) => {
          const lines = [
            commitId,
            parents.join(' '),
            '1700000000',
            name,
            email,
            '-5',
            name,
            email,
            'HEAD -> refs/heads/main',
            subject,
            body
          ];
          const record = Buffer.concat(
            lines.flatMap((part, at) => [...(at > 0 ? [Buffer.from('\n')] : []), Buffer.from(part as string)])
          );
          return [record, ...(change === null ? [] : [Buffer.from(`\n${change.letter}`), ...change.names])];
        });
        const output = Buffer.concat(fields.flatMap(field => [field, zero]));
        const tail = cut ? Buffer.from('f'.repeat(13)) : Buffer.alloc(0);
        const found = parseLog(Buffer.concat([output, tail]), { partial: cut });
        same(
          found.map(({ id: commitId, parents, author, time, committed, names, file, message }) => ({
            commitId,
            parents,
            author,
            time,
            committed,
            names,
            file,
            message
          })),
          commits.map(made => ({
            commitId: made.id,
            parents: made.parents,
            author: { name: decodePath(made.name), email: decodePath(made.email) },
            time: 1_700_000_000_000,
            committed: -5_000,
            names: [{ kind: 'branch', name: 'main' }],
            file: made.status === null ? undefined : decodePath(made.status.names.at(-1) ?? zero),
            message: decodePath(made.body).replace(/\n$/u, '')
          }))
        );
      })
    );
  });

  it('that is no history is refused, never misread as something else than a failure', () => {
    const piece = fc.constantFrom(
      'a'.repeat(40),
      '\n',
      '\nM',
      '\nR100',
      ':100644 160000 ',
      ':100644 100644 ',
      'R100',
      ' M',
      '\0',
      'x',
      ' '
    );
    const anything = fc
      .array(fc.oneof(piece, fc.uint8Array({ maxLength: 5 })), { maxLength: 8 })
      .map(parts => Buffer.concat(parts.map(part => Buffer.from(part as string))));
    fc.assert(
      fc.property(anything, output => {
        orFailure(() => parseLog(output));
        orFailure(() => parseLog(output, { partial: true }));
        orFailure(() => parseChangedEntries(output));
        parseSubdatasetCommits(output);
        parseNames(output.toString('latin1'));
      })
    );
  });

  it('tells each change of a commit with its names', () => {
    const mode = fc.constantFrom('100644', '120000', '160000', '000000');
    fc.assert(
      fc.property(fc.array(fc.tuple(mode, mode, id, id, status), { maxLength: 2 }), changes => {
        const usable = changes.filter(([, , , , { letter }]) => !letter.startsWith('C'));
        const output = Buffer.concat(
          usable.flatMap(([before, after, old, now, { letter, names }]) => [
            Buffer.from(`:${before} ${after} ${old} ${now} ${letter}\0`),
            ...names.flatMap(name => [name, zero])
          ])
        );
        same(
          parseChangedEntries(output).map(({ path, oldPath, newMode }) => [newMode, path, oldPath]),
          usable.map(([, after, , , { letter, names }]) => [
            after,
            decodePath(names.at(-1) ?? zero),
            letter.startsWith('R') ? decodePath(names[0]) : undefined
          ])
        );
      })
    );
  });

  it('marks the commits that touch a subdataset, and no others', () => {
    const change = fc.record({ sub: fc.boolean(), name: anyPathBytes });
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.record({ id, changes: fc.array(change, { maxLength: 1 }) }), { selector: made => made.id }),
        commits => {
          const fields = commits.flatMap(made => [
            Buffer.from(made.id),
            ...made.changes.flatMap(({ sub, name }) => [
              Buffer.from(`:100644 ${sub ? '160000' : '100644'} ${'0'.repeat(40)} ${'1'.repeat(40)} M`),
              name
            ])
          ]);
          const output = Buffer.concat(fields.flatMap(field => [field, zero]));
          same(
            parseSubdatasetCommits(output),
            commits.filter(({ changes }) => changes.some(({ sub }) => sub)).map(made => made.id)
          );
        }
      )
    );
  });

  it('goes on below a page at every commit that the page leads to and does not hold', () => {
    const node = fc.record({ id, parents: fc.array(id, { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(id, { minLength: 1, maxLength: 3 }), fc.array(node, { maxLength: 8 }), (tips, page) => {
        const next = nextTips(tips, page);
        const shown = new Set(page.map(one => one.id));
        const open = new Set([...tips, ...page.flatMap(({ parents }) => parents)].filter(one => !shown.has(one)));
        same([...next].sort(), [...open].sort());
      })
    );
  });
});

test('names of commits, but none that git-annex keeps for itself', () => {
  const full =
    'HEAD -> refs/heads/main, tag: refs/tags/v1,2, tag: refs/tags/git-annex, refs/remotes/hub/a/b, refs/remotes/hub/git-annex, refs/remotes/hub/HEAD, ' +
    'refs/heads/git-annex, refs/heads/synced/main, refs/heads/adjusted/main(unlocked), refs/stash, refs/basis/x';
  expect(parseNames(full).map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'branch main',
    'tag v1,2',
    'tag git-annex',
    'remote hub/a/b'
  ]);
  expect(parseNames('')).toEqual([]);
  expect(parseNames('HEAD')).toEqual([]);
});
