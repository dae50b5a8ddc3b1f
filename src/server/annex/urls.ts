/** What stands before addresses that git-annex does not load itself: `:` for those of external remotes, `yt:` for media pages. */
const LOADER = /^(?:yt|quvi)?:(?!\/\/)/;
const LINE = /^(\d+(?:\.\d+)?)s ([01]) (.+)$/;

/** Reads a log of URLs: `1700000001s 1 https://…`, where 0 takes it back. Those that are left, in the order they came. */
export function parseUrlLog(text: string): string[] {
  const newest = new Map<string, { time: number; present: boolean }>();
  for (const line of text.split('\n')) {
    const [, time, status, url] = LINE.exec(line) ?? [];
    const known = url === undefined ? undefined : newest.get(url);
    if (url !== undefined && (known === undefined || Number(time) >= known.time)) {
      newest.set(url, { time: Number(time), present: status === '1' });
    }
  }
  const left = [...newest].filter(([, { present }]) => present).map(([url]) => url.replace(LOADER, ''));
  return [...new Set(left)];
}
