import type { TranslationBundle } from '@jupyterlab/translation';
import type { Tool } from '../../protocol/health';
import { isMadeUp } from '../../protocol/identity';
import { shownName } from '../../protocol/names';
import { type Extension, isOn, type Setup } from '../../protocol/setup';
import type { Gravity } from '../failures/failureBlock';

/** What a button beside a finding does. */
export type FindingAction =
  | { readonly type: 'identity'; readonly label: string }
  | { readonly type: 'extension'; readonly label: string; readonly name: string; readonly on: boolean };

/** Something about the set-up that a person should know, with what to do about it. */
export interface IFinding {
  readonly gravity: Gravity;
  readonly title: string;
  readonly text: string;
  /** To be typed by whoever looks after the installation. */
  readonly command?: string;
  readonly action?: FindingAction;
}

/** Without these nothing works; the others add commands. */
const NEEDED: readonly Tool['name'][] = ['git', 'git-annex', 'datalad'];

/** What is wrong with a set-up, the gravest first. */
export function findingsOf(setup: Setup, trans: TranslationBundle): IFinding[] {
  const found = [
    ...(setup.python === null ? [noPython(trans)] : []),
    ...setup.health.tools.flatMap(tool => toolFinding(tool, trans)),
    ...identityFindings(setup.identity, trans),
    ...setup.extensions.flatMap(extension => extensionFinding(extension, trans))
  ];
  const order: readonly Gravity[] = ['error', 'warning', 'info'];
  return found.sort((one, other) => order.indexOf(one.gravity) - order.indexOf(other.gravity));
}

function noPython(trans: TranslationBundle): IFinding {
  return {
    gravity: 'error',
    title: trans.__('The Python that runs DataLad does not start.'),
    text: trans.__('Install the extension again in the environment of JupyterLab.'),
    command: 'pip install --force-reinstall jupyterlab-datalad'
  };
}

function toolFinding({ name, version, required, status }: Tool, trans: TranslationBundle): IFinding[] {
  if (status === 'ok') {
    return [];
  }
  const needed = NEEDED.includes(name);
  return [
    {
      gravity: needed ? 'error' : 'warning',
      title:
        status === 'missing' || version === null
          ? trans.__('%1 was not found; %2 or newer is needed.', name, required)
          : trans.__('%1 %2 is too old; %3 or newer is needed.', name, version, required),
      text:
        name === 'git'
          ? trans.__('Whoever looks after this machine installs it.')
          : trans.__('Whoever runs this Jupyter mends it in its Python environment with:'),
      ...(name === 'git' ? {} : { command: `pip install --upgrade ${name}` })
    }
  ];
}

function identityFindings({ user, dataset }: Setup['identity'], trans: TranslationBundle): IFinding[] {
  const action = { type: 'identity', label: trans.__('Set name and e-mail…') } as const;
  const { name, email } = dataset ?? user;
  if (name === null || email === null) {
    return [
      {
        gravity: 'error',
        title: trans.__('Git does not know your name and e-mail address.'),
        text: trans.__('Every saved change is recorded with both. Nothing is saved before they are set.'),
        action
      }
    ];
  }
  return !isMadeUp(email)
    ? []
    : [
        {
          gravity: 'error',
          title: trans.__('“%1” is no e-mail address.', shownName(email)),
          text: trans.__('It may have been made up by git-annex. Nothing is saved before there is one.'),
          action
        }
      ];
}

function extensionFinding(extension: Extension, trans: TranslationBundle): IFinding[] {
  const name = shownName(extension.name);
  if (extension.package === null) {
    return [
      {
        gravity: 'warning',
        title: trans.__('DataLad is told to load the extension “%1”, which is not installed.', name),
        text: trans.__('It warns about this each time it starts.'),
        ...(extension.times > 0
          ? {
              action: { type: 'extension', label: trans.__('Do not load it'), name: extension.name, on: false }
            }
          : {})
      }
    ];
  }
  if (extension.times > 1) {
    return [
      {
        gravity: 'info',
        title: trans.__('The extension “%1” is named %2 times in your git configuration.', name, extension.times),
        text: trans.__('Once is enough; the others do nothing.')
      }
    ];
  }
  // Without it a push to an export fails in a terminal: lines that are such a push load it for themselves.
  return extension.name !== 'next' || isOn(extension)
    ? []
    : [
        {
          gravity: 'info',
          title: trans.__('DataLad does not load datalad-next by itself.'),
          text: trans.__('A push to a sibling that only takes exports, such as WebDAV or OSF, needs it.'),
          action: { type: 'extension', label: trans.__('Load it'), name: 'next', on: true }
        }
      ];
}
