import type { IStateDB } from '@jupyterlab/statedb';
import { type ISignal, Signal } from '@lumino/signaling';
import * as v from 'valibot';
import { FRESH_MEMORY, type IMemory, SECTIONS } from '../components/types';
import { ContentsPath } from '../protocol/paths';

const KEY = 'jupyterlab-datalad:panel';
/** Datasets remembered; those not seen for longest are forgotten. */
const MANY = 100;

const Memory = v.object({
  open: v.array(v.picklist(SECTIONS)),
  message: v.string(),
  flipped: v.array(ContentsPath),
  options: v.object({ recursive: v.boolean(), toGit: v.boolean(), amend: v.boolean(), versionTag: v.optional(v.string(), '') })
});
const Saved = v.record(v.string(), Memory);

/** What the panel remembers of each dataset; kept in JupyterLab's state database where there is one. */
export class PanelMemory {
  constructor(private readonly database: IStateDB | null) {}

  readonly changed: ISignal<this, void> = new Signal<this, void>(this);

  /** Reads what was kept; anything unreadable counts as nothing kept. */
  async restore(): Promise<void> {
    const kept = v.safeParse(Saved, await this.database?.fetch(KEY));
    if (kept.success) {
      // What was written in the meantime is newer.
      this.memories = new Map([...Object.entries(kept.output), ...this.memories]);
      this.tell();
    }
  }

  get(dataset: ContentsPath | null): IMemory {
    return this.memories.get(key(dataset)) ?? FRESH_MEMORY;
  }

  update(dataset: ContentsPath | null, patch: Partial<IMemory>): void {
    const next = { ...this.get(dataset), ...patch };
    this.memories.delete(key(dataset));
    this.memories.set(key(dataset), next);
    for (const old of [...this.memories.keys()].slice(0, Math.max(0, this.memories.size - MANY))) {
      this.memories.delete(old);
    }
    this.tell();
    this.keepSoon();
  }

  dispose(): void {
    clearTimeout(this.timer);
    Signal.clearData(this);
  }

  private memories = new Map<string, IMemory>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  private tell(): void {
    (this.changed as Signal<this, void>).emit();
  }

  /** Typing a message must not write the database with each letter. */
  private keepSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      void this.database?.save(KEY, Object.fromEntries([...this.memories].map(([dataset, memory]) => [dataset, plain(memory)])));
    }, 1000);
  }
}

// Contents paths never begin with a slash, so this cannot be one.
function key(dataset: ContentsPath | null): string {
  return dataset ?? '/';
}

/** A copy that the state database takes: its types know nothing of readonly arrays. */
function plain({ open, message, flipped, options }: IMemory): v.InferOutput<typeof Memory> {
  return { open: [...open], message, flipped: [...flipped], options: { ...options } };
}
