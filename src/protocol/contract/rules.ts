import * as v from 'valibot';
import { NewRule } from '../attributeRule';
import { call, job } from '../operation';
import { ContentsPath } from '../paths';
import { RuleEdit, RulePreview, Rules } from '../rules';
import { inDataset, Word } from './inputs';

/** Rules in `.gitattributes` on what goes into Git or the annex. */
export const rulesCalls = {
  /** What a `.gitattributes` of a dataset says; by default its own. */
  rules: call({ input: v.object({ ...inDataset, file: v.optional(ContentsPath) }), output: Rules }),
  /** Which files the rules of one file are for, as they are, or as they would be after an edit; `show`: list those of one line. */
  rulePreview: call({
    input: v.object({
      ...inDataset,
      file: v.optional(ContentsPath),
      edit: v.optional(RuleEdit),
      show: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)))
    }),
    output: RulePreview
  })
};

export const rulesJobs = {
  /** Writes rules on what goes into Git or the annex into `.gitattributes`, without saving them. */
  addRules: job({
    input: v.object({ ...inDataset, rules: v.pipe(v.array(NewRule), v.minLength(1), v.maxLength(100)) }),
    lane: 'commit',
    siblings: false,
    commits: false
  }),
  /** Changes one line of a `.gitattributes`, without saving it; fails where the file is not the one that was shown. */
  editRules: job({
    input: v.object({ ...inDataset, file: ContentsPath, fingerprint: Word, edit: RuleEdit }),
    lane: 'commit',
    siblings: false,
    commits: false
  })
};
