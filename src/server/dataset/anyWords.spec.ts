import fc from 'fast-check';
import { anyPathBytes, same } from '../../../tests/support/properties';
import { decodePath } from '../bytes';
import { keyOfLog } from './figures/touchedKeys';
import { parseDataSize } from './plans/diskReserve';
import { adjustOptions, parseAdjusted } from '../annex/adjustment';
import { parseRecord, wordsOf } from '../annex/batch';
import { journalName, logName } from '../annex/locations';

describe('what git-annex writes is what is read', () => {
  it('in the names of adjusted branches', () => {
    const branch = fc
      .array(fc.constantFrom('a', '/', '(', ')', '-', 'adjusted/', 'é', '.'), { minLength: 1, maxLength: 8 })
      .map(parts => parts.join(''));
    const words = fc.uniqueArray(fc.constantFrom('hidemissing', 'unlocked', 'locked', 'fixed', 'unlockpresent', 'new'), {
      minLength: 1
    });
    fc.assert(
      fc.property(branch, words, (original, list) => {
        const adjusted = parseAdjusted(`adjusted/${original}(${list.join('-')})`);
        same(adjusted, { original, adjustment: list.join('-') });
        same(adjusted !== null && adjustOptions(adjusted)?.length, list.includes('new') ? undefined : list.length);
      })
    );
    fc.assert(fc.property(branch, name => parseAdjusted(`x${name}`) === null));
  });

  it('in the names of logs, in its branch and in its journal', () => {
    const key = fc
      .tuple(fc.constantFrom('MD5E-s1', 'URL', 'WORM-s2-m3', 'SHA256E-s5-S2-C1'), anyPathBytes)
      .map(([backend, name]) => `${backend}--${decodePath(name)}`)
      // What ends in a slash is no name of a file.
      .map(text => text.replaceAll('\n', '_'));
    fc.assert(
      fc.property(key, name => {
        same(keyOfLog(logName(name)), name);
        same(keyOfLog(journalName(name)), name);
      })
    );
  });

  it('in records, whatever else they hold; and nothing else is one', () => {
    const record = fc.record(
      {
        key: fc.option(fc.string()),
        success: fc.boolean(),
        'error-messages': fc.array(fc.string(), { maxLength: 3 }),
        note: fc.string(),
        file: fc.option(fc.string({ unit: 'binary' })),
        more: fc.constantFrom(null, 1, 'x', {}, [[]])
      },
      { requiredKeys: ['success'] }
    );
    fc.assert(
      fc.property(record, item => {
        const read = parseRecord(JSON.stringify(item));
        same([read?.success, read?.note], [item.success, item.note ?? '']);
        const words = [...(item['error-messages'] ?? []), item.note ?? ''].filter(text => text !== '');
        same(read === null ? null : wordsOf(read), words.join('\n'));
      })
    );
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.json({ maxDepth: 1 })),
        text => parseRecord(text)?.success !== undefined || parseRecord(text) === null
      )
    );
  });

  it('in sizes: a number of bytes, or none', () => {
    const unit = fc.constantFrom('', 'b', 'kB', 'MB', 'GiB', 'megabytes', 'kilobyte', 'x', 'ti', 'constructor');
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), unit, fc.constantFrom('', ' ', '  '), (number, word, space) => {
        const bytes = parseDataSize(`${number}${space}${word}`);
        same(bytes === null || (Number.isInteger(bytes) && bytes >= 0), true);
      })
    );
    fc.assert(fc.property(fc.string(), text => ((bytes): boolean => bytes === null || bytes >= 0)(parseDataSize(text))));
  });
});
