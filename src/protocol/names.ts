import { bytesOf, type ContentsPath } from './paths';

/** A byte that is no UTF-8, as it stands in a text: so Python hands it on, and Jupyter's contents API; see `server/bytes.ts`, too. */
const FOREIGN_BYTE = /[\udc80-\udcff]/u;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of a path, in which each byte that is no UTF-8 stands as one of U+DC80 to U+DCFF. */
export function textOfPath(path: ContentsPath | string): string {
  const encoded = bytesOf(path);
  if (encoded === undefined) {
    return path;
  }
  const binary = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'));
  return decode(Uint8Array.from(binary, char => char.charCodeAt(0)));
}

function decode(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const length = [1, 2, 3, 4].find(size => at + size <= bytes.length && isCharacter(bytes.subarray(at, at + size)));
    text += length === undefined ? String.fromCharCode(0xdc00 + (bytes[at] ?? 0)) : UTF8.decode(bytes.subarray(at, at + length));
    at += length ?? 1;
  }
  return text;
}

function isCharacter(bytes: Uint8Array): boolean {
  try {
    UTF8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The path whose text this is: it travels as bytes where it holds some that are no UTF-8, or would be taken for such. */
export function pathOfText(text: string): string {
  return text.startsWith('bytes:') || holdsForeignBytes(text) ? `bytes:${base64url(encode(text))}` : text;
}

function encode(text: string): number[] {
  const encoder = new TextEncoder();
  // By code points: the low half of a proper pair is not met alone.
  return Array.from(text).flatMap(char =>
    FOREIGN_BYTE.test(char) ? [char.charCodeAt(0) - 0xdc00] : Array.from(encoder.encode(char))
  );
}

function base64url(bytes: readonly number[]): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/** Whether no tool can be handed this text as an argument: it holds bytes that are no UTF-8. */
export function holdsForeignBytes(text: string): boolean {
  return FOREIGN_BYTE.test(text);
}

/**
 * Characters that cannot be seen, or that move others: controls, marks of direction, what has no width, separators of lines. The joiners
 * inside words and emoji are none of them.
 */
const UNSEEN =
  /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|\u034f|\u115f|\u1160|\u17b4|\u17b5|\u2800|\u3164|\uffa0|(?<![^\p{ASCII}])[\u200c\u200d]|[\u200c\u200d](?![^\p{ASCII}])/gu;
const OUTER_SPACE = /^ +| +$/g;

/** Each character that cannot be seen replaced; `foreign` are the bytes that are no UTF-8. */
export function replaceUnseen(
  text: string,
  replace: { unseen: (char: string) => string; foreign: (byte: number) => string }
): string {
  return text.replace(UNSEEN, replace.unseen).replace(/[\udc80-\udcff]/gu, char => replace.foreign(char.charCodeAt(0) - 0xdc00));
}

/** Letters that are written from right to left, and would take numbers and signs beside them along. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const [ISOLATE, END_ISOLATE] = ['\u2066', '\u2069'];

/**
 * A name or path for people, on one line and without anything hidden: `new␊line`, `\xff` for a byte that is no UTF-8, `\u202e` for a mark
 * of direction, `␣` for spaces at the ends. Hebrew or Arabic parts are kept apart from what stands around them. Not to be read back.
 */
export function shownName(path: ContentsPath | string): string {
  return isolated(plainName(path));
}

/** The same for where nothing stands beside it, such as the name of a control. */
export function plainName(path: ContentsPath | string): string {
  const shown = replaceUnseen(textOfPath(path), { unseen: picture, foreign: byte => `\\x${byte.toString(16)}` });
  return shown.replace(OUTER_SPACE, spaces => '␣'.repeat(spaces.length));
}

/** Each part of a path for itself, so that folders stand in their order, and from left to right, so that the extension stays at its end. */
function isolated(name: string): string {
  return RIGHT_TO_LEFT.test(name)
    ? name.replace(/[^/]+/gu, part => (RIGHT_TO_LEFT.test(part) ? `${ISOLATE}${part}${END_ISOLATE}` : part))
    : name;
}

/** Whether a shown name holds a part that is kept apart: it must not be cut inside one. */
export function isIsolated(shown: string): boolean {
  return shown.includes(ISOLATE);
}

/** How a character that cannot be seen is shown: `␊` and the like for control characters, `\u202e` for others. */
export function picture(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x20) {
    return String.fromCharCode(0x2400 + code);
  }
  const digits = code.toString(16).padStart(4, '0');
  return code === 0x7f ? '\u2421' : `\\u${digits.length > 4 ? `{${digits}}` : digits}`;
}
