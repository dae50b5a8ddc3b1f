import { HIDDEN } from '../../protocol/address';
import type { Redactor } from '../redact';

/** One section of what `datalad wtf` tells. */
export interface IWtfSection {
  readonly name: string;
  /** As DataLad writes it below the heading, without secrets. */
  readonly text: string;
}

/** Names whose values nobody should read, whatever they look like. `keyring` and the like name programs, not secrets. */
const SECRET_NAME = /token|secret|passw(?:or)?d|passphrase|api[-_]?key|access[-_]?key|private[-_]?key|_auth\b|cookie/iu;
/** Deeper than any report; what goes on for ever ends here. */
const DEEPEST = 20;

/** What `datalad wtf` knows, section by section in the order and notation of its report. */
export function sectionsOf(infos: Readonly<Record<string, unknown>>, redactor: Redactor): IWtfSection[] {
  return Object.keys(infos)
    .sort()
    .map(name => ({ name, text: redactor.text(unwind(hidden(name, infos[name]), '', 0)).trim() }));
}

function unwind(value: unknown, indent: string, depth: number): string {
  if (depth > DEEPEST) {
    return '…';
  }
  if (Array.isArray(value)) {
    return value.map(item => `\n${indent}- ${unwind(item, `${indent}  `, depth + 1)}`).join('');
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, item]) => `\n${indent}- ${name}: ${unwind(hidden(name, item), `${indent}  `, depth + 1)}`)
      .join('');
  }
  return asPython(value);
}

function hidden(name: string, value: unknown): unknown {
  return SECRET_NAME.test(name) && value !== null && typeof value !== 'object' ? HIDDEN : value;
}

/** As Python prints it. */
function asPython(value: unknown): string {
  return value === null || value === undefined ? 'None' : value === true ? 'True' : value === false ? 'False' : String(value);
}
