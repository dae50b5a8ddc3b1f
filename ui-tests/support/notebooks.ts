/** A notebook of format 4 with one cell of code for each source, for Python's kernel. */
export function makeNotebook(...sources: readonly string[]): string {
  const cells = sources.map((source, at) => ({
    cell_type: 'code',
    execution_count: null,
    id: `cell-${at}`,
    metadata: {},
    outputs: [],
    source
  }));
  const kernelspec = { display_name: 'Python 3 (ipykernel)', language: 'python', name: 'python3' };
  return JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 });
}
