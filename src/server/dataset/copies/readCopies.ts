import type { Copies } from '../../../protocol/inspect';
import { Turns } from '../../turns';
import type { ISelection } from '../plans/selection';
import { CopyCount } from './copyCount';
import { readKeyCopies } from './keyCopies';

/** Where the content of selected files is; `subdatasets`: how many lie among them, which are not looked into. */
export async function readCopies(
  selections: readonly ISelection[],
  { subdatasets, signal }: { subdatasets: number; signal: AbortSignal }
): Promise<Copies> {
  const count = new CopyCount();
  for (const { repository, figures, chosen } of selections) {
    const { files, here } = figures;
    const places = [...new Set([...chosen].map(at => files.keyOf[at] ?? 0))];
    const copies = await readKeyCopies(
      repository,
      places.map(place => files.keys[place] ?? ''),
      signal
    );
    const turns = new Turns(signal);
    for (const [at, place] of places.entries()) {
      count.add({ bytes: files.bytes[place] ?? -1, here: here[place] === 1, elsewhere: copies.of(at) });
      if (turns.due()) {
        await turns.give();
      }
    }
  }
  return count.result(subdatasets);
}
