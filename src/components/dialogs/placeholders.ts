import type { TranslationBundle } from '@jupyterlab/translation';
import { shownName } from '../../protocol/names';
import type { Substitution } from '../../protocol/runPlan';

/** A placeholder that can be typed, without its braces. */
export interface IPlaceholder {
  readonly name: string;
  /** What it stands for, in a few words. */
  readonly meaning: string;
}

/** A placeholder that is being typed. */
export interface ITyped {
  /** Where its name begins. */
  readonly start: number;
  readonly name: string;
}

/** The placeholder that is being typed at a place in a command; null where there is none. A doubled brace begins none. */
export function typedAt(command: string, caret: number): ITyped | null {
  const [, braces = '', name = ''] = /(\{+)([\w[\]]*)$/u.exec(command.slice(0, caret)) ?? [];
  return braces.length % 2 === 0 ? null : { start: caret - name.length, name };
}

/** A command with a placeholder filled up to its brace, and where to go on. */
export function completed(command: string, { start, name }: ITyped, placeholder: string): { command: string; caret: number } {
  const rest = command.slice(start + name.length);
  const before = `${command.slice(0, start)}${placeholder}}`;
  return { command: before + (rest.startsWith('}') ? rest.slice(1) : rest), caret: before.length };
}

/** All placeholders that begin with what is typed: DataLad's own, and those of the settings. */
export function placeholdersFor(
  typed: string,
  { substitutions, trans }: { substitutions: readonly Substitution[]; trans: TranslationBundle }
): IPlaceholder[] {
  const own: IPlaceholder[] = [
    { name: 'inputs', meaning: trans.__('all inputs') },
    { name: 'inputs[0]', meaning: trans.__('the first input') },
    { name: 'outputs', meaning: trans.__('all outputs') },
    { name: 'outputs[0]', meaning: trans.__('the first output') },
    { name: 'pwd', meaning: trans.__('the folder it runs in') },
    { name: 'dspath', meaning: trans.__('the folder of the dataset') },
    { name: 'tmpdir', meaning: trans.__('a folder for temporary files') }
  ];
  const names = new Set(own.map(({ name }) => name));
  const settings = substitutions
    .filter(({ name }) => !names.has(name))
    .map(({ name, value }) => ({ name, meaning: shownName(value.slice(0, 80)) }));
  return [...own, ...settings].filter(({ name }) => name.startsWith(typed));
}
