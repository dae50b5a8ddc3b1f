import { lastName } from '../../components/names';
import type { ICommandContext } from './context';
import type { ITarget } from './targets';

/** What a job works on, for the title of a dialog: a name, or "3 items". */
export function titleOf({ trans }: ICommandContext, { dataset, paths }: ITarget): string {
  const [path] = paths;
  if (paths.length === 1 && path !== undefined) {
    return lastName(path) || lastName(dataset) || '/';
  }
  return trans._n('%1 item', '%1 items', paths.length, paths.length);
}
