import { fail } from '../../../protocol/failure';
import { splitZero } from '../../git/split';
import { run } from '../../process/run';

/** One thing in an archive; what it is called is what whoever made the archive wrote. */
export interface IMember {
  readonly kind: 'file' | 'folder' | 'link' | 'hard-link' | 'locked' | 'other';
  /** Unpacked. */
  readonly bytes: number;
  readonly name: string;
  /** Where a link leads. */
  readonly target: string;
}

/** Members of an archive that are read; of more nobody could tell what happens to them. */
const MOST = 1_000_000;
/** No name is longer on Linux; the rest is what one member has beside it. */
const MOST_OUTPUT = 512 * 1024 * 1024;
const TOO_MANY = 3;

/**
 * Lists an archive by Python's own readers, which start no program and write nothing. Fields end with NUL; a name that holds one is no
 * name. A tar is read as a stream, since no member of it is needed twice.
 */
const LIST = `
import os, stat, sys, tarfile, zipfile
path, kind_of_archive, most = sys.argv[1], sys.argv[2], int(sys.argv[3])
count = 0
def tell(kind, size, name, target=''):
    global count
    count += 1
    if count > most:
        sys.exit(${TOO_MANY})
    if '\\0' in name + target:
        kind, name, target = 'other', name.replace('\\0', '?'), ''
    for field in (kind, str(size), name, target):
        sys.stdout.buffer.write(os.fsencode(field) + b'\\0')
if kind_of_archive == 'zip':
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            mode = info.external_attr >> 16
            if info.flag_bits & 1:
                tell('locked', info.file_size, info.filename)
            elif info.is_dir():
                tell('folder', 0, info.filename)
            elif stat.S_ISLNK(mode):
                target = archive.read(info) if info.file_size < 4096 else b'\\0'
                tell('link', 0, info.filename, os.fsdecode(target))
            elif stat.S_IFMT(mode) in (0, stat.S_IFREG):
                tell('file', info.file_size, info.filename)
            else:
                tell('other', 0, info.filename)
else:
    with tarfile.open(path, 'r|*') as archive:
        for info in archive:
            kind = ('folder' if info.isdir() else 'link' if info.issym() else 'hard-link' if info.islnk()
                    else 'file' if info.isreg() else 'other')
            tell(kind, info.size if kind == 'file' else 0, info.name, info.linkname)
            archive.members = []
`;

const KINDS: readonly string[] = ['file', 'folder', 'link', 'hard-link', 'locked', 'other'] satisfies IMember['kind'][];

/** Reads what {@link LIST} prints. */
export function parseMembers(output: Uint8Array): IMember[] {
  const fields = splitZero(output);
  const members: IMember[] = [];
  for (let at = 0; at + 3 < fields.length; at += 4) {
    const [kind = '', bytes = '', name = '', target = ''] = fields.slice(at, at + 4);
    members.push({ kind: KINDS.includes(kind) ? (kind as IMember['kind']) : 'other', bytes: Number(bytes), name, target });
  }
  return members;
}

export interface IListing {
  readonly env: Record<string, string>;
  /** The Python that has DataLad. */
  readonly python: string;
  readonly signal?: AbortSignal;
  /** Milliseconds; absent only for what a person can cancel. */
  readonly timeout?: number;
}

/** All that is in an archive, in its order. `zip` is said by its name, as it is to DataLad: some files can be read as both. */
export async function readMembers(
  { path, zip }: { path: string; zip: boolean },
  { python, ...options }: IListing
): Promise<IMember[]> {
  const args = ['-I', '-X', 'utf8', '-c', LIST, path, zip ? 'zip' : 'tar', String(MOST)];
  const { stdout, stderr, code } = await run(python, args, { ...options, cwd: '/', maxOutput: MOST_OUTPUT });
  if (code === TOO_MANY) {
    fail('unsafe-archive', `There are more than ${MOST.toLocaleString('en')} things in this archive.`, {
      hint: 'Unpack a part of it in a terminal.'
    });
  }
  if (code !== 0) {
    fail('bad-request', 'This archive cannot be read: it is damaged, or of a kind that is not known.', {
      hint: 'Look whether its content is what it should be: check the file.',
      detail: stderr.trim().split('\n').at(-1) ?? ''
    });
  }
  return parseMembers(stdout);
}
