/** One line of a log in which each line is a place, words about it, and a time. */
interface IPlaceLine {
  uuid: string;
  words: string;
  time: number;
}

/** The last time stamp is git-annex's: a description may end with what looks like one. */
const LINE = /^(\S+) (.*?)(?: timestamp=(\d+(?:\.\d+)?)s?)?$/;

/** Reads `uuid.log`: `UUID what its owner calls it timestamp=1700000001s`. The newest description of each place. */
export function parseDescriptions(text: string): Map<string, string> {
  return new Map([...newestLines(text)].map(([uuid, { words }]) => [uuid, words]));
}

/** Reads `remote.log`: `UUID name=osf type=git exporttree=yes timestamp=1700000001s`. The newest settings of each special remote. */
export function parseSpecialRemotes(text: string): Map<string, Map<string, string>> {
  return new Map([...newestLines(text)].map(([uuid, { words }]) => [uuid, parseSettings(words)]));
}

function newestLines(text: string): Map<string, IPlaceLine> {
  const newest = new Map<string, IPlaceLine>();
  for (const line of text.split('\n')) {
    const [, uuid, words = '', time = '0'] = LINE.exec(line) ?? [];
    const known = uuid === undefined ? undefined : newest.get(uuid);
    if (uuid !== undefined && (known === undefined || Number(time) >= known.time)) {
      newest.set(uuid, { uuid, words, time: Number(time) });
    }
  }
  return newest;
}

function parseSettings(words: string): Map<string, string> {
  return new Map(
    words.split(' ').flatMap(word => {
      const equals = word.indexOf('=');
      return equals <= 0 ? [] : [[word.slice(0, equals), unescaped(word.slice(equals + 1))] as const];
    })
  );
}

/** White space and `&` stand as `&32;`. */
function unescaped(value: string): string {
  return value.replace(/&(\d{1,7});/g, (all, code: string) =>
    Number(code) > 0 && Number(code) <= 0x10ffff ? String.fromCodePoint(Number(code)) : all
  );
}
