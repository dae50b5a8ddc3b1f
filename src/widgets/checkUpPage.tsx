import { Clipboard } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { CheckUpView } from '../components/checkUp/checkUpView';
import type { ICure } from '../components/checkUp/findingSection';
import { oldVersionWords } from '../components/checkUp/findingWords';
import { lazyDialogs } from '../components/dialogs/lazyDialogs';
import { CheckUpModel } from '../models/checkUpModel';
import { asShell, commandOf } from '../protocol/command';
import type { Found, FoundGroup, LostEnd } from '../protocol/checkUp';
import type { ContentsPath } from '../protocol/paths';
import { formatSize } from '../protocol/size';
import { CommandIDs, type IDataladClient } from '../tokens';
import { datasetName, type IPageOptions, modelPage } from './modelPage';
import type { IPage } from './pageWidget';

/** The check-up of a dataset. */
export function checkUpPage({ datalad, dataset, commands, trans }: IPageOptions): IPage {
  const model = new CheckUpModel(datalad, dataset);
  return modelPage({
    model,
    label: trans.__('Check-up of %1', datasetName(dataset)),
    view: state => (
      <CheckUpView
        state={state}
        name={datasetName(dataset)}
        trans={trans}
        curesOf={group => curesOf(group, { model, commands, client: datalad.client, trans })}
        onOpen={({ path, commits = [] }: Found) =>
          void commands.execute(CommandIDs.history, {
            dataset,
            ...(path === undefined ? {} : { path }),
            ...(commits[0] === undefined ? {} : { commit: commits[0].id })
          })
        }
        onCopy={text => Clipboard.copyToSystem(text)}
        onHelp={subject => void commands.execute(CommandIDs.help, { command: subject })}
        onLook={checks => void model.look(checks)}
        onStop={() => model.stop()}
        onCheckContents={() => void commands.execute(CommandIDs.fsck, { dataset, content: true })}
      />
    )
  });
}

interface ICureOptions {
  model: CheckUpModel;
  commands: CommandRegistry;
  client: IDataladClient;
  trans: TranslationBundle;
}

/** What mends a finding, as far as that can be done from here. */
function curesOf(group: FoundGroup, { model, commands, client, trans }: ICureOptions): ICure[] {
  const { dataset } = model;
  const { items } = group;
  const cure = (label: string, command: string, args: ReadonlyPartialJSONObject = {}): ICure => ({
    label,
    run: () => void commands.execute(command, { dataset, ...args }).then(() => model.lookFor(group.finding))
  });
  switch (group.finding) {
    case 'no-copy':
      return [cure(trans.__('Check what is here'), CommandIDs.fsck, { paths: pathsOf(items) })];
    case 'large-in-git':
      return [cure(trans.__('Rules for Git and annex'), CommandIDs.rules)];
    case 'unpushed-branch':
      return [cure(trans.__('Show the branches'), CommandIDs.switchBranch)];
    case 'leftover':
      return [cure(trans.__('Clear leftovers…'), CommandIDs.clean)];
    case 'broken-link': {
      const ends = items.flatMap(({ end }) => end ?? []);
      const paths = pathsOf(ends.filter(end => end.how === 'get'));
      const deleted = byCommit(ends);
      const restore = async (): Promise<void> => {
        for (const [commit, lost] of deleted) {
          await commands.execute(CommandIDs.restore, { dataset, commit, paths: [...lost] });
        }
        await model.lookFor(group.finding);
      };
      return [
        ...(paths.length === 0 ? [] : [cure(trans.__('Get what they lead to'), CommandIDs.get, { paths })]),
        ...(deleted.size === 0 ? [] : [{ label: trans.__('Restore what they led to'), run: () => void restore() }])
      ];
    }
    case 'only-in-history':
    case 'unused':
      return items.some(isElsewhere)
        ? [{ label: trans.__('Drop those with other copies…'), run: () => void dropOld(group, { model, client, trans }) }]
        : [];
    case 'only-here':
    case 'unpushed':
      return [];
  }
}

function pathsOf(items: readonly { path?: ContentsPath | undefined }[]): ContentsPath[] {
  return [...new Set(items.flatMap(({ path }) => path ?? []))];
}

/** What was deleted, by the last commit that had it. */
function byCommit(ends: readonly LostEnd[]): Map<string, Set<ContentsPath>> {
  const deleted = new Map<string, Set<ContentsPath>>();
  for (const end of ends) {
    if (end.how === 'restore') {
      deleted.set(end.commit, (deleted.get(end.commit) ?? new Set()).add(end.path));
    }
  }
  return deleted;
}

function isElsewhere({ where = [] }: Found): boolean {
  return where.length > 0;
}

async function dropOld({ items }: FoundGroup, { model, client, trans }: Omit<ICureOptions, 'commands'>): Promise<void> {
  const chosen = items.filter(isElsewhere);
  const keys = [...new Set(chosen.flatMap(({ key }) => key ?? []))];
  const bytes = chosen.reduce((sum, found) => sum + (found.bytes ?? 0), 0);
  const answer = await lazyDialogs(trans, client).confirm({
    title: trans.__('Drop Old Versions?'),
    accept: trans.__('Drop'),
    text: [
      trans._n(
        'The content of %1 old version (%2) goes from this disk. The commits that need it stay: opened from the history, a version has a button that gets it again.',
        'The content of %1 old versions (%2) goes from this disk. The commits that need it stay: opened from the history, a version has a button that gets it again.',
        keys.length,
        formatSize(bytes)
      ),
      trans.__('Git-annex asks the other places first, and keeps what has not enough copies there.')
    ],
    names: chosen.map(found => oldVersionWords(found, trans)),
    commandLine: asShell(commandOf('dropOld', { dataset: model.dataset, keys }))
  });
  if (answer !== null) {
    await model.dropOld(keys);
  }
}
