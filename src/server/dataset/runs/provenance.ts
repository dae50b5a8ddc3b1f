import type { CallOutput, ParsedCallInput } from '../../../protocol/contract';
import { fail } from '../../../protocol/failure';
import type { ContentsPath } from '../../../protocol/paths';
import { isWithin } from '../../nesting';
import type { AbsolutePath, PathBoundary } from '../../paths';
import type { Repositories } from '../repositories';
import type { Repository } from '../repository';
import type { IHit } from './expand';

import { writeProv } from './prov/document';
import { RunIndexes } from './runIndex';
import { SoftwareReader } from './software';
import { type ISurvey, Surveyor } from './survey';
import { tellGraph } from './tellGraph';
import type { IPython } from './unpack';
import { upstreamOf } from './upstream';

/** Tells what was made of what. */
export class ProvenanceReader {
  /** For whoever works with runs: one index for each dataset. */
  readonly indexes: RunIndexes;
  private readonly surveyor: Surveyor;
  private readonly software = new SoftwareReader();

  constructor(
    private readonly boundary: PathBoundary,
    private readonly repositories: Repositories,
    python: IPython
  ) {
    this.indexes = new RunIndexes(python);
    this.surveyor = new Surveyor({ indexes: this.indexes, installed: root => this.installed(root) });
  }

  provenance = async (
    { dataset, path }: ParsedCallInput<'provenance'>,
    signal: AbortSignal
  ): Promise<CallOutput<'provenance'>> => {
    const survey = await this.surveyor.survey(await this.open(dataset), signal);
    if (survey === null) {
      return { files: [], runs: [], focus: null, count: 0, absent: [] };
    }
    const focused = await this.focused(survey, path, signal);
    const software = await this.software.read(survey, signal);
    const graph = tellGraph(survey, { boundary: this.boundary, focused, software });
    return path === undefined ? graph : upstreamOf(graph);
  };

  provDocument = async (
    { dataset, path, emails = false }: ParsedCallInput<'provDocument'>,
    signal: AbortSignal
  ): Promise<CallOutput<'provDocument'>> => {
    const survey = await this.surveyor.survey(await this.open(dataset), signal);
    if (survey === null) {
      return fail('not-found', 'Nothing was saved here yet.');
    }
    const focused = await this.focused(survey, path, signal);
    if (path !== undefined && focused === undefined) {
      return fail('not-found', 'The last save has no such file.', { parameters: { path } });
    }
    const software = await this.software.read(survey, signal);
    return { text: await writeProv(survey, { focused, software, emails, signal }) };
  };

  private async focused(survey: ISurvey, path: ContentsPath | undefined, signal: AbortSignal): Promise<IHit | undefined> {
    return path === undefined ? undefined : await this.surveyor.nowAt(survey, this.placeIn(survey.top, path), signal);
  }

  private async open(dataset: ContentsPath): Promise<Repository> {
    const root = await this.repositories.rootOf(this.boundary.resolve(dataset));
    return root === null ? fail('not-a-dataset', 'There is no dataset here.') : await this.repositories.open(root);
  }

  /** The dataset that is installed just there. */
  private async installed(root: AbsolutePath): Promise<Repository | null> {
    return this.boundary.contains(root) && (await this.repositories.isRoot(root)) ? await this.repositories.open(root) : null;
  }

  private placeIn(top: Repository, path: ContentsPath): AbsolutePath {
    const place = this.boundary.resolve(path);
    return isWithin(place, top.root) && place !== top.root
      ? place
      : fail('outside-root', `${path} is not in this dataset.`, { parameters: { path } });
  }
}
