import { RulesView } from '../components/rules/rulesView';
import { RulesModel } from '../models/rulesModel';
import { CommandIDs } from '../tokens';
import { datasetName, type IPageOptions, modelPage } from './modelPage';
import type { IPage } from './pageWidget';

/** The rules of a dataset. */
export function rulesPage({ datalad, dataset, commands, trans }: IPageOptions): IPage {
  const model = new RulesModel(datalad, dataset);
  // One for all drawings: another one would try the rules anew.
  const onTry: RulesModel['try'] = (more, signal) => model.try(more, signal);
  return modelPage({
    model,
    label: trans.__('Rules of %1', datasetName(dataset)),
    view: state => (
      <RulesView
        state={state}
        name={datasetName(dataset)}
        trans={trans}
        onTry={onTry}
        onWrite={async edit => (await model.write(edit))?.failure ?? null}
        onFile={file => model.show(file)}
        onCompare={path => void commands.execute(CommandIDs.diff, { dataset, path })}
        onRefresh={() => void model.refresh()}
      />
    )
  });
}
