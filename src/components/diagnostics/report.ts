import type { TranslationBundle } from '@jupyterlab/translation';
import { visible } from '../trust/visible';
import { isOn, type Setup } from '../../protocol/setup';
import { findingsOf } from './findings';
import type { IWtfSection } from '../../models/setupModel';

/** A version with its name, as a list shows it. */
export interface IVersion {
  readonly name: string;
  /** Null: not found. */
  readonly version: string | null;
  /** The oldest that will do, where this one does not. */
  readonly required?: string;
}

/** All versions there are, the ones people ask for first. */
export function versionsOf({ health, python, extensions }: Setup): IVersion[] {
  const tool = (name: string): IVersion[] =>
    health.tools
      .filter(each => each.name === name)
      .map(({ version, status, required }) => ({ name, version, ...(status === 'ok' ? {} : { required }) }));
  const known = new Set<string>(health.tools.map(({ name }) => name));
  return [
    ...tool('datalad'),
    ...tool('git-annex'),
    ...tool('git'),
    ...health.tools.filter(({ name }) => name.startsWith('datalad-')).flatMap(({ name }) => tool(name)),
    ...extensions.flatMap(({ package: name, version }) => (name === null || known.has(name) ? [] : [{ name, version }])),
    { name: 'Python', version: python },
    { name: 'Node', version: health.node },
    { name: 'jupyterlab-datalad', version: health.version }
  ];
}

/** Everything that is known, as Markdown that folds away where it is pasted: as `datalad wtf -D html_details` does. */
export function reportOf(setup: Setup, sections: readonly IWtfSection[], trans: TranslationBundle): string {
  const findings = findingsOf(setup, trans).map(({ gravity, title }) => `- ${gravity}: ${title}`);
  const versions = versionsOf(setup).map(({ name, version }) => `- ${name}: ${version ?? 'not found'}`);
  const loaded = setup.extensions.filter(isOn).map(({ name }) => name);
  const own = [
    ...(findings.length === 0 ? [] : ['## findings', ...findings]),
    '## versions',
    ...versions,
    '## extensions that are loaded',
    loaded.join(', ') || 'none'
  ];
  const lines = [...own, ...sections.map(sectionText)].join('\n');
  return `<details><summary>JupyterLab DataLad ${setup.health.version}</summary>\n\n# Set-up\n${safe(lines)}\n</details>\n`;
}

/** A section as it is copied alone. */
export function sectionText({ name, text }: IWtfSection): string {
  return `## ${name}${text.startsWith('-') ? `\n${text}` : ` ${text}`}`;
}

/** Values come from the environment and from other programs: none may end what folds the report, or hide something in it. */
function safe(text: string): string {
  return text.replaceAll('<', '&lt;').split('\n').map(visible).join('\n');
}
