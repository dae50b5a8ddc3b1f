import type { Progress } from '../../protocol/job';
import type { BarUpdate } from './messages';

/** Milliseconds over which the rate is measured, and the least in which anything can be said of it. */
const WINDOW = 5_000;
const LEAST = 1_000;
/** Git-annex names what it does to a file in front of the file's name. */
const FILE_LABEL = /^(?:Get|Copy|Move|Drop|Add|Export|Import) (.+)$/su;
const TOTAL_LABEL = /^Total\b/u;

interface IBar {
  label: string;
  unit: string;
  value: number;
  total: number | null;
}

interface ISample {
  time: number;
  bytes: number;
}

/**
 * Turns DataLad's progress bars into the progress of a job. Each run of git-annex (one per dataset) brings its own "Total" bar in
 * bytes: ended ones keep counting, so that the sum never goes back when the next dataset begins.
 */
export class ProgressMeter {
  /** `locate` turns the path of a file into what the frontend knows it by. */
  constructor(private readonly locate: (file: string) => string = file => file) {}

  /** Takes in one update; `now` in milliseconds. */
  update(bar: BarUpdate, now: number): void {
    const isTotal = TOTAL_LABEL.test(bar.label) && isBytes(bar);
    if (bar.step === 'end') {
      this.bars.delete(bar.id);
      // The last values are throttled away by DataLad: a bar that ended counts as far as it was said to go.
      if (isTotal) {
        this.endedBytes += bar.value;
        this.endedTotal += Math.max(bar.value, bar.total ?? 0);
      } else if (isBytes(bar) && FILE_LABEL.test(bar.label)) {
        this.filesDone += 1;
      }
    } else {
      this.bars.set(bar.id, { label: bar.label, unit: bar.unit, value: bar.value, total: bar.total });
    }
    this.sample(now);
  }

  /** How far the job is. */
  get progress(): Progress {
    const totals = this.totals();
    const bytes = this.bytes(totals);
    const totalBytes = this.endedTotal + sum(totals.map(bar => bar.total ?? 0));
    const rate = this.rate();
    const counted = [...this.bars.values()].find(bar => bar.unit.trim() === 'Files');
    const step = [...this.bars.values()].findLast(
      bar => bar.label !== '' && !TOTAL_LABEL.test(bar.label) && !FILE_LABEL.test(bar.label)
    );
    return {
      ...(totalBytes > 0 ? { bytes: Math.min(bytes, totalBytes), totalBytes } : bytes > 0 ? { bytes } : {}),
      ...(counted?.total
        ? { files: counted.value, totalFiles: counted.total }
        : this.filesDone > 0
          ? { files: this.filesDone }
          : {}),
      ...(rate === undefined ? {} : { rate }),
      ...(rate !== undefined && rate > 0 && totalBytes > bytes
        ? { remaining: Math.round(((totalBytes - bytes) / rate) * 1000) }
        : {}),
      ...(step === undefined ? {} : { step: stepOf(step) }),
      active: this.active()
    };
  }

  private active(): Progress['active'] {
    return [...this.bars.values()].flatMap(bar => {
      const file = isBytes(bar) ? FILE_LABEL.exec(bar.label)?.[1] : undefined;
      return file === undefined
        ? []
        : [{ path: this.locate(file), bytes: bar.value, ...(bar.total === null ? {} : { totalBytes: bar.total }) }];
    });
  }

  private totals(): IBar[] {
    return [...this.bars.values()].filter(bar => TOTAL_LABEL.test(bar.label) && isBytes(bar));
  }

  private bytes(totals: readonly IBar[]): number {
    return this.endedBytes + sum(totals.map(bar => bar.value));
  }

  private sample(now: number): void {
    this.samples.push({ time: now, bytes: this.bytes(this.totals()) });
    // What passed before the first byte came would make hours of seconds.
    while (this.samples.length > 2 && (now - (this.samples[1]?.time ?? now) >= WINDOW || this.samples[1]?.bytes === 0)) {
      this.samples.shift();
    }
  }

  /** Bytes per second over the window; undefined before there is anything to measure. */
  private rate(): number | undefined {
    const first = this.samples[0];
    const last = this.samples.at(-1);
    if (first === undefined || last === undefined || last.time - first.time < LEAST || last.bytes <= first.bytes) {
      return undefined;
    }
    return Math.round(((last.bytes - first.bytes) * 1000) / (last.time - first.time));
  }

  private readonly bars = new Map<string, IBar>();
  private samples: ISample[] = [];
  private endedBytes = 0;
  private endedTotal = 0;
  private filesDone = 0;
}

function isBytes(bar: { unit: string }): boolean {
  return bar.unit.trim() === 'Bytes';
}

function stepOf(bar: IBar): string {
  return bar.total !== null && bar.total > 0 ? `${bar.label} ${Math.floor((100 * bar.value) / bar.total)} %` : bar.label;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
