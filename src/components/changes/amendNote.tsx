import type { TranslationBundle } from '@jupyterlab/translation';
import { isRunRecord, type Messages } from '../../protocol/messages';
import { shownName } from '../../protocol/names';

/** What an amended save replaces, and why that may be unwise or is refused. */
export function AmendNote({ last, trans }: { last: Messages['last']; trans: TranslationBundle }): JSX.Element {
  if (last === null) {
    return <p className="jp-Datalad-optionNote">{trans.__('There is no save yet that could be replaced.')}</p>;
  }
  const subject = shownName(last.message.split('\n')[0] ?? '');
  return (
    <p className="jp-Datalad-optionNote">
      {trans.__('Replaces “%1” by %2, commit %3.', subject, shownName(last.author), last.commit.slice(0, 7))}
      {last.published.length > 0 && (
        <strong> {trans.__('It is at %1 already, so it must not be replaced any more.', last.published.join(', '))}</strong>
      )}
      {isRunRecord(last.message) && (
        <strong> {trans.__('It holds the record of a run, which another message would lose.')}</strong>
      )}
    </p>
  );
}

/** Why an amended save cannot be made; null when it can. */
export function amendBlocked(messages: Messages | null, trans: TranslationBundle): string | null {
  if (messages === null) {
    return null;
  }
  if (messages.last === null) {
    return trans.__('There is no save yet that could be replaced.');
  }
  return messages.last.published.length === 0 ? null : trans.__('The last save is at a sibling already: make a new one instead.');
}
