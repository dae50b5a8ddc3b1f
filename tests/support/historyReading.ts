import * as v from 'valibot';
import { type CallInput, type CallOutput, calls } from '../../src/protocol/contract';
import type { Commit } from '../../src/protocol/history';
import { contentsPath } from '../../src/protocol/paths';
import { encodePath } from '../../src/server/bytes';
import type { Reading } from './reading';
import type { Workspace } from './workspace';

export type HistoryQuery = Omit<CallInput<'history'>, 'dataset'>;

/** Questions about the past as the browser asks them: what is answered travels as JSON, and is parsed again. */
export class HistoryReading {
  /** Its parts exist once the tests run. */
  constructor(private readonly place: Readonly<{ reading: Reading; workspace: Workspace }>) {}

  protected get reading(): Reading {
    return this.place.reading;
  }

  async page(dataset: string, query: HistoryQuery = {}): Promise<CallOutput<'history'>> {
    const { datasets, signal } = this.place.reading;
    const answer = await datasets.history.history(v.parse(calls.history.input, { dataset, ...query }), signal);
    return v.parse(calls.history.output, JSON.parse(JSON.stringify(answer)));
  }

  /** All of it, page by page. */
  async whole(dataset: string, query: HistoryQuery = {}): Promise<Commit[]> {
    const commits: Commit[] = [];
    for (let cursor: HistoryQuery['cursor']; ;) {
      const { commits: some, next } = await this.page(dataset, { ...query, ...(cursor === undefined ? {} : { cursor }) });
      commits.push(...some);
      if (next === null) {
        return commits;
      }
      cursor = next;
    }
  }

  async details(dataset: string, commit: string, parent?: string): Promise<CallOutput<'commit'>> {
    const input = v.parse(calls.commit.input, { dataset, commit, ...(parent === undefined ? {} : { parent }) });
    const { datasets, signal } = this.place.reading;
    return v.parse(calls.commit.output, JSON.parse(JSON.stringify(await datasets.history.commit(input, signal))));
  }

  async blame(dataset: string, path: string, commit?: string): Promise<CallOutput<'blame'>> {
    const { datasets, signal } = this.place.reading;
    const input = v.parse(calls.blame.input, {
      dataset,
      path: `${dataset}/${path}`,
      ...(commit === undefined ? {} : { commit })
    });
    return v.parse(calls.blame.output, JSON.parse(JSON.stringify(await datasets.history.blame(input, signal))));
  }

  async subdatasets(dataset: string, commits: readonly string[]): Promise<string[]> {
    const { datasets, signal } = this.place.reading;
    return (await datasets.history.historyMarks(v.parse(calls.historyMarks.input, { dataset, commits }), signal)).subdatasets;
  }

  /** Git in a dataset. */
  async git(dataset: string, ...args: string[]): Promise<string> {
    return (await this.place.workspace.git(args, this.place.workspace.path(dataset))).trimEnd();
  }

  /** Ids, as git lists them itself. */
  async log(dataset: string, ...args: string[]): Promise<string[]> {
    return (await this.git(dataset, 'log', '--format=%H', ...args)).split('\n').filter(Boolean);
  }
}

export function idsOf(commits: readonly Commit[]): string[] {
  return commits.map(({ id }) => id);
}

/** A path of any bytes as it travels. */
export function travelling(path: string): ReturnType<typeof contentsPath> {
  return contentsPath(/[\udc80-\udcff]/u.test(path) ? `bytes:${encodePath(path).toString('base64url')}` : path);
}
