import type { Row } from '../../../protocol/dataset';
import { holdsForeignBytes } from '../../../protocol/names';
import type { ContentsPath } from '../../../protocol/paths';
import { specificationOf } from '../../../protocol/runPattern';

export type FilesKind = 'inputs' | 'outputs';

/** `some`: something in the folder is ticked; `with`: it comes with a folder that is. */
export type TickState = 'yes' | 'no' | 'some' | 'with';

/** What stands behind the name of a folder that is meant with all in it. */
const WHOLE = ['', '/', '/*', '/**'];

/** Which files the lines of inputs or outputs name, one by one or with a folder around them; other patterns tick nothing. */
export class TickedFiles {
  private readonly lines: ReadonlySet<string>;

  /** `folder`: where the command runs, which lines are relative to. */
  constructor(
    lines: readonly string[],
    private readonly folder: ContentsPath
  ) {
    this.lines = new Set(lines.map(plain));
  }

  /** `around`: the folders that the row lies in, up to the dataset, which is none of them. */
  state(row: Row, around: readonly ContentsPath[]): TickState {
    const line = specificationOf(row.path, this.folder);
    if (names(row, line).some(name => this.lines.has(name))) {
      return 'yes';
    }
    if (around.some(folder => this.comesWith(specificationOf(folder, this.folder), line))) {
      return 'with';
    }
    return isFolder(row) && [...this.lines].some(other => isBelow(other, line)) ? 'some' : 'no';
  }

  private comesWith(folder: string, line: string): boolean {
    // Patterns meet no hidden names.
    const isHidden = folder === '.' ? line.startsWith('.') : line.startsWith(`${folder}/.`);
    return WHOLE.some(ending => this.lines.has(plain(folder + ending)) && !(isHidden && ending.includes('*')));
  }
}

/**
 * The lines once a row was ticked or unticked. Of a folder that is an output the files in it are named: DataLad would clear nothing of
 * a folder before the command.
 */
export function toggled(
  lines: readonly string[],
  row: Row,
  { kind, folder }: { kind: FilesKind; folder: ContentsPath }
): string[] {
  const line = specificationOf(row.path, folder);
  const left = lines.filter(other => plain(other) !== '' && !names(row, line).includes(plain(other)));
  const isOn = left.length < lines.filter(other => plain(other) !== '').length;
  return isOn ? left : [...left, lineFor(row, { kind, folder })];
}

/** The line for a file or folder. */
export function lineFor(
  { path, kind: of }: Pick<Row, 'path'> & { readonly kind: Row['kind'] | undefined },
  { kind, folder }: { kind: FilesKind; folder: ContentsPath }
): string {
  const line = specificationOf(path, folder);
  return kind === 'outputs' && (of === 'directory' || of === 'dataset') ? plain(`${line}/*`) : line;
}

/** Whether a record can name it: one line of text, without spaces at its ends. */
export function canBeNamed({ path }: Row, folder: ContentsPath): boolean {
  const line = specificationOf(path, folder);
  return !holdsForeignBytes(line) && !/[\r\n]/u.test(line) && line.trim() === line;
}

/** Whether there is something in it that can be listed. */
export function isFolder({ kind }: Row): boolean {
  return kind === 'directory' || kind === 'dataset';
}

function names(row: Row, line: string): string[] {
  return isFolder(row) ? WHOLE.map(ending => plain(line + ending)) : [line];
}

/** Whether a line lies in a folder, which may be where the command runs, or around that. */
function isBelow(other: string, folder: string): boolean {
  return folder === '.' ? other !== '.' && !/^(?:\/|\.\.(?:\/|$))/u.test(other) && other !== '' : other.startsWith(`${folder}/`);
}

function plain(line: string): string {
  return line.trim().replace(/^(?:\.\/)+(?=.)/u, '');
}
