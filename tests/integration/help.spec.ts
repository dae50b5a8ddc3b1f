import { HELP_SUBJECTS, type HelpSubject } from '../../src/protocol/help';
import { HelpKeeper } from '../../src/server/operations/calls/help';
import { FailureError } from '../../src/protocol/failure';
import { useJobs } from '../support/place';

jest.setTimeout(120_000);

/** Without the line breaks of a width. */
const onOneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim();
/** `-r`, `--recursive` and the like. */
const flagsIn = (text: string): string[] => text.match(/(?<![\w-])--?[A-Za-z][\w-]*/gu) ?? [];

describe('help on commands', () => {
  const place = useJobs();
  const keeper = (env: Record<string, string> = place.workspace.env): HelpKeeper => new HelpKeeper({ env, python: 'python' });

  it('is there on each that our lines name, with the options it can be called with', async () => {
    const help = keeper();
    const counts = new Map<HelpSubject, number>();
    for (const subject of HELP_SUBJECTS) {
      const { synopsis, summary, options, text } = await help.read(subject);
      expect(synopsis.replace('git-annex', 'git annex')).toMatch(new RegExp(`^${subject}\\b`, 'u'));
      expect(text).toContain(synopsis.split('\n')[0]);
      counts.set(subject, options.length);
      if (subject.startsWith('datalad ')) {
        expect(summary).toMatch(/^[A-Z][a-z-]+ .*\w/u);
        const named = new Set(options.flatMap(({ name }) => flagsIn(name)));
        expect(flagsIn(synopsis).filter(flag => !named.has(flag))).toEqual([]);
        // Each is listed once, and nothing else is taken for one.
        expect(options.filter(({ name }) => name.startsWith('-'))).toHaveLength(
          [...synopsis.matchAll(/\[--?/gu)].length + [...synopsis.matchAll(/ \| --?/gu)].length
        );
        expect(options.filter(({ text: words }) => words === '')).toEqual([]);
      }
    }
    // It has words for its own commands in place of options.
    expect([...counts].filter(([, count]) => count === 0)).toEqual([['git bisect', 0]]);
  });

  it.each(['save', 'copy-file'])('says of %s what DataLad says to “-h”', async command => {
    const printed = await place.workspace.datalad([command, '-h']);
    const [usage = ''] = printed.split('\n\n');
    const { synopsis } = await keeper().read(`datalad ${command}` as HelpSubject);
    expect(onOneLine(`Usage: ${synopsis}`)).toBe(onOneLine(usage));
  });

  it('is asked for once, again after a failure, and again when extensions may have changed', async () => {
    const help = keeper();
    const known = await help.read('git switch');
    expect(await help.read('git switch')).toBe(known);
    help.forget();
    expect(await help.read('git switch')).not.toBe(known);
    const env = { ...place.workspace.env, PATH: '/nowhere' };
    const lost = keeper(env);
    await expect(lost.read('git annex lock')).rejects.toBeInstanceOf(FailureError);
    env.PATH = place.workspace.env['PATH'] ?? '';
    expect((await lost.read('git annex lock')).summary).toContain('lock');
  });
});
