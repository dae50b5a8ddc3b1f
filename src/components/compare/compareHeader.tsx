import type { TranslationBundle } from '@jupyterlab/translation';
import { useEffect, useRef } from 'react';
import type { AskedSide, Differences, SideContent } from '../../protocol/compare';
import type { IComparedFile } from '../../models/comparisonModel';
import { shownName } from '../../protocol/names';
import { statusWords } from './differenceList';
import { sideDetail } from './sideWords';
import { type ITextFacts, textFacts } from './textFacts';

export interface ICompareHeaderProps {
  name: string;
  differences: Differences;
  asked: { from: AskedSide; to: AskedSide };
  labels: readonly [string, string];
  file: IComparedFile | null;
  trans: TranslationBundle;
  now: number;
  /** Opens and closes the form in which other sides are chosen. */
  choosing: { readonly open: boolean; onOpen(open: boolean): void };
}

/** What is compared, the two sides in words, and what the views below do not show. */
export function CompareHeader({
  name,
  differences,
  asked,
  labels,
  file,
  trans,
  now,
  choosing
}: ICompareHeaderProps): JSX.Element {
  const { from, to } = differences;
  const difference = file?.difference ?? null;
  const notes = file === null ? [] : notesOf(file, labels, trans);
  const sides = [
    [labels[0], sideDetail(from, asked.from, now)],
    [labels[1], sideDetail(to, asked.to, now)]
  ] as const;
  return (
    <div className="jp-Datalad-compareHeader">
      <h2>
        {difference?.oldName !== undefined && <span className="jp-Datalad-dim">{shownName(difference.oldName)} → </span>}
        {shownName(difference?.oldName === undefined ? name : difference.name)}
        {difference !== null && <span className="jp-Datalad-tag">{statusWords(difference.status, trans)}</span>}
      </h2>
      <p className="jp-Datalad-compareSides">
        {sides.map(([label, detail], at) => (
          <span key={at} className="jp-Datalad-compareSide">
            {at === 1 && (
              <span className="jp-Datalad-dim" role="img" aria-label={trans.__('to')}>
                →{' '}
              </span>
            )}
            <b>{label}</b>
            {detail !== '' && (
              <span className="jp-Datalad-dim" title={detail}>
                {' '}
                {detail}
              </span>
            )}
          </span>
        ))}
        <OtherSides choosing={choosing} trans={trans} />
      </p>
      {notes.length > 0 && (
        <ul className="jp-Datalad-compareNotes">
          {notes.map(note => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Opens and closes the form for other sides; has the focus when that was closed. */
function OtherSides({ choosing, trans }: Pick<ICompareHeaderProps, 'choosing' | 'trans'>): JSX.Element {
  const { open, onOpen } = choosing;
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(open);
  useEffect(() => {
    if (wasOpen.current && !open) {
      button.current?.focus();
    }
    wasOpen.current = open;
  }, [open]);
  return (
    <button ref={button} type="button" className="jp-Datalad-button" aria-expanded={open} onClick={() => onOpen(!open)}>
      {trans.__('Other sides…')}
    </button>
  );
}

function notesOf(
  { difference, before, after }: IComparedFile,
  labels: readonly [string, string],
  trans: TranslationBundle
): string[] {
  const notes: string[] = [];
  if (difference === null) {
    notes.push(trans.__('Nothing differs.'));
  }
  [before, after].forEach(({ body }, at) => {
    const label = labels[at] ?? '';
    if (body.type === 'text' && body.damaged === true) {
      notes.push(trans.__('“%1” is no valid UTF-8: what cannot be read shows as �.', label));
    }
    if (body.type === 'absent') {
      notes.push(trans.__('“%1”: there is no such file.', label));
    }
  });
  const texts = [before, after].map(({ body }) => (body.type === 'text' ? textFacts(body.text) : null));
  const [one, other] = texts;
  return one && other ? [...notes, ...textNotes(one, other, trans)] : notes;
}

/** Only what differs is worth a word. */
function textNotes(before: ITextFacts, after: ITextFacts, trans: TranslationBundle): string[] {
  const hasBoth = before.ends !== 'none' && after.ends !== 'none';
  return [
    ...(hasBoth && before.ends !== after.ends
      ? [trans.__('Ends of lines changed: %1 → %2.', endsWords(before.ends, trans), endsWords(after.ends, trans))]
      : []),
    ...(before.ended && !after.ended ? [trans.__('The last line is not ended any more.')] : []),
    ...(!before.ended && after.ended ? [trans.__('The last line is ended now.')] : [])
  ];
}

function endsWords(ends: ITextFacts['ends'], trans: TranslationBundle): string {
  return ends === 'mixed' ? trans.__('mixed') : ends === 'CRLF' ? trans.__('CRLF (Windows)') : trans.__('LF (Linux, macOS)');
}

/** The bytes of the larger side. */
export function largestSide(...contents: SideContent[]): number {
  return Math.max(0, ...contents.map(({ facts }) => facts?.bytes ?? 0));
}
