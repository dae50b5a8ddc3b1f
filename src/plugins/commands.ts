import { ILabShell, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Clipboard, ICommandPalette } from '@jupyterlab/apputils';
import { IEditorLanguageRegistry } from '@jupyterlab/codemirror';
import { IDefaultFileBrowser, IFileBrowserFactory } from '@jupyterlab/filebrowser';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { lazyDialogs } from '../components/dialogs/lazyDialogs';
import type { IComparisonOpening } from '../models/comparisonModel';
import { CommandIDs, IDatalad, TRANSLATION_DOMAIN } from '../tokens';
import { Comparisons } from '../widgets/comparisons';
import type { IVersionRequest } from '../widgets/versionWidget';
import { type PageName, Pages } from '../widgets/pages';
import type { ContentsPath } from '../protocol/paths';
import { allCommands } from './commands/index';
import { register } from './commands/command';
import { tellFailure } from './commands/failureText';
import { CommandSettings } from './commands/settings';
import { BrowserSelection } from './commands/selection';
import { answerUntrusted } from './commands/trust';
import { IEditors } from './editors/tokens';
import { LiveNotebooks } from './notebooks/liveNotebooks';
import { IOpenHabits } from './notebooks/tokens';
import { PluginSettings } from './pluginSettings';

/** Commands that make no sense for a person who types their name: the panel and programs use them, and read the outcome. */
const FOR_PROGRAMS: readonly string[] = [
  CommandIDs.status,
  CommandIDs.restore,
  CommandIDs.openVersion,
  // These are buttons of a list that has the names.
  ...[CommandIDs.renameBranch, CommandIDs.deleteBranch, CommandIDs.mergeBranch, CommandIDs.deleteTag],
  ...[CommandIDs.resolve, CommandIDs.conclude]
];

/** Every action as a JupyterLab command; menus and shortcuts are declared in the schema of this plugin. */
export const commandsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-datalad:commands',
  description: 'The commands of DataLad, with their menu, context menu and palette entries.',
  autoStart: true,
  requires: [IDatalad],
  optional: [
    IFileBrowserFactory,
    IDefaultFileBrowser,
    IEditors,
    ICommandPalette,
    ISettingRegistry,
    ITranslator,
    ILabShell,
    IEditorLanguageRegistry,
    INotebookTracker,
    IOpenHabits
  ],
  activate: (
    app: JupyterFrontEnd,
    datalad: IDatalad,
    browsers: IFileBrowserFactory | null,
    defaultBrowser: IDefaultFileBrowser | null,
    editors: IEditors | null,
    palette: ICommandPalette | null,
    registry: ISettingRegistry | null,
    translator: ITranslator | null,
    labShell: ILabShell | null,
    languages: IEditorLanguageRegistry | null,
    tracker: INotebookTracker | null,
    openHabits: IOpenHabits | null
  ): void => {
    const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
    const selection = new BrowserSelection({
      browsers,
      defaultBrowser,
      rows: datalad.rows,
      contents: app.serviceManager.contents
    });
    const settings = new PluginSettings({ registry, plugin: commandsPlugin.id, schema: CommandSettings });
    const comparisons = new Comparisons({ app, datalad, languages, trans });
    const pages = new Pages({ app, datalad, trans });
    const context = {
      datalad,
      trans,
      selection,
      settings: () => settings.values,
      dialogs: lazyDialogs(trans, datalad.client),
      editors,
      notebooks:
        tracker === null ? null : new LiveNotebooks({ tracker, shell: app.shell, contents: app.serviceManager.contents }),
      openHabits,
      openFolder: (path: string) => selection.open(path),
      copyText: (text: string) => Clipboard.copyToSystem(text),
      // The main area of other shells holds one thing only.
      compare: labShell === null ? null : (request: IComparisonOpening) => comparisons.open(request),
      openVersion: labShell === null ? null : (request: IVersionRequest) => comparisons.openVersion(request),
      openPage:
        labShell === null ? null : (page: PageName, dataset: ContentsPath, path?: ContentsPath) => pages.open(page, dataset, path)
    };
    datalad.jobs.onUntrusted = failure => answerUntrusted(context, failure);
    for (const command of allCommands(context)) {
      if (FOR_PROGRAMS.includes(command.id)) {
        register(app.commands, command);
      } else {
        register(app.commands, { ...command, execute: async args => tellFailure(await command.execute(args), trans) });
        palette?.addItem({ command: command.id, category: trans.__('DataLad'), args: { isPalette: true } });
      }
    }
  }
};
