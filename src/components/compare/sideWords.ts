import type { TranslationBundle } from '@jupyterlab/translation';
import type { AskedSide, FoundSide } from '../../protocol/compare';
import { formatTime } from '../format';
import { visible } from '../trust/visible';

/** One side in a word or two: “now”, “last save”, or the short id of a commit. */
export function sideName({ side, commit }: FoundSide, asked: AskedSide, trans: TranslationBundle): string {
  if (side === 'worktree') {
    return trans.__('now');
  }
  if (commit === undefined) {
    return trans.__('nothing');
  }
  return asked === 'HEAD' ? trans.__('last save') : commit.short;
}

/** What there is to say of the commit of a side: what it is about and when it was made; empty for other sides. */
export function sideDetail({ commit }: FoundSide, asked: AskedSide, now: number): string {
  if (commit === undefined) {
    return '';
  }
  const id = asked === 'HEAD' ? [commit.short] : [];
  return [...id, visible(commit.subject), dateText(commit.time, now)].filter(part => part !== '').join(' · ');
}

/** A commit of another year is told with the year. */
function dateText(time: number, now: number): string {
  const then = new Date(time);
  return then.getFullYear() === new Date(now).getFullYear()
    ? formatTime(time, now)
    : then.toLocaleDateString(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
}
