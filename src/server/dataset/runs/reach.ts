import { matcherOf, type Segment, segmentsOf } from './glob';

type Step = '**' | ((name: string) => boolean);

/**
 * Tells whether a pattern, relative to the same folder as the paths, stands for a path or for a folder that it lies in. Nothing has to be
 * there any more: the disk is not looked at, and no link followed.
 */
export function reachOf(pattern: string): (path: string) => boolean {
  const steps = segmentsOf(pattern)
    .filter(segment => !isHere(segment))
    .map(stepOf);
  return path => {
    // Several places in the pattern at once, as `**` may stand for any number of folders.
    let at = goOn(steps, [0]);
    return path.split('/').some(name => {
      at = goOn(
        steps,
        [...at].flatMap(index => after(steps[index], index, name))
      );
      return at.has(steps.length);
    });
  };
}

function isHere(segment: Segment): boolean {
  return segment !== '**' && 'name' in segment && segment.name === '.';
}

function stepOf(segment: Segment): Step {
  if (segment === '**') {
    return segment;
  }
  return 'name' in segment ? name => name === segment.name : matcherOf(segment.pattern);
}

/** Where the pattern goes on once a name was met. */
function after(step: Step | undefined, index: number, name: string): number[] {
  if (step === '**') {
    return name.startsWith('.') ? [] : [index];
  }
  return step?.(name) === true ? [index + 1] : [];
}

/** With the places behind each `**`, which may stand for no folder at all. */
function goOn(steps: readonly Step[], places: readonly number[]): Set<number> {
  const all = new Set<number>();
  for (let place of places) {
    all.add(place);
    while (steps[place] === '**') {
      all.add(++place);
    }
  }
  return all;
}
