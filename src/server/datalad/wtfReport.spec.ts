import fc from 'fast-check';
import { Redactor } from '../redact';
import { sectionsOf } from './wtfReport';

const redactor = new Redactor({ MY_TOKEN: 'geheimnis1' });

test('writes sections as DataLad does', () => {
  const infos = {
    system: { type: 'posix', filesystem: { CWD: { path: '/home/ada' } }, flags: ['a', 'b'], none: null, ok: true },
    datalad: { version: '1.7.1' },
    configuration: '<SENSITIVE, report disabled by configuration>'
  };
  expect(sectionsOf(infos, redactor)).toEqual([
    { name: 'configuration', text: '<SENSITIVE, report disabled by configuration>' },
    { name: 'datalad', text: '- version: 1.7.1' },
    {
      name: 'system',
      text: '- filesystem: \n  - CWD: \n    - path: /home/ada\n- flags: \n  - a\n  - b\n- none: None\n- ok: True\n- type: posix'
    }
  ]);
});

test('no secret is told, by its name, its looks or its place', () => {
  const infos = {
    environment: {
      DATALAD_OSF_TOKEN: 'abcdefgh',
      GIT_PROXY: 'https://ada:pw-of-ada@proxy.example.org/',
      OTHER: 'geheimnis1',
      GH: 'ghp_0123456789012345678901234567890123456'
    }
  };
  const [section] = sectionsOf(infos, redactor);
  expect(section?.text).not.toMatch(/abcdefgh|pw-of-ada|geheimnis1|ghp_/u);
  expect(section?.text.match(/\*\*\*/gu)).toHaveLength(4);
});

test('takes whatever a report may hold', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), infos => {
      expect(sectionsOf(infos, redactor).map(({ name }) => name)).toEqual(Object.keys(infos).sort());
    })
  );
});
