import { fail } from '../../../protocol/failure';
import type { RuleEdit, WantedRule } from '../../../protocol/rules';
import { withoutSpaces } from '../../annex/largefiles/withoutSpaces';
import { edited } from '../../git/attributes/ruleLines';

/** The text of a file of rules after an edit; the expressions of the edit may have spaces. */
export function afterEdit(text: string, edit: RuleEdit): string {
  if (edit.do === 'add' && edit.rule.pattern === undefined) {
    fail('bad-request', 'The rule names no files yet.');
  }
  return edited(text, 'rule' in edit ? { ...edit, rule: writable(edit.rule) } : edit);
}

/** Fails where git would split a value, or take the pattern for something else. */
function writable({ pattern, settings }: WantedRule): WantedRule {
  if (pattern !== undefined && (/^(?:\[attr\]|!)/u.test(pattern) || pattern.trim() === '')) {
    fail('bad-request', 'A rule cannot begin like this: git takes it for something else.', {
      hint: 'Write the names of files that the rule is for, such as *.csv.'
    });
  }
  if (settings.length === 0) {
    fail('bad-request', 'The rule says nothing yet.', { hint: 'Choose where the files are kept, or how many copies.' });
  }
  const values = settings.map(({ attribute, value }) => ({
    attribute,
    value: attribute === 'annex.largefiles' ? withoutSpaces(value) : value.trim()
  }));
  if (values.some(({ value }) => value === '' || /\s/u.test(value))) {
    fail('bad-request', 'A value of a rule cannot have a space.');
  }
  return { ...(pattern === undefined ? {} : { pattern }), settings: values };
}
