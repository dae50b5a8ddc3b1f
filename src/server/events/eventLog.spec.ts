import fc from 'fast-check';
import type { ServerEvent } from '../../protocol/job';
import { contentsPath } from '../../protocol/paths';
import { EventLog } from './eventLog';

function change(folder: string): ServerEvent {
  return { type: 'changed', dataset: null, what: 'folder', folder: contentsPath(folder) };
}

function folderOf(data: string): string | undefined {
  const event = JSON.parse(data) as ServerEvent;
  return event.type === 'changed' ? event.folder : undefined;
}

function folders(log: EventLog, id: string): (string | undefined)[] | null {
  return log.since(id)?.map(({ data }) => folderOf(data)) ?? null;
}

describe('EventLog', () => {
  it('tells what came after a place, and a repeated change once, at its last place', () => {
    const log = new EventLog();
    const start = log.end;
    log.add(change('a'));
    const middle = log.end;
    log.add(change('b'));
    log.add(change('a'));
    expect(folders(log, start)).toEqual(['b', 'a']);
    expect(folders(log, middle)).toEqual(['b', 'a']);
    expect(folders(log, log.end)).toEqual([]);
  });

  it('does not pretend to know more than it kept, nor other servers', () => {
    const log = new EventLog({ events: 2 });
    const start = log.end;
    ['a', 'b', 'c'].forEach(folder => log.add(change(folder)));
    expect(log.since(start)).toBeNull();
    expect(log.since(new EventLog().end)).toBeNull();
    expect(log.since(`${log.server}-99`)).toBeNull();
    expect(log.since(`${log.server}-x`)).toBeNull();
    expect(log.since('')).toBeNull();
  });

  it('is bounded by what it holds, and keeps the newest, however large it is', () => {
    const log = new EventLog({ length: 1_000 });
    const start = log.end;
    for (let round = 0; round < 50; round += 1) {
      ['a', 'b', 'c', 'd', 'e', 'f'].forEach(folder => log.add(change(folder.repeat(300))));
      expect(log.size).toBeLessThanOrEqual(1_000);
    }
    expect(log.since(start)).toBeNull();
    const before = log.end;
    log.add(change('x'.repeat(5_000)));
    expect(folders(log, before)).toEqual(['x'.repeat(5_000)]);
    expect(log.size).toBeLessThan(5_200);
    log.add(change('small'));
    expect(log.size).toBeLessThan(200);
    expect(folders(log, log.end)).toEqual([]);
  });

  it('wakes who waits, and who gave up', async () => {
    const log = new EventLog();
    const abort = new AbortController();
    const first = log.next(new AbortController().signal);
    const second = log.next(abort.signal);
    abort.abort();
    await second;
    log.add(change('a'));
    await first;
    await log.next(abort.signal);
  });

  it('leaves every reader with the newest event of each subject, wherever it broke off', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 60 }),
        fc.array(fc.nat({ max: 10 }), { maxLength: 20 }),
        (names, pauses) => {
          const log = new EventLog({ events: 3 });
          const seen = new Map<string, number>();
          const told = new Map<string, number>();
          let cursor = log.end;
          let place = 0;
          const read = (): void => {
            const entries = log.since(cursor);
            // After a gap everything is read again.
            (entries === null ? [...told] : []).forEach(([name, number]) => seen.set(name, number));
            entries?.forEach(({ data }) => {
              const name = folderOf(data) ?? '';
              seen.set(name, told.get(name) ?? -1);
            });
            cursor = log.end;
          };
          for (const name of names) {
            log.add(change(name));
            told.set(name, (place += 1));
            if (pauses.includes(place % 11)) {
              read();
            }
          }
          read();
          expect(seen).toEqual(told);
        }
      )
    );
  });
});
