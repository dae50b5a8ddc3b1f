import { ProvenanceView } from '../components/provenance/provenanceView';
import { lastName } from '../components/names';
import { ProvenanceModel } from '../models/provenanceModel';
import type { ContentsPath } from '../protocol/paths';
import type { IPage } from './pageWidget';
import { type IPageOptions, nameOf } from './rulesPage';
import { useModel } from './useModel';

/** What was made of what in a dataset, or what led to one file. */
export function provenancePage(options: IPageOptions & { path?: ContentsPath }): IPage {
  const { datalad, dataset, path, trans } = options;
  const model = new ProvenanceModel(datalad.client, dataset, path ?? null);
  const title = path === undefined ? trans.__('Provenance of %1', nameOf(dataset)) : trans.__('How %1 was made', lastName(path));
  return {
    model,
    label: title,
    render: active => <Connected {...options} title={title} model={model} active={active} />
  };
}

function Connected({
  model,
  dataset,
  commands,
  trans,
  title,
  active
}: IPageOptions & { model: ProvenanceModel; title: string; active: boolean }): JSX.Element {
  const state = useModel(model, ({ state }) => state, active);
  return (
    <ProvenanceView
      state={state}
      dataset={dataset}
      title={title}
      ofFile={model.path !== null}
      trans={trans}
      execute={(command, args) => void commands.execute(command, args)}
      onRefresh={() => void model.refresh()}
      onSave={saveText}
    />
  );
}

/** Hands a text to the browser's downloads. */
function saveText(name: string, type: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
