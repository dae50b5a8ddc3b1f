import type { TranslationBundle } from '@jupyterlab/translation';

/** What the words mean, one plain sentence each; folded. */
export function LearnMore({ trans }: { trans: TranslationBundle }): JSX.Element {
  return (
    <details className="jp-Datalad-learn">
      <summary>{trans.__('What do these words mean?')}</summary>
      <dl>
        <dt>{trans.__('Annex')}</dt>
        <dd>{trans.__('Content that Git only knows by name: it can be dropped here and got again from where a copy is.')}</dd>
        <dt>{trans.__('Key')}</dt>
        <dd>{trans.__('The name of the content itself: files with the same content share one, wherever they lie.')}</dd>
        <dt>{trans.__('Backend')}</dt>
        <dd>{trans.__('The way the key was made, mostly as a checksum.')}</dd>
        <dt>{trans.__('Checksum')}</dt>
        <dd>{trans.__('A number computed from all of the content: if one bit changes, it is another.')}</dd>
        <dt>{trans.__('Copy')}</dt>
        <dd>{trans.__('A place that is noted to have the content, and is trusted to keep it.')}</dd>
      </dl>
    </details>
  );
}
