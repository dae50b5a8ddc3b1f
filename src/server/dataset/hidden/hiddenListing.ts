import { hereOf, type Figures } from '../figures/figures';
import type { IFound } from '../folderRows';
import type { Facts } from '../rowBuilder';

/** More names than anyone scrolls through. */
const MAX_NAMES = 10_000;

/** The hidden files directly in a folder, and the folders in it with hidden files below, by name. */
export function hiddenIn(figures: Figures, folder: string): IFound {
  const { files } = figures;
  const names = new Map<string, Facts>();
  const [start, end] = files.ranges.get(folder) ?? [0, 0];
  for (let at = start; at < end; at++) {
    if (files.hidden.has(at)) {
      const relative = (files.paths[at] ?? '').slice(folder === '' ? 0 : folder.length + 1);
      const slash = relative.indexOf('/');
      const name = slash < 0 ? relative : relative.slice(0, slash);
      names.set(name, slash < 0 ? fileFacts(figures, at) : withFile(names.get(name), figures, at));
    }
  }
  const rows = [...names].map(([name, facts]) => ({ name, facts }));
  return { rows: rows.slice(0, MAX_NAMES), truncated: rows.length > MAX_NAMES };
}

function fileFacts({ files, here }: Figures, at: number): Facts {
  const place = files.keyOf[at] ?? 0;
  const bytes = files.bytes[place] ?? -1;
  return {
    kind: 'annex',
    here: here[place] === 1 ? 'yes' : 'no',
    key: files.keys[place],
    ...(bytes < 0 ? {} : { bytes })
  };
}

/** A folder with one more hidden file below it. */
function withFile(folder: Facts | undefined, figures: Figures, at: number): Facts {
  const { bytes = 0, here } = fileFacts(figures, at);
  const below = folder?.below ?? { files: 0, filesHere: 0, bytesHere: 0 };
  const sum = {
    files: below.files + 1,
    filesHere: below.filesHere + (here === 'yes' ? 1 : 0),
    bytesHere: below.bytesHere + (here === 'yes' ? bytes : 0)
  };
  return { kind: 'directory', here: hereOf(sum), below: sum, bytes: (folder?.bytes ?? 0) + bytes };
}
