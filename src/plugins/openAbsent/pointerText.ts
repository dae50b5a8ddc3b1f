import type { Contents } from '@jupyterlab/services';

/** git-annex makes pointers no larger than this. */
const LARGEST_POINTER = 32 * 1024;

/**
 * Whether a file is the pointer of an unlocked annexed file without its content, as its text tells. For when the server cannot be
 * asked: the pointer must never be opened as if it were the file, since saving it would replace the file.
 */
export async function isPointer(contents: Contents.IManager, path: string): Promise<boolean> {
  try {
    const { type, size } = await contents.get(path, { content: false });
    if (type === 'directory' || (size ?? 0) > LARGEST_POINTER) {
      return false;
    }
    const { content } = await contents.get(path, { type: 'file', format: 'text', content: true });
    return typeof content === 'string' && content.startsWith('/annex/objects/');
  } catch {
    // What cannot be read as text is no pointer; whatever is wrong with it is told by the one who opens it.
    return false;
  }
}
