import type { TranslationBundle } from '@jupyterlab/translation';
import type { Job } from '../../protocol/job';
import type { AbsentFile } from '../../protocol/notebookRun';
import { formatSize } from '../../protocol/size';
import { relativeName } from '../names';
import { ProgressBar } from '../progressBar';
import { ProgressLine } from '../progressLine';

/** What is offered below a cell that failed. */
export interface IOffer {
  /** The dataset of the notebook: names are relative to it. */
  readonly dataset: string;
  /** Why the cell failed; at least one. */
  readonly files: readonly AbsentFile[];
  /** `here`: they have come in another way. */
  readonly phase: 'absent' | 'getting' | 'here';
  /** The get, once it is known. */
  readonly job: Job | null;
}

export interface IAbsentOfferProps {
  offer: IOffer;
  trans: TranslationBundle;
  onGet(): void;
  onRun(): void;
  onCancel(job: string): void;
}

/** Says that a cell failed since files are not here, and what can be done about it. */
export function AbsentOffer({ offer, trans, onGet, onRun, onCancel }: IAbsentOfferProps): JSX.Element {
  const { phase, job } = offer;
  return (
    <div className="jp-Datalad-note jp-Datalad-offer" role="group" aria-label={trans.__('Files that are not here')}>
      <p role="status">{offerText(offer, trans)}</p>
      {phase === 'getting' && job !== null && (
        <div className="jp-Datalad-offerProgress">
          <ProgressBar job={job} trans={trans} />
          <ProgressLine job={job} trans={trans} />
        </div>
      )}
      <div className="jp-Datalad-buttons">
        {phase === 'absent' && (
          <button type="button" className="jp-Datalad-button jp-mod-primary" onClick={onGet}>
            {getLabel(offer, trans)}
          </button>
        )}
        {phase === 'getting' && job !== null && (
          <button type="button" className="jp-Datalad-button" onClick={() => onCancel(job.id)}>
            {trans.__('Cancel')}
          </button>
        )}
        {phase === 'here' && (
          <button type="button" className="jp-Datalad-button" onClick={onRun}>
            {trans.__('Run again')}
          </button>
        )}
      </div>
    </div>
  );
}

/** Names that are listed before the rest is counted. */
const LISTED = 3;

function offerText({ dataset, files, phase }: IOffer, trans: TranslationBundle): string {
  const listed = files.slice(0, LISTED).map(({ path }) => relativeName(path, dataset));
  const more = files.length - listed.length;
  const names = more > 0 ? trans.__('%1 and %2 more', listed.join(', '), more) : listed.join(', ');
  switch (phase) {
    case 'absent':
      return trans._n('The content of %2 is not here.', 'The content of %1 files is not here: %2.', files.length, names);
    case 'getting':
      return trans.__('Getting %1…', names);
    case 'here':
      return trans._n('%2 is here now.', '%1 files are here now: %2.', files.length, names);
  }
}

function getLabel({ files }: IOffer, trans: TranslationBundle): string {
  const bytes = files.reduce((sum, file) => sum + (file.bytes ?? 0), 0);
  if (bytes === 0) {
    return trans.__('Get and run again');
  }
  const size = formatSize(bytes);
  return files.every(file => file.bytes !== undefined)
    ? trans.__('Get %1 and run again', size)
    : trans.__('Get at least %1 and run again', size);
}
