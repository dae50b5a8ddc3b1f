import { shownName, textOfPath } from '../protocol/names';

/** A path for people, as it is called inside a dataset; paths outside of it, and the dataset itself, keep their own. */
export function relativeName(path: string, dataset: string | null): string {
  return shownName(relativeText(path, dataset));
}

/** The same as it is, not for people yet. */
export function relativeText(path: string, dataset: string | null): string {
  const [text, root] = [textOfPath(path), textOfPath(dataset ?? '')];
  return root !== '' && text.startsWith(`${root}/`) ? text.slice(root.length + 1) : text;
}

/** The last name of a path for people; empty for the root. */
export function lastName(path: string): string {
  const text = textOfPath(path);
  return shownName(text.slice(text.lastIndexOf('/') + 1));
}
