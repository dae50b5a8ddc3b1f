import type { TranslationBundle } from '@jupyterlab/translation';
import { callFormatProblems } from '../../protocol/callFormat';
import type { Container } from '../../protocol/container';
import { shownName } from '../../protocol/names';
import type { ContentsPath } from '../../protocol/paths';
import { visible } from '../trust/visible';
import { imageWords, isAbsent, problemWords } from './containerWords';

export interface IContainerActions {
  onGet(container: Container): void;
  onRun(container: Container): void;
  onUpdate(container: Container): void;
  onRemove(container: Container): void;
}

export interface IContainerItemProps extends IContainerActions {
  container: Container;
  /** The dataset that is looked at. */
  dataset: ContentsPath;
  trans: TranslationBundle;
}

/** One container: what its image is, how a command gets into it, and what can be done. */
export function ContainerItem({ container, dataset, trans, ...actions }: IContainerItemProps): JSX.Element {
  const { callFormat, updateUrl, extraInputs, local } = container;
  const name = visible(container.name);
  const problems = callFormat === undefined ? [] : callFormatProblems(callFormat);
  const buttons = [
    [trans.__('Run in it…'), trans.__('Run a command in %1', name), actions.onRun],
    ...(isAbsent(container) ? [[trans.__('Get image'), trans.__('Get the image of %1', name), actions.onGet] as const] : []),
    ...(container.dataset === dataset
      ? ([
          [trans.__('Update…'), trans.__('Update %1', name), actions.onUpdate],
          [trans.__('Remove…'), trans.__('Remove %1', name), actions.onRemove]
        ] as const)
      : [])
  ] as const;
  return (
    <li className="jp-Datalad-pagePart">
      <h3>{name}</h3>
      {container.dataset !== dataset && (
        <p className="jp-Datalad-dim">{trans.__('Registered in the subdataset %1', shownName(container.dataset))}</p>
      )}
      {local === true && (
        <p className="jp-Datalad-dim">{trans.__('Set for this clone or this user alone: other clones do not have it.')}</p>
      )}
      <dl className="jp-Datalad-pageFacts">
        <div>
          <dt>{trans.__('Image')}</dt>
          <dd>
            {shownName(container.imagePath)} <small>{imageWords(container, trans)}</small>
          </dd>
        </div>
        <div>
          <dt>{trans.__('Call format')}</dt>
          <dd>
            {callFormat === undefined ? (
              trans.__('none: the image itself is started, with the command behind it')
            ) : (
              <code>{visible(callFormat)}</code>
            )}
          </dd>
        </div>
        {extraInputs.length > 0 && (
          <div>
            <dt>{trans.__('Also needed')}</dt>
            <dd>{extraInputs.map(visible).join(', ')}</dd>
          </div>
        )}
        {updateUrl !== undefined && (
          <div>
            <dt>{trans.__('Updated from')}</dt>
            <dd>{visible(updateUrl)}</dd>
          </div>
        )}
      </dl>
      {problems.map(problem => (
        <p key={problem.kind} className="jp-Datalad-note" data-gravity="warning">
          {problemWords(problem, trans)}
        </p>
      ))}
      <div className="jp-Datalad-buttons">
        {buttons.map(([label, described, act]) => (
          <button key={label} type="button" className="jp-Datalad-button" aria-label={described} onClick={() => act(container)}>
            {label}
          </button>
        ))}
      </div>
    </li>
  );
}
