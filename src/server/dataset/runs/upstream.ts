import type { Provenance } from '../../../protocol/provenance';

/** The part of a graph that led to the file that was asked about. */
export function upstreamOf(graph: Provenance): Provenance {
  const { focus } = graph;
  const makers = new Map<number, number[]>();
  graph.runs.forEach(({ outputs }, run) => outputs.forEach(file => makers.set(file, [...(makers.get(file) ?? []), run])));
  const [files, runs] = [new Set<number>(), new Set<number>()];
  for (let due = focus === null ? [] : [focus.file]; due.length > 0;) {
    const next: number[] = [];
    for (const file of due.filter(one => !files.has(one))) {
      files.add(file);
      for (const run of (makers.get(file) ?? []).filter(one => !runs.has(one))) {
        runs.add(run);
        const { inputs = [], extra = [] } = graph.runs[run] ?? {};
        next.push(...inputs, ...extra);
      }
    }
    due = next;
  }
  const [oldFiles, oldRuns] = [[...files], [...runs].sort((one, other) => one - other)];
  const place = new Map(oldFiles.map((file, at) => [file, at]));
  const known = (list: readonly number[]): number[] => list.flatMap(file => place.get(file) ?? []);
  return {
    ...graph,
    files: oldFiles.flatMap(file => graph.files[file] ?? []),
    runs: oldRuns.flatMap(run => {
      const one = graph.runs[run];
      return one === undefined
        ? []
        : [
            {
              ...one,
              inputs: known(one.inputs),
              extra: known(one.extra),
              changed: known(one.changed),
              outputs: known(one.outputs)
            }
          ];
    }),
    focus: focus && { file: place.get(focus.file) ?? 0, run: focus.run === null ? null : oldRuns.indexOf(focus.run) }
  };
}
