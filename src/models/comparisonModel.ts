import type { AskedSide, Difference, Differences, Hunks, SideContent } from '../protocol/compare';
import { type Failure, expectedFailure } from '../protocol/failure';
import { type ContentsPath, folderOf } from '../protocol/paths';
import type { IDataladClient, IRowsModel } from '../tokens';
import { WatchingModel } from './watchingModel';

/** What is compared. */
export interface ICompareRequest {
  readonly dataset: ContentsPath;
  /** A file, or a folder; absent: the whole dataset. */
  readonly path?: ContentsPath;
  readonly from: AskedSide;
  /** The same as `from`: the file as it is on that side. */
  readonly to: AskedSide;
}

/** What is compared, and whether other sides are to be chosen. */
export interface IComparisonOpening extends ICompareRequest {
  readonly choose?: boolean;
}

/** One file on both sides. */
export interface IComparedFile {
  /** Null while nothing differs. */
  readonly difference: Difference | null;
  readonly before: SideContent;
  readonly after: SideContent;
}

export interface IComparisonState {
  /** `loading` only before the first answer. */
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly differences: Differences | null;
  /** Null where a list of files is compared. */
  readonly file: IComparedFile | null;
  readonly failure: Failure | null;
}

/** Two sides of a dataset or of one file. */
export class ComparisonModel extends WatchingModel<IComparisonState> {
  constructor(
    private readonly services: { client: IDataladClient; rows: IRowsModel },
    readonly request: ICompareRequest
  ) {
    const { client, rows } = services;
    const state: IComparisonState = { phase: 'loading', differences: null, file: null, failure: null };
    super({ client, dataset: request.dataset, state, folder: { rows, path: folderAround(request) } });
  }

  /** Text of up to so many bytes is read from now on. */
  readMore(most: number): void {
    this.most = most;
    void this.refresh();
  }

  /** Images that are text as such, or as what they show. */
  readAsText(asText: boolean): void {
    if (asText !== this.asText) {
      this.asText = asText;
      void this.refresh();
    }
  }

  /** What changed in texts that are too large to be read. */
  hunks(differences: Differences | null, ignoreSpace: boolean): Promise<Hunks> {
    return this.services.client.call('hunks', { ...this.place(differences), ignoreSpace });
  }

  protected override async read(): Promise<void> {
    try {
      const { client } = this.services;
      const differences = await client.call('differences', this.request);
      const { path } = this.request;
      const isList = path === undefined || differences.files.some(file => file.path !== path && file.oldPath !== path);
      const file = isList ? null : await this.readFile(differences);
      const isFolder = file !== null && [file.before, file.after].every(({ body }) => body.type === 'absent');
      this.set({ phase: 'ready', differences, file: isFolder && differences.files.length === 0 ? null : file, failure: null });
    } catch (error) {
      this.set({ phase: 'failed', failure: expectedFailure(error) });
    }
  }

  private async readFile(differences: Differences): Promise<IComparedFile> {
    const { client } = this.services;
    const difference = differences.files[0] ?? null;
    const { dataset, oldPath, path: newPath, from, to } = this.place(differences);
    const how = { ...(this.most === undefined ? {} : { most: this.most }), asText: this.asText };
    const first = client.call('content', { dataset, path: oldPath ?? newPath, side: from, ...how });
    const second = from === to ? first : client.call('content', { dataset, path: newPath, side: to, ...how });
    const [before, after] = await Promise.all([first, second]);
    const known = this.state.file;
    return {
      difference,
      // What is as before stays the same object, so that nothing is drawn again.
      before: known !== null && isSame(known.before, before) ? known.before : before,
      after: known !== null && isSame(known.after, after) ? known.after : after
    };
  }

  /** Where both sides of the file are: by ids, so that all reads of one turn speak of the same commits. */
  private place(
    differences: Differences | null
  ): { dataset: ContentsPath; path: ContentsPath; oldPath?: ContentsPath } & Pick<ICompareRequest, 'from' | 'to'> {
    const { dataset, path, from, to } = this.request;
    const difference = differences?.files[0];
    return {
      dataset,
      path: difference?.path ?? path ?? dataset,
      ...(difference?.oldPath === undefined ? {} : { oldPath: difference.oldPath }),
      from: differences?.from.side ?? from,
      to: differences?.to.side ?? to
    };
  }

  private most: number | undefined;
  private asText = false;
}

/** The folder whose changes concern it. */
function folderAround({ dataset, path }: ICompareRequest): ContentsPath {
  return path === undefined || path.startsWith('bytes:') || path === dataset ? dataset : folderOf(path);
}

/** Texts of many megabytes are compared as such, the rest as JSON. */
function isSame(one: SideContent, other: SideContent): boolean {
  const bare = ({ body, ...rest }: SideContent): string =>
    JSON.stringify([rest, { ...body, ...('text' in body ? { text: '' } : {}), ...('data' in body ? { data: '' } : {}) }]);
  const bulk = ({ body }: SideContent): string => ('text' in body ? body.text : 'data' in body ? body.data : '');
  return bare(one) === bare(other) && bulk(one) === bulk(other);
}
