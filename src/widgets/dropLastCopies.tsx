import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { relativeName } from '../components/names';
import type { ContentsPath } from '../protocol/paths';

/**
 * Asks whether content that may exist nowhere else shall be dropped. Every file is listed, and Enter does not drop: the default
 * button is Cancel.
 */
export async function askDropLastCopies(
  dataset: ContentsPath,
  paths: readonly ContentsPath[],
  trans: TranslationBundle
): Promise<boolean> {
  const { button } = await showDialog({
    title: trans._n('Drop the last known copy of %1 file?', 'Drop the last known copies of %1 files?', paths.length),
    body: (
      <div className="jp-Datalad-dialog">
        <p>{trans.__('DataLad knows of no other copy. If there is none, the content is lost for ever:')}</p>
        <ul className="jp-Datalad-dialogFiles" tabIndex={0} aria-label={trans.__('Files')}>
          {paths.map(path => (
            <li key={path}>{relativeName(path, dataset)}</li>
          ))}
        </ul>
      </div>
    ),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.warnButton({ label: trans._n('Drop %1 last copy', 'Drop %1 last copies', paths.length) })
    ],
    defaultButton: 0
  });
  return button.accept;
}
