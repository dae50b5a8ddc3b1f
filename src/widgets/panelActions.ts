import { Clipboard, Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import { repairArguments, retryCommand } from '../components/commands/retry';
import { lazyDialogs } from '../components/dialogs/lazyDialogs';
import { failureWords } from '../components/failures/words';
import type { IPanelActions } from '../components/types';
import { expectedFailure } from '../protocol/failure';
import { CommandIDs, type IDatalad, type IOutcome } from '../tokens';
import { openChangeMenu } from './changeMenu';
import { openCommitMenu } from './commitMenu';
import { askDropLastCopies } from './dropLastCopies';
import { openPanelMenu } from './panelMenu';
import type { Problems } from './problems';
import { removeLocks } from './removeLocks';

/** What these left when they were interrupted is cleared away before they begin again; an example takes another folder. */
const CLEARED: readonly string[] = ['clone', 'create'];

export interface IPanelActionsOptions {
  commands: CommandRegistry;
  datalad: IDatalad;
  problems: Problems;
  trans: TranslationBundle;
}

/** What the panel's buttons do, on commands and models. */
export function createPanelActions({ commands, datalad, problems, trans }: IPanelActionsOptions): IPanelActions {
  const { client, jobs, current } = datalad;
  const tell = (reason: unknown): void => {
    Notification.error(failureWords(expectedFailure(reason), { trans, names: [] }).title);
  };
  return {
    execute: async (command, args) => {
      const outcome: IOutcome | undefined = await commands.execute(command, args);
      return outcome === undefined || outcome.status === 'ok';
    },
    has: command => commands.hasCommand(command),
    openFolder: folder => void commands.execute('filebrowser:go-to-path', { path: `/${folder}` }),
    openMenu: anchor => openPanelMenu(commands, anchor),
    pin: dataset => current.pin(dataset),
    refresh: () => void current.refresh(),
    cancel: job => void jobs.cancel(job).catch(tell),
    answer: (job, prompt, value) => void jobs.answer(job, { prompt, value }).catch(tell),
    report: job => jobs.report(job).catch(() => null),
    isKnown: execution =>
      client.call('execution', { job: execution }).then(
        found => found !== null,
        () => false
      ),
    hidden: folder => client.call('hidden', { folder }).catch(() => null),
    destinations: (dataset, paths) => client.call('destinations', { dataset, paths: [...paths] }).catch(() => null),
    changesIn: path =>
      client.call('dataset', { path }).then(
        // Where it is not installed any more, the answer is the dataset around it.
        summary => (summary?.dataset.path === path ? summary.changes : null),
        () => null
      ),
    places: (dataset, paths) =>
      client.call('planGet', { dataset, paths: [...paths] }).then(
        ({ sources }) => sources,
        () => null
      ),
    messages: dataset => client.call('messages', { dataset }).catch(() => null),
    addRules: (dataset, rules) => void jobs.run('addRules', { dataset, rules: [...rules] }),
    dropLastCopies: async (refused, dataset, paths) => {
      if (await askDropLastCopies(dataset, paths, trans)) {
        await jobs.run('dropLastCopies', { dataset, paths: [...paths], refused });
      }
    },
    resume: async job => {
      const again = retryCommand(job);
      const cleared = CLEARED.includes(job.operation) ? await jobs.run('removeLeftover', { job: job.id }) : null;
      if (again !== undefined && (cleared === null || cleared.status === 'ok')) {
        await commands.execute(again.command, again.args);
      }
    },
    repair: async job => {
      const outcome: IOutcome | undefined = await commands.execute(CommandIDs.fsck, repairArguments(job));
      if (outcome?.status === 'ok') {
        await jobs.cancel(job.id).catch(tell);
      }
    },
    removeLock: dataset => removeLocks(dataset, { datalad, trans }).catch(reason => (tell(reason), false)),
    dismiss: job => problems.dismiss(job),
    openChangeMenu: (file, dataset, anchor) => openChangeMenu(commands, { file, dataset, anchor, trans }),
    openCommitMenu: (place, sides, anchor) =>
      openCommitMenu({
        ...sides,
        anchor,
        trans,
        compare: chosen => commands.execute(CommandIDs.diff, { ...place, ...chosen })
      }),
    // Hints only: what cannot be told is not offered.
    undoable: dataset =>
      client.call('planUndo', { dataset }).then(
        ({ plan }) => plan,
        () => null
      ),
    discarded: dataset => client.call('discarded', { dataset }).catch(() => []),
    removeDiscard: async kept => {
      const { id, dataset } = kept;
      if ((await lazyDialogs(trans, client).removeDiscard(kept)) !== null) {
        await jobs.run('removeDiscard', { dataset, discard: id });
      }
    },
    copies: (dataset, paths) => client.call('copies', { dataset, paths: [...paths] }).catch(() => null),
    copy: text => Clipboard.copyToSystem(text),
    clearJobs: () => jobs.clear()
  };
}
