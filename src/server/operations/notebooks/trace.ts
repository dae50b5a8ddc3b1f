import * as v from 'valibot';

/** What the kernel tells while a notebook is executed, see `observer/startup.py`. */
const Line = v.union([
  v.tuple([v.literal('kernel')]),
  v.tuple([v.literal('cell'), v.number()]),
  v.tuple([v.literal('cell-end'), v.number(), v.boolean()]),
  v.tuple([v.literal('open'), v.picklist(['r', 'w', 'u']), v.string()]),
  v.tuple([v.literal('program'), v.string()]),
  v.tuple([v.literal('host'), v.string()])
]);

/** More than this is not remembered of one execution. */
const MOST = 20_000;

/** What is known of an execution so far. */
export class Trace {
  /** Files that were read before anything was written to them, and all that were written; absolute, in order. */
  readonly read = new Set<string>();
  readonly written = new Set<string>();
  readonly programs = new Set<string>();
  readonly hosts = new Set<string>();
  /** The kernel is one that tells. */
  observed = false;
  /** Cells begun and ended. */
  begun = 0;
  ended = 0;
  /** The cell in which an error was raised, which ends most executions. */
  failed: number | null = null;

  /** `added`: the cell that the notebook itself does not have, counted from 1; others are counted without it. */
  constructor(private readonly added: number | null = null) {}

  /** Takes one line; what is none is passed over, since a notebook can write to the file if it wants to. */
  add(text: string): void {
    const line = parseLine(text);
    switch (line?.[0]) {
      case 'kernel':
        this.observed = true;
        break;
      case 'cell':
        this.begun = this.own(line[1]);
        break;
      case 'cell-end':
        this.ended = this.own(line[1]);
        this.failed = line[2] || line[1] === this.added ? this.failed : this.ended;
        break;
      case 'open':
        this.open(line[1], line[2]);
        break;
      case 'program':
        keep(this.programs, line[1]);
        break;
      case 'host':
        keep(this.hosts, line[1]);
    }
  }

  private own(cell: number): number {
    return this.added !== null && cell >= this.added ? cell - 1 : cell;
  }

  private open(how: 'r' | 'w' | 'u', path: string): void {
    if (how !== 'w' && !this.written.has(path)) {
      keep(this.read, path);
    }
    if (how !== 'r') {
      keep(this.written, path);
    }
  }
}

function keep(set: Set<string>, value: string): void {
  if (set.size < MOST) {
    set.add(value);
  }
}

function parseLine(text: string): v.InferOutput<typeof Line> | null {
  try {
    const parsed = v.safeParse(Line, JSON.parse(text));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
