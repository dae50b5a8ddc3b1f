import type { Body } from '../../../protocol/compare';

/** Bytes from the start of a file that tell what it is, as many as git looks at. */
export const HEAD_BYTES = 8_000;

const MAGIC: readonly { mime: string; at: number; bytes: string }[] = [
  { mime: 'image/png', at: 0, bytes: '\x89PNG\r\n\x1a\n' },
  { mime: 'image/jpeg', at: 0, bytes: '\xff\xd8\xff' },
  { mime: 'image/gif', at: 0, bytes: 'GIF8' },
  { mime: 'image/bmp', at: 0, bytes: 'BM' },
  { mime: 'image/webp', at: 8, bytes: 'WEBP' },
  { mime: 'image/avif', at: 4, bytes: 'ftypavif' }
];

/** What a file is by its first bytes and its name: the MIME type of an image that browsers show, `text` or `binary`. */
export function sniff(name: string, head: Uint8Array): string {
  const start = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, HEAD_BYTES));
  const image = MAGIC.find(({ at, bytes }) => start.toString('latin1', at, at + bytes.length) === bytes);
  if (image !== undefined && start.includes(0)) {
    return image.mime;
  }
  if (start.includes(0)) {
    return 'binary';
  }
  return /\.svg$/iu.test(name) && start.includes('<svg') ? 'image/svg+xml' : 'text';
}

const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const LENIENT = new TextDecoder('utf-8', { ignoreBOM: true });

/** Text as it can be shown; whether it is none in UTF-8 is said. */
export function textBody(content: Uint8Array): Extract<Body, { type: 'text' }> {
  try {
    return { type: 'text', text: STRICT.decode(content) };
  } catch {
    return { type: 'text', text: LENIENT.decode(content), damaged: true };
  }
}
