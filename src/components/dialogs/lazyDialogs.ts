import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDataladClient } from '../../tokens';
import type { IDialogs } from './dialogs';

/** The questions of this extension, whose forms are loaded with the first question. */
export function lazyDialogs(trans: TranslationBundle, client: Pick<IDataladClient, 'call'>): IDialogs {
  const load = async (): Promise<IDialogs> =>
    (await import('./index')).createDialogs(trans, subject => client.call('help', { subject }));
  return {
    get: async question => (await load()).get(question),
    drop: async question => (await load()).drop(question),
    save: async question => (await load()).save(question),
    clone: async question => (await load()).clone(question),
    create: async question => (await load()).create(question),
    identity: async question => (await load()).identity(question),
    discard: async question => (await load()).discard(question),
    chooseProcedure: async question => (await load()).chooseProcedure(question),
    run: async question => (await load()).run(question),
    rerun: async question => (await load()).rerun(question),
    verdicts: async question => (await load()).verdicts(question),
    verification: async question => (await load()).verification(question),
    runProcedure: async question => (await load()).runProcedure(question),
    runNotebook: async question => (await load()).runNotebook(question),
    execution: async question => (await load()).execution(question),
    exportArchive: async question => (await load()).exportArchive(question),
    addContainer: async question => (await load()).addContainer(question),
    removeContainer: async question => (await load()).removeContainer(question),
    download: async question => (await load()).download(question),
    addUrls: async question => (await load()).addUrls(question),
    source: async question => (await load()).source(question),
    unpack: async question => (await load()).unpack(question),
    discardParts: async question => (await load()).discardParts(question),
    undo: async question => (await load()).undo(question),
    restore: async question => (await load()).restore(question),
    remove: async question => (await load()).remove(question),
    removeRefused: async question => (await load()).removeRefused(question),
    copyTo: async question => (await load()).copyTo(question),
    removeDiscard: async question => (await load()).removeDiscard(question),
    name: async question => (await load()).name(question),
    confirm: async question => (await load()).confirm(question),
    help: async question => (await load()).help(question),
    trust: async question => (await load()).trust(question)
  };
}
