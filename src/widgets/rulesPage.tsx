import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import { useCallback } from 'react';
import { lastName } from '../components/names';
import { RulesView } from '../components/rules/rulesView';
import { RulesModel } from '../models/rulesModel';
import type { ContentsPath } from '../protocol/paths';
import { CommandIDs, type IDatalad } from '../tokens';
import type { IPage } from './pageWidget';
import { useModel } from './useModel';

export interface IPageOptions {
  dataset: ContentsPath;
  datalad: IDatalad;
  commands: CommandRegistry;
  trans: TranslationBundle;
}

/** The rules of a dataset. */
export function rulesPage(options: IPageOptions): IPage {
  const { datalad, dataset, trans } = options;
  const model = new RulesModel(datalad, dataset);
  return {
    model,
    label: trans.__('Rules of %1', nameOf(dataset)),
    render: active => <Connected {...options} model={model} active={active} />
  };
}

/** A dataset for people. */
export function nameOf(dataset: ContentsPath): string {
  return lastName(dataset) || '/';
}

function Connected({
  model,
  dataset,
  commands,
  trans,
  active
}: IPageOptions & { model: RulesModel; active: boolean }): JSX.Element {
  const state = useModel(model, ({ state }) => state, active);
  const onTry = useCallback<RulesModel['try']>((more, signal) => model.try(more, signal), [model]);
  return (
    <RulesView
      state={state}
      name={nameOf(dataset)}
      trans={trans}
      onTry={onTry}
      onWrite={async edit => (await model.write(edit))?.failure ?? null}
      onFile={file => model.show(file)}
      onCompare={path => void commands.execute(CommandIDs.diff, { dataset, path })}
      onRefresh={() => void model.refresh()}
    />
  );
}
