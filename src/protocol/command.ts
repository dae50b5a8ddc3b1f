import type { JobName, ParsedJobInput } from './contract';
import { apiCalls } from './command/api';
import { annexLines, lines } from './command/lines';
import { type ISyntax, PYTHON, R } from './command/syntax';
import { holdsForeignBytes, textOfPath } from './names';
import type { ContentsPath } from './paths';

export { asShell } from './command/shell';

/**
 * The command a job stands for, as an argument list to be typed in the dataset's folder (clone and create: in the folder of the
 * dataset around, else in the contents root; run: in the folder it works in); empty where no single command does it. DataLad loses names with line breaks, which
 * git-annex takes; both work on the wrong file when a name is no UTF-8.
 */
export function commandOf<N extends JobName>(name: N, input: ParsedJobInput<N>): string[] {
  const argv = lines[name](input);
  if (argv.some(holdsForeignBytes)) {
    return [];
  }
  return namesLineBreak(input) ? (annexLines[name]?.(input) ?? []) : argv;
}

/** Whether a path that a job names has a line break. */
function namesLineBreak(input: object): boolean {
  const { path, file, paths = [] }: { path?: ContentsPath; file?: ContentsPath; paths?: readonly ContentsPath[] } = input;
  return [...paths, path, file].filter(name => name !== undefined).some(name => textOfPath(name).includes('\n'));
}

function write<N extends JobName>(name: N, input: ParsedJobInput<N>, { open, literal }: ISyntax): string {
  const call = apiCalls[name]?.(input);
  // DataLad loses names with line breaks and names that are no UTF-8.
  if (call == null || namesLineBreak(input) || lines[name](input).some(holdsForeignBytes)) {
    return '';
  }
  const options = Object.entries(call.options).flatMap(([option, value]) =>
    value === undefined || value === false ? [] : [`${option}=${literal(value)}`]
  );
  return `${open(call.function)}(${[...call.positional.map(literal), ...options].join(', ')})`;
}

/** A job as a call of DataLad's Python API, to be run in the folder {@link commandOf} names; empty where no single call does it. */
export function asPython<N extends JobName>(name: N, input: ParsedJobInput<N>): string {
  return write(name, input, PYTHON);
}

/** A job as a call from R through reticulate, to be run in the folder {@link commandOf} names; empty where no single call does it. */
export function asR<N extends JobName>(name: N, input: ParsedJobInput<N>): string {
  return write(name, input, R);
}
