import { readChanges } from '../changes';
import type { Repository } from '../repository';

/** How long an answer is good for, in milliseconds: edits in a dataset move no time stamp that is cheap to see. */
const AGE = 2_000;

interface IDirtyOptions {
  /** Called when the answer changed. */
  told(): void;
  /** The installed subdatasets directly in it. */
  subdatasets(): Promise<Repository[]>;
  isDirty(repository: Repository, age: number): Promise<boolean>;
}

/** Whether a dataset, or any subdataset installed below it, has unsaved changes. */
export class DirtyFlag {
  private dirty: boolean | null = null;
  private at = 0;
  private running: Promise<void> | null = null;

  constructor(
    private readonly repository: Repository,
    private readonly options: IDirtyOptions
  ) {}

  /** The last answer; null before the first. */
  get current(): boolean | null {
    return this.dirty;
  }

  forget(): void {
    this.at = 0;
  }

  /** Looks again unless the last look is younger than `age`. */
  async refresh(age = AGE): Promise<void> {
    if (this.dirty !== null && Date.now() - this.at < age) {
      return;
    }
    if (age === 0 && this.running !== null) {
      // What began before may have looked already at what changed since; its failure is told to who began it.
      await this.running.catch(() => undefined);
    }
    this.running ??= this.look(age).finally(() => (this.running = null));
    await this.running;
  }

  private async look(age: number): Promise<void> {
    const started = Date.now();
    const dirty = (await readChanges(this.repository)).size > 0 || (await this.below(age));
    const changed = this.dirty !== dirty;
    this.dirty = dirty;
    this.at = started;
    if (changed) {
      this.options.told();
    }
  }

  private async below(age: number): Promise<boolean> {
    for (const repository of await this.options.subdatasets()) {
      if (await this.options.isDirty(repository, age)) {
        return true;
      }
    }
    return false;
  }
}
