import type { TranslationBundle } from '@jupyterlab/translation';
import { asShell, commandOf } from '../../protocol/command';
import { plainName } from '../../protocol/names';
import { type Extension, isOn } from '../../protocol/setup';
import { CommandPreview, Tick } from '../dialogs/fields';

export interface IExtensionListProps {
  extensions: readonly Extension[];
  /** What is being switched at this moment shows how it will be. */
  switching: ReadonlyMap<string, boolean>;
  onSet(name: string, on: boolean): void;
  trans: TranslationBundle;
}

/** The extensions that are installed or configured; a tick has DataLad load one by itself, in a terminal too. */
export function ExtensionList({ extensions, switching, onSet, trans }: IExtensionListProps): JSX.Element {
  if (extensions.length === 0) {
    return <p>{trans.__('None is installed.')}</p>;
  }
  return (
    <>
      <p>{trans.__('Ticked ones are loaded whenever DataLad starts, in a terminal too.')}</p>
      <ul className="jp-Datalad-extensions">
        {extensions.map(extension => (
          <li key={extension.name}>
            <Tick
              label={<Label extension={extension} trans={trans} />}
              checked={switching.get(extension.name) ?? isOn(extension)}
              disabled={extension.elsewhere && extension.times === 0}
              onChange={on => onSet(extension.name, on)}
            />
            <Line extension={extension} trans={trans} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Label({ extension, trans }: { extension: Extension; trans: TranslationBundle }): JSX.Element {
  const { name, package: from, version } = extension;
  const words = wordsOf(name, trans);
  return (
    <>
      <strong>{plainName(name)}</strong>
      {words !== '' && ` ${words}`}{' '}
      <small>{from === null ? trans.__('(not installed)') : `(${plainName(from)} ${plainName(version ?? '')})`}</small>
    </>
  );
}

/** What the best known ones are for. */
function wordsOf(name: string, trans: TranslationBundle): string {
  const words: Readonly<Record<string, string>> = {
    next: trans.__('credentials, WebDAV siblings, faster and newer versions of some commands'),
    container: trans.__('software containers, and commands that run in them'),
    osf: trans.__('siblings on the Open Science Framework'),
    gooey: trans.__('a graphical interface for the desktop'),
    metalad: trans.__('extraction and search of metadata'),
    neuroimaging: trans.__('procedures and metadata for neuroimaging')
  };
  return words[name] ?? '';
}

/** What switching it stands for; nothing where that is not ours to do. */
function Line({ extension, trans }: { extension: Extension; trans: TranslationBundle }): JSX.Element {
  const { name, times, elsewhere } = extension;
  return elsewhere && times === 0 ? (
    <p className="jp-Datalad-dim">{trans.__('Set by the configuration of this machine, which you cannot change here.')}</p>
  ) : (
    <CommandPreview line={asShell(commandOf('setExtension', { name, on: times === 0 }))} label={trans.__('Command')} />
  );
}
