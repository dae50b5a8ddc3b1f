import type { RuleAttribute, RuleLine, RuleSetting } from '../../../protocol/rules';
import { parseExpression } from '../../annex/largefiles/expression';
import { displayName } from '../../bytes';
import type { IRuleLine } from '../../git/attributes/ruleLines';

/** The families of hashes of git-annex, with or without the extension of the file, and those that name no content. */
const BACKEND =
  /^(?:(?:MD5|SHA1|SHA(?:224|256|384|512)|SHA3_(?:224|256|384|512)|SKEIN(?:256|512)|BLAKE2B(?:160|224|256|384|512)|BLAKE2BP512|BLAKE2S(?:160|224|256)|BLAKE2SP(?:224|256))E?|WORM|URL|VURL|X[A-Z0-9_]+)$/u;

/** A line for people, with what git-annex would stumble over. */
export function judgedLine({ line, kind, text, pattern, settings, others, problem }: IRuleLine): RuleLine {
  return {
    line,
    kind,
    text: displayName(text.replace(/\r$/u, '')),
    pattern: displayName(pattern),
    settings: settings.map(judgedSetting),
    others: others.map(displayName),
    ...(problem === undefined ? {} : { problem })
  };
}

function judgedSetting({ attribute, value }: { attribute: RuleAttribute; value: string }): RuleSetting {
  const common = { attribute, value: displayName(value) };
  if (value === 'unspecified' || value === '') {
    return common;
  }
  if (attribute === 'annex.largefiles') {
    const parsed = parseExpression(value);
    return 'bad' in parsed ? { ...common, problem: 'bad-word', word: displayName(parsed.bad) } : common;
  }
  if (attribute === 'annex.numcopies') {
    return /^\d+$/u.test(value) ? common : { ...common, problem: 'bad-number' };
  }
  return BACKEND.test(value) ? common : { ...common, problem: 'bad-backend' };
}
