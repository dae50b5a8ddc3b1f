import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../../protocol/failure';
import { KeyReader } from '../annex/keys';
import { ObjectStore } from '../annex/presence';
import { CurrentIndex } from '../git/index/currentIndex';
import { fsPath } from '../bytes';
import { GitReader } from '../git/reader';
import { readRefs } from '../git/refs';
import { findRepositoryFolder, type IRepositoryFolder } from '../git/repositoryFolder';
import type { AbsolutePath } from '../paths';
import { ContentCheck } from './contentCheck';

/** One dataset or plain git repository, opened for reading: what its parts need to answer, and what they remember. */
export class Repository {
  readonly git: GitReader;
  readonly index: CurrentIndex;
  readonly keys: KeyReader;
  readonly store: ObjectStore;
  readonly contents: ContentCheck;

  private constructor(
    readonly root: AbsolutePath,
    readonly folder: IRepositoryFolder,
    env: Record<string, string>
  ) {
    this.git = new GitReader(root, env, folder.commonDir);
    this.index = new CurrentIndex(this.git, folder);
    this.keys = new KeyReader(this.git);
    this.store = new ObjectStore(join(folder.commonDir, 'annex'));
    this.contents = new ContentCheck(this);
  }

  /** Fails with `not-a-dataset` when there is no repository. */
  static async open(root: AbsolutePath, env: Record<string, string>): Promise<Repository> {
    const folder = await findRepositoryFolder(root);
    return folder === null
      ? fail('not-a-dataset', 'This folder is not a dataset any more, or its .git folder is broken.')
      : new Repository(root, folder, env);
  }

  /** `none`: a plain git repository; `uninitialised`: files may be annexed, but git-annex never ran here. */
  async annexState(): Promise<'none' | 'uninitialised' | 'ready'> {
    const config = await this.git.config();
    if (config.get('annex.uuid') !== undefined) {
      return 'ready';
    }
    const refs = await readRefs(this.git, ['refs/heads/git-annex', 'refs/remotes/*/git-annex']);
    return refs.size > 0 || (await this.isAnnexDataset()) ? 'uninitialised' : 'none';
  }

  /** Clones of one branch alone, such as shallow ones, lack the git-annex branch; DataLad's file says what they are. */
  private async isAnnexDataset(): Promise<boolean> {
    const [config, noAnnex] = await Promise.all(
      ['.datalad/config', '.noannex'].map(name =>
        lstat(fsPath(join(this.root, name))).then(
          () => true,
          () => false
        )
      )
    );
    return config === true && noAnnex === false;
  }
}
