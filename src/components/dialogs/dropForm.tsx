import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReactElement } from 'react';
import type { ContentsPath } from '../../protocol/paths';
import { formatSize } from '../../protocol/size';
import { relativeName } from '../names';
import type { IDropAnswer, IDropQuestion } from './dialogs';
import { CommandPreview, Names, Tick } from './fields';

export interface IDropFormProps {
  question: IDropQuestion;
  value: IDropAnswer;
  onChange(value: IDropAnswer): void;
  trans: TranslationBundle;
}

/** What a drop frees, which other files lose their content with it, and which stay. */
export function DropForm({ question, value, onChange, trans }: IDropFormProps): ReactElement {
  const { toDrop, shared, modified } = (value.recursive ? question.recursivePlan : null) ?? question.plan;
  const nameOf = (path: ContentsPath) => relativeName(path, question.dataset);
  const more = (rest: number) => trans._n('and %1 more', 'and %1 more', rest, rest);
  return (
    <>
      <p>
        {toDrop.files === 0
          ? trans.__('Nothing here can be freed.')
          : trans._n(
              'Frees %2: the content of %1 file.',
              'Frees %2: the content of %1 files.',
              toDrop.files,
              formatSize(toDrop.bytes)
            )}
      </p>
      <p>{trans.__('Only content that another place is known to have is dropped. It can be got again from there.')}</p>
      {shared.length > 0 && (
        <>
          <p>{trans.__('These files have the same content and will not be here either:')}</p>
          <Names names={shared.map(nameOf)} more={more} />
        </>
      )}
      {modified.length > 0 && (
        <>
          <p>{trans.__('These files have unsaved changes and stay:')}</p>
          <Names names={modified.map(nameOf)} more={more} />
        </>
      )}
      {question.recursivePlan !== null && question.recursivePlan.toDrop.files !== question.plan.toDrop.files && (
        <Tick
          label={trans.__('Also in subdatasets (recursive)')}
          checked={value.recursive}
          onChange={recursive => onChange({ recursive })}
        />
      )}
      <CommandPreview line={question.commandLine(value)} label={trans.__('Command')} />
    </>
  );
}
