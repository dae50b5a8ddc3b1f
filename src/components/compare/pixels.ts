export interface IPixelDifference {
  readonly different: number;
  readonly all: number;
  readonly sameSize: boolean;
}

/** Differences of a colour below which nobody sees any: what compression leaves. */
const UNSEEN = 8;

/**
 * Counts the pixels (red, green, blue, opacity) that differ, and makes of the second picture one of the differences: what is the same is
 * faint and grey, what differs is magenta, which is told from grey with any eyes.
 */
export function comparePixels(one: Uint8ClampedArray, other: Uint8ClampedArray): number {
  let different = 0;
  for (let at = 0; at < other.length; at += 4) {
    let most = 0;
    for (let channel = 0; channel < 4; channel++) {
      most = Math.max(most, Math.abs((one[at + channel] ?? 0) - (other[at + channel] ?? 0)));
    }
    if (most > UNSEEN) {
      different += 1;
      other.set([200, 0, 160, 128 + (most >> 1)], at);
    } else {
      const grey = ((other[at] ?? 0) + (other[at + 1] ?? 0) + (other[at + 2] ?? 0)) / 3;
      other.set([grey, grey, grey, (other[at + 3] ?? 0) >> 2], at);
    }
  }
  return different;
}
