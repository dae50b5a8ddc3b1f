import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { fsPath } from '../bytes';
import { fileStamp } from '../fileStamp';
import { readRegular } from '../regularFile';
import { findEntry, type ITreeObject } from './treeObject';

/** Larger files are left to git, and so is what is larger once it is unpacked. */
const MOST_PACKED = 1 << 20;
const MOST = 4 << 20;
const HEADER = /^(blob|tree|commit|tag) (\d+)\0/;

const unpack = promisify(inflate);

/** A git object, whole in memory. */
export interface IGitObject {
  type: string;
  content: Buffer;
}

/**
 * Reads objects that lie in a file of their own, as those do that were made a moment ago: each start of git takes longer than all that
 * there is to read of one change.
 */
export class LooseObjects {
  private replaced: { stamp: string; answer: boolean } | undefined;

  constructor(private readonly commonDir: string) {}

  /** Null where git is to be asked: the object is in a pack, is not what its name says, is large, or another one may stand for it. */
  async read(oid: string): Promise<IGitObject | null> {
    const packed = await readRegular(join(this.commonDir, 'objects', oid.slice(0, 2), oid.slice(2)), MOST_PACKED);
    if (packed === null || (await this.mayBeReplaced())) {
      return null;
    }
    const whole = await unpack(packed, { maxOutputLength: MOST }).catch(() => null);
    const [header = '', type = '', size] = HEADER.exec(whole?.toString('latin1', 0, 32) ?? '') ?? [];
    if (whole === null || Number(size) !== whole.length - header.length || digest(whole, oid) !== oid) {
      return null;
    }
    return { type, content: whole.subarray(header.length) };
  }

  /** A tree; null where git is to be asked. */
  async readTree(oid: string): Promise<ITreeObject | null> {
    const object = await this.read(oid);
    return object?.type === 'tree' ? { bytes: object.content, oidBytes: oid.length / 2 } : null;
  }

  /** The id of the tree of a commit, or of a folder in it; null where git is to be asked, and where there is no such folder. */
  async treeOf(commit: string, folder = ''): Promise<string | null> {
    const object = await this.read(commit);
    const [, top] = /^tree ([0-9a-f]+)\n/.exec(object?.content.toString('latin1', 0, 80) ?? '') ?? [];
    let oid = object?.type === 'commit' ? (top ?? null) : null;
    for (const name of folder === '' ? [] : folder.split('/')) {
      const tree: ITreeObject | null = oid === null ? null : await this.readTree(oid);
      const entry = tree === null ? undefined : findEntry(tree, name);
      oid = entry?.isFolder === true ? entry.oid : null;
    }
    return oid;
  }

  /** Whether `git replace` was used here: git then shows another object than the one that was asked for. */
  private async mayBeReplaced(): Promise<boolean> {
    const [folder, packed] = [join(this.commonDir, 'refs/replace'), join(this.commonDir, 'packed-refs')];
    const stamp = (await Promise.all([folder, packed].map(fileStamp))).join();
    if (this.replaced?.stamp !== stamp) {
      const names = await readdir(fsPath(folder)).catch(() => []);
      const refs = await readFile(fsPath(packed)).catch(() => Buffer.alloc(0));
      this.replaced = { stamp, answer: names.length > 0 || refs.includes(' refs/replace/') };
    }
    return this.replaced.answer;
  }
}

function digest(whole: Buffer, oid: string): string {
  return createHash(oid.length === 40 ? 'sha1' : 'sha256')
    .update(whole)
    .digest('hex');
}
