import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import { shownName } from '../../protocol/names';
import { isContentsPath } from '../../protocol/paths';
import type { VerifiedRun } from '../../protocol/rerun';
import { failureWords } from '../failures/words';
import { visible, visibleLines } from '../trust/visible';
import { Printed } from '../printed';
import { TextField } from './fields';
import { MOST_SHOWN, verdictSummary, verdictWord } from './rerunForms';
import type { IJudgedFile, IVerificationQuestion } from './runQuestions';

interface IVerificationFormProps {
  question: IVerificationQuestion;
  /** Where the report is kept. */
  value: string;
  onChange(value: string): void;
  trans: TranslationBundle;
}

/** What became of each run and of its files, and where a report of that may be kept. */
export function VerificationForm({ question, value, onChange, trans }: IVerificationFormProps): ReactElement {
  const { runs, files, file, taken } = question;
  const name = value.trim();
  const error = !isContentsPath(name)
    ? trans.__('This is no path below the folder that JupyterLab shows.')
    : taken && name === file
      ? trans.__('There is something of this name already. Choose another one.')
      : undefined;
  return (
    <>
      <p role="status">{verdictSummary(files, trans)}</p>
      <div className="jp-Datalad-verification" tabIndex={0} role="group" aria-label={trans.__('Runs')}>
        {runs.map(run => (
          <Run key={run.commit} run={run} files={files.filter(({ from }) => from === run.commit)} trans={trans} />
        ))}
      </div>
      <TextField
        label={trans.__('Keep a report in the new file')}
        {...{ value, onChange }}
        {...(error === undefined ? {} : { error })}
      />
    </>
  );
}

function Run({ run, files, trans }: { run: VerifiedRun; files: readonly IJudgedFile[]; trans: TranslationBundle }): ReactElement {
  const { title, commit, failed } = run;
  const name = visible(title) || commit.slice(0, 10);
  return (
    <section aria-label={name}>
      <h3>{name}</h3>
      {failed !== undefined && <Failed failure={failed} trans={trans} />}
      <ul className="jp-Datalad-verdicts" aria-label={trans.__('Files of %1', name)}>
        {files.slice(0, MOST_SHOWN).map(file => (
          <li key={file.name} data-verdict={file.verdict}>
            <File file={file} trans={trans} />
          </li>
        ))}
      </ul>
      {files.length > MOST_SHOWN && <p>{trans.__('%1 more', files.length - MOST_SHOWN)}</p>}
    </section>
  );
}

function Failed({ failure, trans }: { failure: NonNullable<VerifiedRun['failed']>; trans: TranslationBundle }): ReactElement {
  const { title, text } = failureWords(failure, { trans, names: [] });
  const { detail = '' } = failure;
  return (
    <>
      <p>
        <strong>{title}</strong> {text}
      </p>
      {detail !== '' && (
        <details>
          <summary>{trans.__('What it printed')}</summary>
          <Printed label={trans.__('What it printed')} text={visibleLines(detail)} />
        </details>
      )}
    </>
  );
}

/** How small texts differ unfolds below the name. */
function File({ file, trans }: { file: IJudgedFile; trans: TranslationBundle }): ReactElement {
  const { name, verdict, difference } = file;
  const line = (
    <>
      <span>{shownName(name)}</span> <span className="jp-Datalad-verdict">{verdictWord(verdict, trans)}</span>
    </>
  );
  return difference === undefined ? (
    line
  ) : (
    <details>
      <summary>{line}</summary>
      <Printed label={trans.__('What differs')} text={visibleLines(difference)} />
    </details>
  );
}
