import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDialogs, IRestoreQuestion } from '../components/dialogs/dialogs';
import { lazyDialogs } from '../components/dialogs/lazyDialogs';
import { relativeText } from '../components/names';
import { VersionView } from '../components/version/versionView';
import { asShell, commandOf } from '../protocol/command';
import { MOST_TEXT } from '../protocol/compare';
import { shownName } from '../protocol/names';
import type { ContentsPath } from '../protocol/paths';
import type { CommitId } from '../protocol/revision';
import { CommandIDs } from '../tokens';
import { CompareWidget, getContent, type IContentOptions } from './compareWidget';
import { useModel } from './useModel';

/** A file or folder in a commit. */
export interface IVersionRequest {
  readonly dataset: ContentsPath;
  /** As it was called then; the dataset itself: all of it. */
  readonly path: ContentsPath;
  readonly commit: CommitId;
  readonly folder?: boolean;
}

/**
 * A file as it was in a commit, in the main area: a side that is compared with itself. Of a folder it is what is there and was not in
 * the commit before all others.
 */
export class VersionWidget extends CompareWidget {
  constructor(
    private readonly version: IVersionRequest,
    options: IContentOptions
  ) {
    const { dataset, path, commit, folder = false } = version;
    const place = path === dataset ? {} : { path };
    super({ ...options, request: { dataset, ...place, from: folder ? 'nothing' : commit, to: commit } });
  }

  protected override render(): JSX.Element {
    return <Connected {...this.options} {...this.version} model={this.model} active={this.isVisible} now={Date.now()} />;
  }

  protected override get label(): string {
    return versionTitle(this.version, this.options.trans);
  }
}

/** What a version is called, for people. */
export function versionTitle({ dataset, path, commit }: IVersionRequest, trans: TranslationBundle): string {
  return trans.__('%1 as it was in %2', shownName(nameOf(path, dataset)), commit.slice(0, 10));
}

/** Relative to its dataset, which has its own name. */
function nameOf(path: ContentsPath, dataset: ContentsPath): string {
  const text = relativeText(path, dataset);
  return path === dataset ? text.slice(text.lastIndexOf('/') + 1) || '/' : text;
}

type IConnectedProps = IContentOptions & IVersionRequest & { model: CompareWidget['model']; active: boolean; now: number };

function Connected(props: IConnectedProps): JSX.Element {
  const { model, dataset, path, commit, folder = false, datalad, commands, languages, trans, active, now } = props;
  const state = useModel(model, ({ state }) => state, active);
  return (
    <VersionView
      state={state}
      name={nameOf(path, dataset)}
      {...{ folder, languages, trans, now }}
      onGet={key => getContent(props, { dataset, path, key })}
      onOpen={file => void commands.execute(CommandIDs.openVersion, { dataset, path: file.path, commit })}
      onRestore={file =>
        void restore(
          { dataset, path: file?.path ?? path, isFolder: folder && file === null, commit },
          { commands, dialogs: lazyDialogs(trans, datalad.client) }
        )
      }
      onWhole={() => model.readMore(MOST_TEXT)}
      onAsText={asText => model.readAsText(asText)}
      onRefresh={() => void model.refresh()}
      onCompare={
        commands.hasCommand(CommandIDs.diff)
          ? () =>
              void commands.execute(CommandIDs.diff, {
                dataset,
                ...(path === dataset ? {} : { path }),
                from: commit,
                to: 'worktree'
              })
          : null
      }
    />
  );
}

/** Asks how much is to come back, and brings that. */
async function restore(
  place: Omit<IRestoreQuestion, 'commandLine'>,
  { commands, dialogs }: { commands: IContentOptions['commands']; dialogs: Pick<IDialogs, 'restore'> }
): Promise<void> {
  const { dataset, commit } = place;
  const commandLine = (path: ContentsPath): string => asShell(commandOf('restore', { dataset, paths: [path], commit }));
  const path = await dialogs.restore({ ...place, commandLine });
  if (path !== null) {
    await commands.execute(CommandIDs.restore, { dataset, paths: [path], commit });
  }
}
