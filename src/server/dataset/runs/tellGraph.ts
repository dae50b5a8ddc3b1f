import { join } from 'node:path';
import type { GraphFile, GraphRun, Provenance, Software } from '../../../protocol/provenance';
import { TREE } from '../../git/entry';
import type { AbsolutePath, PathBoundary } from '../../paths';
import type { IHit } from './expand';

import { commandOf } from './runFacts';
import { idOf, type IMade } from './runGraph';
import type { ISurvey } from './survey';

const LONGEST_COMMAND = 300;
const MANY_MISSING = 20;

interface ITold {
  readonly boundary: PathBoundary;
  /** The version of the file that was asked about. */
  readonly focused: IHit | undefined;
  /** What is known of software that runs used, by {@link idOf}. */
  readonly software: ReadonlyMap<string, Software>;
}

/** A survey as a page gets it: files and runs in two lists, told of each other by their places. */
export function tellGraph(survey: ISurvey, { boundary, focused, software }: ITold): Provenance {
  const { now, stale, made, count, whole, absent } = survey;
  const hits = new Map(survey.hits);
  if (focused !== undefined) {
    hits.set(idOf(focused), focused);
  }
  const ids = [...hits.keys()];
  const places = new Map(ids.map((id, at) => [id, at]));
  const versions = new Map<string, number>();
  hits.forEach(hit => versions.set(placeOf(hit), (versions.get(placeOf(hit)) ?? 0) + 1));
  const files = [...hits].map(([id, hit]): GraphFile => {
    const place = placeOf(hit);
    const present = now.get(place) ?? (hit === focused ? hit : undefined);
    const known = software.get(id);
    return {
      path: boundary.toContents(place),
      state: present === undefined ? 'gone' : stale.same(present, hit) ? 'current' : 'earlier',
      ...((versions.get(place) ?? 0) > 1 ? { version: hit.oid.slice(0, 7) } : {}),
      ...(hit.mode === TREE ? { folder: true as const } : {}),
      ...(known === undefined ? {} : { software: known })
    };
  });
  const at = (list: readonly IHit[]): number[] => [...new Set(list.map(hit => places.get(idOf(hit)) ?? 0))];
  const runs = made.map(one => tellRun(one, { survey, boundary, at }));
  const file = focused === undefined ? undefined : places.get(idOf(focused));
  const run = file === undefined ? -1 : runs.findIndex(({ outputs }) => outputs.includes(file));
  return {
    files,
    runs,
    focus: file === undefined ? null : { file, run: run < 0 ? null : run },
    count,
    absent: absent.map(place => boundary.toContents(place)),
    ...(whole ? {} : { cut: true as const })
  };
}

function tellRun(
  made: IMade,
  { survey: { stale }, boundary, at }: { survey: ISurvey; boundary: PathBoundary; at(list: readonly IHit[]): number[] }
): GraphRun {
  const { run, repository, inputs, extra, outputs, missing, more } = made;
  const { record } = run;
  const kind = stale.kind(made);
  return {
    dataset: boundary.toContents(repository.root),
    commit: run.commit,
    title: run.title,
    author: run.author,
    time: run.time,
    ...(record.state === 'read' ? { command: commandOf(record.data.cmd).slice(0, LONGEST_COMMAND) } : {}),
    ...(record.state === 'read' && record.data.exit !== undefined ? { exit: record.data.exit } : {}),
    inputs: at(inputs),
    extra: at(extra),
    outputs: at(outputs),
    missing: missing.slice(0, MANY_MISSING).map(name => name.slice(0, LONGEST_COMMAND)),
    ...(kind === undefined ? {} : { stale: kind }),
    changed: at(stale.changed(made)),
    ...(more ? { more: true as const } : {})
  };
}

/** Where a version is, or was. */
export function placeOf({ root, path }: IHit): AbsolutePath {
  return join(root, path) as AbsolutePath;
}
