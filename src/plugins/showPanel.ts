import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import * as v from 'valibot';
import { dataladIcon } from '../components/icons';
import { SECTIONS } from '../components/types';
import { CommandIDs, PANEL_ID } from '../tokens';
import type { PanelWidget } from '../widgets/panelWidget';
import { DONE } from './commands/command';

const Arguments = v.object({ section: v.optional(v.picklist(SECTIONS)), job: v.optional(v.string()) });

/** Registers the command that shows the panel; without an icon's label it is also the button in the file browser's tool bar. */
export function addShowPanel(app: JupyterFrontEnd, panel: PanelWidget, trans: TranslationBundle): void {
  const options: CommandRegistry.ICommandOptions = {
    label: trans.__('Show the DataLad Panel'),
    caption: trans.__('Show what DataLad knows of this folder'),
    icon: dataladIcon,
    describedBy: {
      args: {
        type: 'object',
        properties: {
          section: { type: 'string', enum: [...SECTIONS], description: trans.__('A section to open and go to') },
          job: { type: 'string', description: trans.__('Id of a job to unfold in Commands') }
        }
      }
    },
    execute: async args => {
      const given = v.safeParse(Arguments, args);
      app.shell.activateById(PANEL_ID);
      await panel.reveal(given.success ? given.output : {});
      return DONE;
    }
  };
  app.commands.addCommand(CommandIDs.showPanel, options);
}
