import { ProvenanceView } from '../components/provenance/provenanceView';
import { lastName } from '../components/names';
import { ProvenanceModel } from '../models/provenanceModel';
import type { ContentsPath } from '../protocol/paths';
import { datasetName, type IPageOptions, modelPage } from './modelPage';
import type { IPage } from './pageWidget';

/** What was made of what in a dataset, or what led to one file. */
export function provenancePage({ datalad, dataset, path, commands, trans }: IPageOptions & { path?: ContentsPath }): IPage {
  const model = new ProvenanceModel(datalad.client, dataset, path ?? null);
  const title =
    path === undefined ? trans.__('Provenance of %1', datasetName(dataset)) : trans.__('How %1 was made', lastName(path));
  return modelPage({
    model,
    label: title,
    view: state => (
      <ProvenanceView
        state={state}
        dataset={dataset}
        title={title}
        ofFile={model.path !== null}
        trans={trans}
        execute={(command, args) => void commands.execute(command, args)}
        onRefresh={() => void model.refresh()}
        onSave={saveText}
        onExport={emails =>
          void model.document(emails).then(text => text !== null && saveText('provenance.jsonld', 'application/ld+json', text))
        }
      />
    )
  });
}

/** Hands a text to the browser's downloads. */
function saveText(name: string, type: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
