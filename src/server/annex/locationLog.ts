/** What one line of a location or trust log says of a place. */
export interface ILogLine {
  /** The annex uuid of a repository or special remote. */
  uuid: string;
  /** `1` present, `0` absent, `X` dead in location logs; other words in other logs. */
  status: string;
  /** Seconds since 1970; 0 in logs older than time stamps. */
  time: number;
}

const LOCATION = /^(\d+(?:\.\d+)?)s ([01X]) (\S+)/;
const TRUST = /^(\S+) (\S+)(?: .*?timestamp=(\d+(?:\.\d+)?)s?)?/;

/** Reads a location log: `1700000001.5s 1 UUID`, a line per place and time in no order; other lines are passed over. */
export function parseLocationLog(text: string): ILogLine[] {
  return text.split('\n').flatMap(line => {
    const [, time, status, uuid] = LOCATION.exec(line) ?? [];
    return uuid === undefined || status === undefined ? [] : [{ uuid, status, time: Number(time) }];
  });
}

/** Reads `trust.log`: `UUID 1 timestamp=1700000001s`, where 1 is trusted, 0 untrusted, X dead and ? neither. */
export function parseTrustLog(text: string): ILogLine[] {
  return text.split('\n').flatMap(line => {
    const [, uuid, status, time = '0'] = TRUST.exec(line) ?? [];
    return uuid === undefined || status === undefined ? [] : [{ uuid, status, time: Number(time) }];
  });
}

/** The newest word on each place; of two of the same time the one that claims less. */
export function newest(lines: Iterable<ILogLine>): Map<string, string> {
  const latest = new Map<string, ILogLine>();
  for (const line of lines) {
    const known = latest.get(line.uuid);
    if (known === undefined || line.time > known.time || (line.time === known.time && line.status !== '1')) {
      latest.set(line.uuid, line);
    }
  }
  return new Map([...latest.values()].map(({ uuid, status }) => [uuid, status]));
}
