/** A cell of code, by its source, or with tags. */
type Cell = string | { readonly source: string; readonly tags: readonly string[] };

/** A notebook in the format that JupyterLab writes; an empty kernel is none. */
export function makeNotebook(cells: readonly Cell[], kernel = 'python3'): string {
  const written = cells.map((cell, at) => ({
    cell_type: 'code',
    execution_count: null,
    id: `cell-${at}`,
    metadata: typeof cell === 'string' ? {} : { tags: cell.tags },
    outputs: [],
    source: [typeof cell === 'string' ? cell : cell.source]
  }));
  const metadata =
    kernel === ''
      ? {}
      : { kernelspec: { display_name: kernel, language: kernel === 'python3' ? 'python' : kernel, name: kernel } };
  return JSON.stringify({ cells: written, metadata, nbformat: 4, nbformat_minor: 5 });
}
