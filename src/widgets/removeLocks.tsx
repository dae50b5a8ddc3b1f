import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { lockFailure } from '../components/failures/lockWords';
import { failureWords } from '../components/failures/words';
import type { Lock } from '../protocol/lock';
import type { ContentsPath } from '../protocol/paths';
import type { IDatalad } from '../tokens';

interface IOptions {
  datalad: IDatalad;
  trans: TranslationBundle;
}

/**
 * Looks for locks in a dataset and its subdatasets, shows who holds them, and removes those that the user agrees to; resolves with
 * whether none is left. The server checks again, in the moment of the removal, that nobody holds them.
 */
export async function removeLocks(dataset: ContentsPath, { datalad, trans }: IOptions): Promise<boolean> {
  const locks = await datalad.client.call('locks', { dataset, recursive: true });
  if (locks.length === 0) {
    return true;
  }
  const removable = locks.filter(lock => lock.removable);
  if (!(await ask(locks, removable, trans))) {
    return false;
  }
  let removed = 0;
  for (const { dataset: place, name, id } of removable) {
    removed += (await datalad.jobs.run('removeLock', { dataset: place, name, id })).status === 'ok' ? 1 : 0;
  }
  return removed === locks.length;
}

/** The default button removes nothing. */
async function ask(locks: readonly Lock[], removable: readonly Lock[], trans: TranslationBundle): Promise<boolean> {
  const close = Dialog.cancelButton({ label: removable.length > 0 ? trans.__('Cancel') : trans.__('Close') });
  const remove = Dialog.warnButton({ label: trans._n('Remove the lock', 'Remove %1 locks', removable.length) });
  const { button } = await showDialog({
    title:
      removable.length > 0
        ? trans._n('Remove the lock that was left behind?', 'Remove %1 locks that were left behind?', removable.length)
        : trans.__('Somebody is at work here'),
    body: (
      <div className="jp-Datalad-dialog">
        <ul className="jp-Datalad-dialogFiles" tabIndex={0} aria-label={trans.__('Locks')}>
          {locks.map(lock => (
            <LockItem key={`${lock.dataset} ${lock.name}`} lock={lock} trans={trans} />
          ))}
        </ul>
        {removable.length > 0 && (
          <p>{trans.__('Should a program need it after all, that one could fail, or two could write at the same time.')}</p>
        )}
      </div>
    ),
    buttons: removable.length > 0 ? [close, remove] : [close],
    defaultButton: 0
  });
  return button.accept;
}

function LockItem({ lock, trans }: { lock: Lock; trans: TranslationBundle }): JSX.Element {
  const { title, text } = failureWords(lockFailure(lock), { trans, names: [] });
  return (
    <li>
      <strong>{[lock.dataset, '.git', lock.name].filter(Boolean).join('/')}</strong>
      <br />
      {title} {text}
    </li>
  );
}
