import { Clipboard } from '@jupyterlab/apputils';
import { BlameView } from '../components/blame/blameView';
import { useNow } from '../components/history/historySection';
import { lastName } from '../components/names';
import { BlameModel, type IBlameState, type ITextVersion } from '../models/blameModel';
import { asShell } from '../protocol/command';
import { files, relative } from '../protocol/command/typedPaths';
import type { ContentsPath } from '../protocol/paths';
import { CommandIDs } from '../tokens';
import { type IPageOptions, modelPage } from './modelPage';
import type { IPage } from './pageWidget';

/** Who changed each line of a text. */
export function blamePage(options: IPageOptions & { path?: ContentsPath }): IPage {
  const { datalad, dataset, path = dataset, trans } = options;
  const model = new BlameModel(datalad, dataset, path);
  return modelPage({
    model,
    label: trans.__('Who changed each line of %1', lastName(path)),
    view: state => <Connected {...options} model={model} state={state} />
  });
}

function Connected({
  model,
  state,
  dataset,
  commands,
  trans
}: IPageOptions & { model: BlameModel; state: IBlameState }): JSX.Element {
  const now = useNow();
  const { path } = state.version;
  return (
    <BlameView
      {...{ state, trans, now }}
      commandLine={blameLine(state.version, dataset)}
      onCopy={text => Clipboard.copyToSystem(text)}
      onHelp={command => void commands.execute(CommandIDs.help, { command })}
      onCommit={commit => void commands.execute(CommandIDs.history, { dataset, commit })}
      onUnsaved={() => void commands.execute(CommandIDs.diff, { dataset, path })}
      onVersion={version => model.open(version)}
      onBack={() => model.back()}
      onHistory={() => void commands.execute(CommandIDs.history, { dataset, path })}
      onMend={command => {
        if (command === CommandIDs.save) {
          void commands.execute(command, { dataset, paths: [path] });
        } else {
          void model.refresh();
        }
      }}
    />
  );
}

/** A file that is gone has to stand behind a mark. */
function blameLine({ path, commit }: ITextVersion, dataset: ContentsPath): string {
  const place = commit === null ? files([path], dataset) : [commit.slice(0, 10), '--', relative(path, dataset)];
  return asShell(['git', 'blame', ...place]);
}
