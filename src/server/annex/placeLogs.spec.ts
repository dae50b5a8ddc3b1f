import fc from 'fast-check';
import { same } from '../../../tests/support/properties';
import { parseDescriptions, parseSpecialRemotes } from './placeLogs';
import { parseUrlLog } from './urls';

describe('logs of places', () => {
  it('name them by the newest line, whose last time stamp alone is one', () => {
    const text = 'u a timestamp=3s timestamp=10s\nu older timestamp=9s\nv laptop, in the lab timestamp=5.5s\nw plain\nnonsense\n';
    expect([...parseDescriptions(text)]).toEqual([
      ['u', 'a timestamp=3s'],
      ['v', 'laptop, in the lab'],
      ['w', 'plain']
    ]);
  });

  it('hold the settings of special remotes, with escaped spaces', () => {
    const text = 'u encryption=none exporttree=yes name=my&32;disk&38;co type=directory timestamp=10s\nu name=old timestamp=2s\n';
    expect(Object.fromEntries(parseSpecialRemotes(text).get('u') ?? [])).toEqual({
      encryption: 'none',
      exporttree: 'yes',
      name: 'my disk&co',
      type: 'directory'
    });
  });

  it('give any description back', () => {
    const words = fc.string({ unit: fc.constantFrom('a', ' ', '=', 'timestamp=1s', 'é', '\u202e', '&32;'), minLength: 1 });
    fc.assert(
      fc.property(fc.uuid(), words, fc.nat(), (uuid, description, time) =>
        same([...parseDescriptions(`${uuid} ${description} timestamp=${time}s\n`)], [[uuid, description]])
      )
    );
  });

  it('are read whatever they hold', () => {
    const noise = fc.string({
      unit: fc.constantFrom('u', ' ', '=', '\n', 'timestamp=', '1', 's', '&', ';', '999999', '\r'),
      maxLength: 30
    });
    fc.assert(fc.property(noise, text => parseDescriptions(text).size >= parseSpecialRemotes(text).size));
  });
});

describe('a log of URLs', () => {
  it('leaves those that were not taken back, without what git-annex writes before them', () => {
    const text = [
      '5s 1 https://a/b c',
      '7s 0 https://gone',
      '6s 1 https://gone',
      '1.5s 1 :dl+archive:KEY#path=x',
      '1s 1 yt:https://v/'
    ];
    expect(parseUrlLog(text.join('\n'))).toEqual(['https://a/b c', 'dl+archive:KEY#path=x', 'https://v/']);
  });

  it('is settled by the newest line of each URL, in whatever order', () => {
    const line = fc.record({ url: fc.webUrl(), present: fc.boolean() });
    fc.assert(
      fc.property(fc.uniqueArray(line, { selector: ({ url }) => url }), lines => {
        const written = lines.flatMap(({ url, present }) => [`9s ${present ? 1 : 0} ${url}`, `3s ${present ? 0 : 1} ${url}`]);
        const left = lines.filter(({ present }) => present).map(({ url }) => url);
        same(new Set(parseUrlLog(written.join('\n'))), new Set(left));
        same(new Set(parseUrlLog(written.toReversed().join('\n'))), new Set(left));
      })
    );
  });
});
