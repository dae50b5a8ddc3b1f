import type { TranslationBundle } from '@jupyterlab/translation';
import type { HunkLine } from '../../protocol/compare';
import { visible } from '../trust/visible';
import { align } from './align';

const SIGNS: Readonly<Record<HunkLine['sign'], string>> = { same: ' ', removed: '−', added: '+' };

/** Lines that stayed, went and came, each with its sign. */
export function Lines({ lines, trans }: { lines: readonly HunkLine[]; trans: TranslationBundle }): JSX.Element {
  const words: Readonly<Record<HunkLine['sign'], string>> = { same: '', removed: trans.__('removed'), added: trans.__('added') };
  return (
    <div className="jp-Datalad-lines" tabIndex={0} role="group" aria-label={trans.__('Changed lines')}>
      {lines.map(({ sign, text }, at) => (
        <div key={at} data-sign={sign}>
          <span className="jp-Datalad-sign" aria-hidden="true">
            {SIGNS[sign]}
          </span>
          {words[sign] !== '' && <span className="jp-Datalad-hiddenText">{words[sign]} </span>}
          {text.split('\t').map(visible).join('\t')}
        </div>
      ))}
    </div>
  );
}

/** Unchanged lines kept before and after a change. */
const AROUND = 3;
/** More lines are not drawn. */
const MOST = 400;

/** What changed between two short texts, as lines. */
export function lineChanges(before: string, after: string): { lines: HunkLine[]; cut: boolean } {
  const [old, now] = [before, after].map(text => (text === '' ? [] : text.split('\n')));
  const pairs = align(old ?? [], now ?? []);
  const lines = pairs.map(({ a, b }): HunkLine => ({
    sign: a === undefined ? 'added' : b === undefined ? 'removed' : 'same',
    text: (b === undefined ? old?.[a ?? 0] : now?.[b]) ?? ''
  }));
  const isNear = (at: number): boolean =>
    lines.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ sign }) => sign !== 'same');
  const near = lines.filter((_, at) => isNear(at));
  return { lines: near.slice(0, MOST), cut: near.length > MOST };
}
