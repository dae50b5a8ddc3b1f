import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** No tool has a command for discards and reports, and what overrides a refusal is no line to copy. */
const WITHOUT: readonly string[] = ['RemoveDiscardForm', 'VerificationForm', 'RefusedRemovalForm'];

/** Every form that is exported here, with its source. */
const forms = readdirSync(__dirname)
  .filter(name => /[fF]orms?\.tsx$/u.test(name))
  .flatMap(name => {
    const parts = readFileSync(join(__dirname, name), 'utf8').split(/^(?=export (?:async )?function )/mu);
    return parts.flatMap(source => {
      const [, form] = /^export function (\w+Form)\b/u.exec(source) ?? [];
      return form === undefined ? [] : [[form, source] as const];
    });
  });

it('there are forms', () => {
  expect(forms.length).toBeGreaterThan(20);
});

it.each(forms.filter(([form]) => !WITHOUT.includes(form)))(
  '%s shows its line, which has the help on its command',
  (_, source) => {
    expect(source).toMatch(/<(?:Command)?Preview\b/u);
  }
);
