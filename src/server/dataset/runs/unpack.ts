import { fail } from '../../../protocol/failure';
import { run } from '../../process/run';
import { MOST_RECORD } from './parseRecord';

/** How Python is started. */
export interface IPython {
  readonly python: string;
  readonly env: Record<string, string>;
}

const TIMEOUT = 30_000;
/** Bytes of a packed record. */
export const MOST_PACKED = 8 * 1024 * 1024;
/** A record may have characters of four bytes each. */
const MOST_BYTES = MOST_RECORD * 4;
/** In place of a length: it could not be unpacked. */
const DAMAGED = 0xffff_ffff;
const [LARGE, HEAD] = [0xffff_fffe, 4];

/** Node has no xz. Lengths stand before what is packed, and before what comes back. Neither memory nor output grow with what is claimed. */
const PROGRAM = `
import lzma, struct, sys
most = int(sys.argv[1])
read, write = sys.stdin.buffer.read, sys.stdout.buffer.write
while head := read(4):
    packed = read(struct.unpack('>I', head)[0])
    try:
        unpacked = lzma.LZMADecompressor(memlimit=1 << 27).decompress(packed, max_length=most + 1)
        large = len(unpacked) > most
        write(struct.pack('>I', ${LARGE} if large else len(unpacked)) + (b'' if large else unpacked))
    except lzma.LZMAError:
        write(struct.pack('>I', ${DAMAGED}))
`;

/** What records in files of their own hold, by one start of Python; null: damaged, `'too-large'`: more than is read. */
export async function unpackRecords(
  packed: readonly Buffer[],
  { python, env }: IPython,
  signal: AbortSignal
): Promise<(Buffer | 'too-large' | null)[]> {
  if (packed.length === 0) {
    return [];
  }
  const input = Buffer.concat(packed.flatMap(bytes => [lengthOf(bytes), bytes]));
  const options = { cwd: '/', env, timeout: TIMEOUT, signal, input };
  const { stdout, stderr, code } = await run(python, ['-I', '-c', PROGRAM, String(MOST_BYTES)], options);
  return code === 0 ? parseUnpacked(stdout) : fail('unknown', 'Run records could not be unpacked.', { detail: stderr });
}

function lengthOf(bytes: Buffer): Buffer {
  const head = Buffer.alloc(HEAD);
  head.writeUInt32BE(bytes.length);
  return head;
}

/** Reads what the program above printed. */
export function parseUnpacked(output: Buffer): (Buffer | 'too-large' | null)[] {
  const found: (Buffer | 'too-large' | null)[] = [];
  for (let at = 0; at + HEAD <= output.length;) {
    const length = output.readUInt32BE(at);
    at += HEAD;
    if (length === DAMAGED || length === LARGE) {
      found.push(length === LARGE ? 'too-large' : null);
    } else {
      found.push(output.subarray(at, at + length));
      at += length;
    }
  }
  return found;
}
