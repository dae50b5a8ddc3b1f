import { VersionView } from '../components/version/versionView';
import { MOST_TEXT } from '../protocol/compare';
import { CommandIDs } from '../tokens';
import { CompareWidget, type ICompareWidgetOptions, nameOf } from './compareWidget';
import { useModel } from './useModel';

/** A file as it was in a commit, in the main area: a side that is compared with itself. */
export class VersionWidget extends CompareWidget {
  protected override render(): JSX.Element {
    return <Connected {...this.options} model={this.model} active={this.isVisible} now={Date.now()} />;
  }

  protected override get label(): string {
    const { request, trans } = this.options;
    return trans.__('%1 as it was in %2', nameOf(request), request.to.slice(0, 10));
  }
}

type IConnectedProps = ICompareWidgetOptions & { model: CompareWidget['model']; active: boolean; now: number };

function Connected({ model, request, datalad, commands, languages, trans, active, now }: IConnectedProps): JSX.Element {
  const state = useModel(model, ({ state }) => state, active);
  const { dataset, path = dataset } = request;
  return (
    <VersionView
      state={state}
      name={nameOf(request)}
      {...{ languages, trans, now }}
      canGet={key => datalad.rows.get(path)?.key === key}
      onGet={() => void commands.execute(CommandIDs.get, { paths: [path] })}
      onWhole={() => model.readMore(MOST_TEXT)}
      onAsText={asText => model.readAsText(asText)}
      onRefresh={() => void model.refresh()}
    />
  );
}
