import type { TranslationBundle } from '@jupyterlab/translation';
import { useEffect, useId, useState } from 'react';
import { callFormatProblems, quotingOf } from '../../protocol/callFormat';
import { presetsFor } from '../../protocol/callPresets';
import type { Runtime } from '../../protocol/runtime';
import { TextField } from '../dialogs/fields';
import { Printed } from '../printed';
import { problemWords, quotingWords } from './containerWords';
import { formWords, runtimeLabel, runtimeName, runtimeWords } from './sourceWords';

/** Nothing to translate. */
const EXAMPLE = 'apptainer exec {img} {cmd}';

export interface ICallFormatFieldsProps {
  value: string;
  onChange(value: string): void;
  trans: TranslationBundle;
  /** Tries the runtimes of this machine. */
  readRuntimes(signal: AbortSignal): Promise<readonly Runtime[]>;
}

/** How a command gets into a container: a line of one's own, or one that fits this machine to begin with. */
export function CallFormatFields({ value, onChange, trans, readRuntimes }: ICallFormatFieldsProps): JSX.Element {
  const id = useId();
  const runtimes = useRuntimes(readRuntimes);
  const presets = presetsFor(runtimes ?? []);
  const chosen = presets.findIndex(({ format, state }) => format(state?.options ?? []) === value);
  const preset = presets[chosen];
  const problems = value.trim() === '' ? [] : callFormatProblems(value);
  const quoting = problems.length === 0 ? quotingOf(value) : null;
  return (
    <>
      <div className="jp-Datalad-form-field">
        <label htmlFor={id}>{trans.__('Run by')}</label>
        <select
          id={id}
          className="jp-mod-styled"
          value={chosen}
          onChange={({ target }) => {
            const next = presets[Number(target.value)];
            if (next !== undefined) {
              onChange(next.format(next.state?.options ?? []));
            }
          }}
        >
          <option value={-1}>{trans.__('a call format of your own')}</option>
          {presets.map(({ runtime, state }, at) => (
            <option key={runtime} value={at}>
              {state === null ? runtimeName(runtime) : trans.__('%1 – %2', runtimeLabel(state), runtimeWords(state, trans))}
            </option>
          ))}
        </select>
        <div role="status" className="jp-Datalad-dim">
          {runtimes === null
            ? trans.__('Trying what works on this machine…')
            : preset === undefined
              ? ''
              : trans.__('For this %1.', formWords(preset.image, trans))}
        </div>
      </div>
      {preset?.state?.said !== undefined && (
        <details>
          <summary>{trans.__('What %1 said', runtimeName(preset.runtime))}</summary>
          <Printed label={trans.__('What %1 said', runtimeName(preset.runtime))} text={preset.state.said} />
        </details>
      )}
      <TextField label={trans.__('Call format')} value={value} onChange={onChange} placeholder={EXAMPLE} />
      <p className="jp-Datalad-dim">
        {trans.__('{img} stands for the image, {cmd} for the command, {img_dspath} for the dataset of the image.')}
      </p>
      <div role="status">
        {problems.map(problem => (
          <p key={`${problem.kind} ${'name' in problem ? problem.name : ''}`} className="jp-Datalad-note" data-gravity="warning">
            {problemWords(problem, trans)}
          </p>
        ))}
        {quoting !== null && <p className="jp-Datalad-note">{quotingWords(quoting, trans)}</p>}
      </div>
    </>
  );
}

/** Null until they were tried; given up with the form. Where that fails nothing is known of any. */
function useRuntimes(read: ICallFormatFieldsProps['readRuntimes']): readonly Runtime[] | null {
  const [runtimes, setRuntimes] = useState<readonly Runtime[] | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    read(abort.signal).then(
      found => !abort.signal.aborted && setRuntimes(found),
      () => !abort.signal.aborted && setRuntimes([])
    );
    return () => abort.abort();
  }, [read]);
  return runtimes;
}
