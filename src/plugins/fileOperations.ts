import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import * as v from 'valibot';
import type { ContentsPath } from '../protocol/paths';
import type { Job } from '../protocol/job';
import { CommandIDs, IDatalad, type IOutcome, TRANSLATION_DOMAIN } from '../tokens';
import { Deletions } from './fileOperations/deletions';
import { installHooks, tell } from './fileOperations/hooks';
import { Placements } from './fileOperations/placements';
import { Surroundings } from './fileOperations/surroundings';

/** Keeps annexed files and datasets whole when they are deleted, moved or copied by JupyterLab's own means. */
export const fileOperationsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyterlab-datalad:file-operations',
  description: 'Deletes, moves and copies annexed files and datasets in a way that loses nothing, wherever JupyterLab does so.',
  autoStart: true,
  requires: [IDatalad, IDocumentManager],
  optional: [ITranslator],
  activate: (app: JupyterFrontEnd, datalad: IDatalad, manager: IDocumentManager, translator: ITranslator | null): void => {
    const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
    const { contents } = app.serviceManager;
    const rename = contents.rename.bind(contents);
    const surroundings = new Surroundings(datalad);
    const execute = (id: string, args: { paths: ContentsPath[]; to?: ContentsPath; leave?: ContentsPath[] }): Promise<IOutcome> =>
      app.commands.execute(id, args) as Promise<IOutcome>;
    installHooks({
      manager,
      contents,
      isSilent: () => surroundings.isSilent,
      deletions: new Deletions({
        datalad,
        surroundings,
        contents,
        trans,
        remove: paths => execute(CommandIDs.remove, { paths })
      }),
      placements: new Placements({
        datalad,
        surroundings,
        trans,
        copyFile: (paths, to, leave) => execute(CommandIDs.copyFile, { paths, to, ...(leave.length === 0 ? {} : { leave }) }),
        rename
      })
    });
    // The file browser looks again when it hears of it, and open documents know that their file is gone.
    datalad.jobs.ended.connect((_, job) => removedPaths(job).forEach(path => tell(contents, goneAt(path))));
  }
};

function goneAt(path: string): Parameters<typeof tell>[1] {
  return { type: 'delete', oldValue: { path }, newValue: null };
}

const Removed = v.object({ paths: v.array(v.string()) });

function removedPaths({ operation, state, input }: Job): string[] {
  const parsed = ['remove', 'removeRefused'].includes(operation) && state === 'ok' ? v.safeParse(Removed, input) : null;
  return parsed?.success === true ? parsed.output.paths : [];
}
