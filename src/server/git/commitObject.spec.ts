import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseCommit } from './commitObject';

const commit = (text: string | Buffer) => ({ type: 'commit', content: Buffer.from(text) });
const OID = 'a'.repeat(40);

describe('parseCommit', () => {
  it('reads what git wrote', () => {
    const folder = mkdtempSync(join(tmpdir(), 'commit-object-'));
    const git = (...args: string[]): Buffer =>
      execFileSync('git', ['-C', folder, '-c', 'user.name=A', '-c', 'user.email=a@b', ...args]);
    try {
      git('init', '-q');
      git('commit', '-q', '--allow-empty', '-m', 'One');
      git('commit', '-q', '--allow-empty', '-m', 'Zwölf\n\nparent abc');
      const [head, parent] = git('rev-parse', 'HEAD', 'HEAD~').toString().trim().split('\n');
      expect(parseCommit({ type: 'commit', content: git('cat-file', 'commit', head ?? '') })).toEqual({
        parents: [parent],
        message: 'Zwölf\n\nparent abc\n'
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('leaves to git what is no commit, or in another encoding', () => {
    expect(parseCommit(null)).toBeNull();
    expect(parseCommit({ type: 'tree', content: Buffer.from(`tree ${OID}\n\nx`) })).toBeNull();
    expect(parseCommit(commit(`tree ${OID}\nencoding ISO-8859-1\n\nx`))).toBeNull();
    expect(parseCommit(commit(Buffer.concat([Buffer.from(`tree ${OID}\n\n`), Buffer.from([0xe9])])))).toBeNull();
  });

  it('keeps any message and any number of parents', () => {
    const hex = fc.stringMatching(/^[0-9a-f]{40}$/);
    fc.assert(
      fc.property(fc.array(hex, { maxLength: 9 }), fc.string({ unit: 'binary' }), (parents, message) => {
        fc.pre(message.isWellFormed());
        const headers = [`tree ${OID}`, ...parents.map(parent => `parent ${parent}`), 'author A <a@b> 1 +0000', 'gpgsig x', ' y'];
        expect(parseCommit(commit(`${headers.join('\n')}\n\n${message}`))).toEqual({ parents, message });
      })
    );
  });
});
