import type { TranslationBundle } from '@jupyterlab/translation';
import type { Tool } from '../../protocol/health';
import { Printed } from '../printed';

/** Which tools are missing or too old, what was found, and how an admin mends it; the rest of the panel keeps working. */
export function ToolsNotice({ tools, trans }: { tools: readonly Tool[]; trans: TranslationBundle }): JSX.Element | null {
  const bad = tools.filter(({ status }) => status !== 'ok');
  if (bad.length === 0) {
    return null;
  }
  return (
    <div className="jp-Datalad-note" data-gravity="error">
      <strong className="jp-Datalad-noteTitle">{trans.__('Something DataLad needs is not there.')}</strong>
      <ul className="jp-Datalad-names">
        {bad.map(tool => (
          <li key={tool.name}>{toolWords(tool, trans)}</li>
        ))}
      </ul>
      <p>{trans.__('Whoever runs this Jupyter mends it in its Python environment with:')}</p>
      <Printed
        label={trans.__('In a terminal')}
        text={`pip install --upgrade ${
          bad
            .map(({ name }) => name)
            .filter(name => name !== 'git')
            .join(' ') || 'jupyterlab-datalad'
        }`}
      />
    </div>
  );
}

function toolWords({ name, version, required, status }: Tool, trans: TranslationBundle): string {
  return status === 'missing' || version === null
    ? trans.__('%1 was not found; %2 or newer is needed.', name, required)
    : trans.__('%1 %2 is too old; %3 or newer is needed.', name, version, required);
}
