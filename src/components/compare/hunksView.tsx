import type { TranslationBundle } from '@jupyterlab/translation';
import { useEffect, useState } from 'react';
import { type Hunks, MOST_TEXT } from '../../protocol/compare';
import { type Failure, expectedFailure } from '../../protocol/failure';
import { formatCount } from '../format';
import { Lines } from './lines';

export interface IHunksViewProps {
  /** Asks for what changed; another function is asked anew. */
  read(ignoreSpace: boolean): Promise<Hunks>;
  ignoreSpace: boolean;
  /** Of the larger side. */
  bytes: number;
  trans: TranslationBundle;
  /** Shows the files as a whole; absent where no editor could. */
  onWhole?(): void;
}

/** What changed in texts that are too large for an editor: the changed lines alone, found by the server. */
export function HunksView({ read, ignoreSpace, bytes, trans, onWhole }: IHunksViewProps): JSX.Element {
  const [found, setFound] = useState<Hunks | Failure | null>(null);
  useEffect(() => {
    let wanted = true;
    read(ignoreSpace).then(
      hunks => (wanted ? setFound(hunks) : undefined),
      (reason: unknown) => (wanted ? setFound(expectedFailure(reason)) : undefined)
    );
    return () => {
      wanted = false;
    };
  }, [read, ignoreSpace]);
  if (found === null) {
    return <p className="jp-Datalad-compareNote">{trans.__('Comparing…')}</p>;
  }
  if ('kind' in found) {
    return <p className="jp-Datalad-compareNote">{found.message}</p>;
  }
  const { hunks, added, removed, truncated } = found;
  return (
    <div className="jp-Datalad-compareScroll">
      <p className="jp-Datalad-compareNote">
        {trans.__('Large files: only the lines that changed are shown.')}{' '}
        {trans._n('%2 line came', '%2 lines came', added, formatCount(added))}
        {', '}
        {trans._n('%2 line went', '%2 lines went', removed, formatCount(removed))}
        {truncated && `; ${trans.__('not all of them are shown, and long lines are cut')}`}
        {'. '}
        {onWhole !== undefined && bytes <= MOST_TEXT && (
          <button type="button" className="jp-Datalad-button" onClick={onWhole}>
            {trans.__('Show the whole files')}
          </button>
        )}
      </p>
      {hunks.map((hunk, at) => (
        <section key={at} className="jp-Datalad-hunk">
          <h3>{trans.__('Line %1', formatCount(hunk.to))}</h3>
          <Lines lines={hunk.lines} trans={trans} />
        </section>
      ))}
    </div>
  );
}
