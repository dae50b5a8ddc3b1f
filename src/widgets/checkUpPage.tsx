import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import { CheckUpView } from '../components/checkUp/checkUpView';
import type { ICure } from '../components/checkUp/findingSection';
import { lazyDialogs } from '../components/dialogs/lazyDialogs';
import { CheckUpModel } from '../models/checkUpModel';
import { asShell, commandOf } from '../protocol/command';
import type { Check, Found, FoundGroup } from '../protocol/checkUp';
import { shownName } from '../protocol/names';
import { formatSize } from '../protocol/size';
import { CommandIDs, type IDataladClient } from '../tokens';
import type { IPage } from './pageWidget';
import { type IPageOptions, nameOf } from './rulesPage';
import { useModel } from './useModel';

/** The check-up of a dataset. */
export function checkUpPage(options: IPageOptions): IPage {
  const { datalad, dataset, trans } = options;
  const model = new CheckUpModel(datalad, dataset);
  return {
    model,
    label: trans.__('Check-up of %1', nameOf(dataset)),
    render: active => <Connected {...options} model={model} active={active} />
  };
}

function Connected({
  model,
  dataset,
  datalad,
  commands,
  trans,
  active
}: IPageOptions & { model: CheckUpModel; active: boolean }): JSX.Element {
  const state = useModel(model, ({ state }) => state, active);
  return (
    <CheckUpView
      state={state}
      name={nameOf(dataset)}
      trans={trans}
      cureOf={group => cureOf(group, { model, commands, client: datalad.client, trans })}
      onOpen={({ path, commits = [] }: Found) =>
        void commands.execute(CommandIDs.history, {
          dataset,
          ...(path === undefined ? {} : { path }),
          ...(commits[0] === undefined ? {} : { commit: commits[0].id })
        })
      }
      onLook={checks => void model.look(checks)}
      onStop={() => model.stop()}
      onCheckContents={() => void commands.execute(CommandIDs.fsck, { dataset, content: true })}
    />
  );
}

interface ICureOptions {
  model: CheckUpModel;
  commands: CommandRegistry;
  client: IDataladClient;
  trans: TranslationBundle;
}

/** What mends a finding; null where that cannot be done from here. */
function cureOf(group: FoundGroup, { model, commands, client, trans }: ICureOptions): ICure | null {
  const { dataset } = model;
  const then = (command: string, args: { paths?: string[]; dataset: string }, check?: Check): void => {
    void commands.execute(command, args).then(() => (check === undefined ? undefined : model.look([check])));
  };
  switch (group.finding) {
    case 'no-copy': {
      const paths = group.items.flatMap(({ path }) => path ?? []);
      return { label: trans.__('Check What Is Here'), run: () => then(CommandIDs.fsck, { dataset, paths }, 'copies') };
    }
    case 'large-in-git':
      return { label: trans.__('Rules for Git and Annex'), run: () => then(CommandIDs.rules, { dataset }) };
    case 'leftover':
      return { label: trans.__('Clear Leftovers…'), run: () => then(CommandIDs.clean, { dataset }, 'leftovers') };
    case 'only-in-history':
    case 'unused':
      return group.items.some(isElsewhere)
        ? { label: trans.__('Drop Those With Other Copies…'), run: () => void dropOld(group, { model, client, trans }) }
        : null;
    default:
      return null;
  }
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
        'The content of %1 old version (%2) goes from this disk. The commits that need it stay, and a get brings it back.',
        'The content of %1 old versions (%2) goes from this disk. The commits that need it stay, and a get brings it back.',
        keys.length,
        formatSize(bytes)
      ),
      trans.__('Git-annex asks the other places first, and keeps what has not enough copies there.')
    ],
    names: chosen.map(({ name, where = [] }) => `${shownName(name)} – ${where.map(shownName).join(', ')}`),
    commandLine: asShell(commandOf('dropOld', { dataset: model.dataset, keys }))
  });
  if (answer !== null) {
    await model.dropOld(keys);
  }
}
