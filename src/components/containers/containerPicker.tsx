import type { TranslationBundle } from '@jupyterlab/translation';
import { useEffect, useId, useState } from 'react';
import { callFormatProblems, expandCall } from '../../protocol/callFormat';
import type { Container, ContainerCode } from '../../protocol/container';
import type { IContainerChoice, IRunAnswer } from '../dialogs/runQuestions';
import { visible, visibleLines } from '../trust/visible';
import { Printed } from '../printed';
import { imageWords, problemWords } from './containerWords';

export interface IContainerPickerProps {
  choice: IContainerChoice;
  value: IRunAnswer['container'];
  command: string;
  trans: TranslationBundle;
  onChange(value: IRunAnswer['container']): void;
}

/**
 * The container that a command runs in, and all that gets it in there: foreign code, where the dataset came from elsewhere.
 */
export function ContainerPicker({ choice, value, command, trans, onChange }: IContainerPickerProps): JSX.Element | null {
  const id = useId();
  const { known, first, read } = choice;
  const [name, setName] = useState(first ?? '');
  const code = useCode(name, read);
  const container = known.find(each => each.name === name);
  // Without one the run is refused: nobody has seen what would be run.
  const fingerprint = code !== null && !(code instanceof Error) ? code.fingerprint : '';
  useEffect(() => {
    if (name === '' ? value !== undefined : value?.name !== name || value.fingerprint !== fingerprint) {
      onChange(name === '' ? undefined : { name, fingerprint });
    }
  }, [name, fingerprint, value, onChange]);
  if (known.length === 0 && first === null) {
    return null;
  }
  return (
    <div className="jp-Datalad-form-field">
      <label htmlFor={id}>{trans.__('Container')}</label>
      <select id={id} className="jp-mod-styled" value={name} onChange={({ target }) => setName(target.value)}>
        <option value="">{trans.__('none: as in a terminal here')}</option>
        {known.map(each => (
          <option key={each.name} value={each.name}>
            {trans.__('%1 – %2', visible(each.name), imageWords(each, trans))}
          </option>
        ))}
      </select>
      {code instanceof Error && <p role="alert">{code.message}</p>}
      {container !== undefined && code !== null && !(code instanceof Error) && (
        <ContainerCall {...{ container, code, command, trans }} />
      )}
    </div>
  );
}

/** What is run in all, and the scripts in it. */
function ContainerCall({
  container,
  code,
  command,
  trans
}: {
  container: Container;
  code: ContainerCode;
  command: string;
  trans: TranslationBundle;
}): JSX.Element {
  const { callFormat, imagePath, extraInputs } = container;
  const line =
    callFormat === undefined
      ? `${imagePath} ${command}`
      : expandCall(callFormat, {
          cmd: command,
          img: imagePath,
          img_dspath: '.',
          img_dirpath: imagePath.split('/').slice(0, -1).join('/') || '.',
          python: 'python'
        });
  return (
    <div role="group" aria-label={trans.__('What runs in all')}>
      <p>
        {trans.__(
          'What gets the command into the container came with the dataset, and can do whatever you can. In all this runs:'
        )}
      </p>
      <Printed
        className="jp-Datalad-script"
        label={trans.__('The whole command')}
        text={line === null ? visible(callFormat ?? '') : visibleLines(line)}
      />
      {callFormat !== undefined &&
        callFormatProblems(callFormat).map(problem => (
          <p key={problem.kind} className="jp-Datalad-note" data-gravity="warning">
            {problemWords(problem, trans)}
          </p>
        ))}
      {code.scripts.map(({ file, text }) => (
        <details key={file}>
          <summary>{trans.__('The script %1', visible(file))}</summary>
          {text === null ? (
            <p>{trans.__('It is not there, or no text that could be shown.')}</p>
          ) : (
            <Printed
              className="jp-Datalad-script"
              label={trans.__('The script %1', visible(file))}
              text={text
                .split('\n')
                .map(lineOf => lineOf.split('\t').map(visible).join('\t'))
                .join('\n')}
            />
          )}
        </details>
      ))}
      {extraInputs.length > 0 && <p>{trans.__('Got beforehand: %1', extraInputs.map(visible).join(', '))}</p>}
    </div>
  );
}

/** Null while it is read, or where no container is chosen. */
function useCode(name: string, read: IContainerChoice['read']): ContainerCode | Error | null {
  const [found, setFound] = useState<{ name: string; code: ContainerCode | Error } | null>(null);
  useEffect(() => {
    if (name === '') {
      return;
    }
    const abort = new AbortController();
    const keep = (code: ContainerCode | Error): void => {
      if (!abort.signal.aborted) {
        setFound({ name, code });
      }
    };
    read(name, abort.signal).then(keep, (error: unknown) => keep(error instanceof Error ? error : new Error(String(error))));
    return () => abort.abort();
  }, [name, read]);
  return found?.name === name ? found.code : null;
}
