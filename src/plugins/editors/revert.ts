import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { Contents } from '@jupyterlab/services';

export interface IRevertOptions {
  contents: Contents.IManager;
  /** The file as the document was read from it. */
  before: Pick<Contents.IModel, 'type' | 'format'>;
}

/**
 * Reads a document again, unless somebody types into it meanwhile. JupyterLab's own `revert` waits for the file and then replaces
 * whatever is there: so the file is read first, and `revert` is handed what was read in the same moment in which nothing was typed.
 * What was typed stays, and JupyterLab asks about the file on disk when it is saved.
 */
export async function revertUnlessTyped(context: DocumentRegistry.Context, { contents, before }: IRevertOptions): Promise<void> {
  const { path } = context;
  const { type, format } = before;
  const file = await contents
    .get(path, { type, content: true, hash: true, ...(format === null ? {} : { format }) })
    .catch(() => null);
  if (file === null || context.isDisposed || context.path !== path || context.model.dirty) {
    return;
  }
  const get = contents.get;
  const handOver: Contents.IManager['get'] = (asked, options) =>
    asked === path ? Promise.resolve(file) : get.call(contents, asked, options);
  contents.get = handOver;
  try {
    // Only promises that are kept already lie between this and the new text: no key press comes in between.
    await context.revert();
  } finally {
    if (contents.get === handOver) {
      contents.get = get;
    }
  }
}
