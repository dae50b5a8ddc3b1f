/**
 * Names that DataLad and git-annex lose. DataLad splits what git lists at line breaks; git-annex leaves bytes that are no UTF-8 out of
 * its arguments, and then works on the file whose name remains: `caf\xe9` is taken for `caf`, a name without any valid byte for the
 * whole folder. So neither may be handed such a name; what can be done, is done by annex key.
 */
const LOST = /[\n\udc80-\udcff]/u;

/** Whether a path holds a name that DataLad loses. */
export function isLost(path: string): boolean {
  return LOST.test(path);
}
