import { extensionOf, type NewRule } from '../../protocol/attributeRule';
import type { ChangedFile } from '../../protocol/dataset';
import type { Destination } from '../../protocol/destination';
import { shownName } from '../../protocol/names';
import type { ContentsPath } from '../../protocol/paths';

/** A rule with what it is for, as it stands on a button: `*.mp4`, or a name. */
export interface ILabelledRule {
  readonly rule: NewRule;
  readonly label: string;
}

/** More are not offered at once. */
const MOST = 3;

/** One rule for each sort of file: by its extension, or for a file without one by its name. */
export function rulesBySort(files: readonly { path: ContentsPath; name: string }[], to: NewRule['to']): ILabelledRule[] {
  const rules = new Map<string, NewRule>();
  for (const { path, name } of files) {
    const extension = extensionOf(name);
    const [label, scope] =
      extension === '' ? [shownName(name), 'file' as const] : [`*${shownName(extension)}`, 'extension' as const];
    rules.set(label, rules.get(label) ?? { path, scope, to });
  }
  return [...rules].slice(0, MOST).map(([label, rule]) => ({ label, rule }));
}

/** The rules that would make last what a save “to Git” does once; none for files that would go there anyway, or that no rule reaches. */
export function rulesToGit(ticked: readonly ChangedFile[], known: ReadonlyMap<ContentsPath, Destination>): ILabelledRule[] {
  const reached = ticked.filter(({ path }) => {
    const found = known.get(path);
    // Settings of git come before any rule.
    return (
      found?.to === 'annex' && (found.because === 'rule' || found.because === 'no-rule') && found.rule?.from !== 'git-config'
    );
  });
  return rulesBySort(reached, 'git');
}
