import { type FSWatcher, watch } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { LineSplitter } from '../../process/lineSplitter';
import { Trace } from './trace';

const LONGEST_LINE = 64 * 1024;

interface ITraceOptions {
  /** See {@link Trace}. */
  readonly added: number | null;
  /** Called when something more is known. */
  readonly told: () => void;
}

/** The file into which a kernel tells what it does, followed while it is written to. It goes with its folder. */
export class TraceFile {
  readonly trace: Trace;
  private readonly watcher: FSWatcher;
  private reading: Promise<void> = Promise.resolve();
  private readonly lines = new LineSplitter({
    maxLength: LONGEST_LINE,
    line: text => this.trace.add(text),
    overlong: () => undefined
  });

  private constructor(
    readonly path: string,
    private readonly file: FileHandle,
    { added, told }: ITraceOptions
  ) {
    this.trace = new Trace(added);
    this.watcher = watch(path, () => void this.read().then(told));
    // Progress is not worth more: at the end it is read as a whole.
    this.watcher.on('error', () => undefined);
  }

  static async create(folder: string, options: ITraceOptions): Promise<TraceFile> {
    const path = join(folder, 'trace');
    return new TraceFile(path, await open(path, 'wx+', 0o600), options);
  }

  /** Resolves when all that was told has been read. */
  read(): Promise<void> {
    this.reading = this.reading.then(async () => {
      const buffer = Buffer.alloc(LONGEST_LINE);
      for (;;) {
        const { bytesRead } = await this.file.read(buffer, 0, buffer.length);
        if (bytesRead === 0) {
          return;
        }
        this.lines.push(Buffer.from(buffer.subarray(0, bytesRead)));
      }
    });
    return this.reading;
  }

  async dispose(): Promise<void> {
    this.watcher.close();
    await this.reading.catch(() => undefined);
    await this.file.close();
  }
}
