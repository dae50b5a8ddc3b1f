import { relative } from 'node:path';
import { fill, type Trouble, type Value } from './placeholders';
import type { ISubstitution } from './substitutions';

/** Inputs or outputs after their own placeholders were filled in. */
export interface ISpecifications {
  /** Relative to the folder that the command runs in. */
  readonly patterns: readonly string[];
  /** That folder itself stands among them, as a single dot: it is no part of the command. */
  readonly whole: boolean;
  /** One for each line that could not be filled in; there is no pattern for it. */
  readonly troubles: readonly Trouble[];
}

interface IGiven {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly substitutions: ReadonlyMap<string, ISubstitution>;
  /** Absolute: where the command runs. */
  readonly folder: string;
}

/** Fills in the placeholders of inputs and outputs as DataLad does: they know the settings' own ones, and each other as they were written. */
export function specificationsOf({
  inputs,
  outputs,
  substitutions,
  folder
}: IGiven): Record<'inputs' | 'outputs', ISpecifications> {
  const lists = new Map(Object.entries({ inputs, outputs }).filter(([, lines]) => lines.length > 0));
  const values = new Map([...valuesOf(substitutions), ...lists]);
  const of = (lines: readonly string[]): ISpecifications => {
    // A placeholder that stands alone is the whole list, as it was written.
    const same = lines.length === 1 ? lists.get(/^\{(.*)\}$/su.exec(lines[0] ?? '')?.[1] ?? '') : undefined;
    const results = same?.map(text => ({ text })) ?? lines.map(line => fill(line, values, { lists: false }));
    const texts = results.flatMap(result => ('text' in result ? [result.text] : []));
    return {
      patterns: texts.filter(text => !isWhole(text)).map(text => (text.startsWith('/') ? relative(folder, text) || '.' : text)),
      whole: texts.some(isWhole),
      troubles: results.flatMap(result => ('trouble' in result ? [result.trouble] : []))
    };
  };
  return { inputs: of(inputs), outputs: of(outputs) };
}

/** Placeholders that settings define; several values of one count as a list. */
export function valuesOf(substitutions: ReadonlyMap<string, ISubstitution>): Map<string, Value> {
  return new Map([...substitutions].map(([name, { values }]) => [name, values.length === 1 ? (values[0] ?? '') : values]));
}

function isWhole(text: string): boolean {
  return text.trim() === '.';
}
