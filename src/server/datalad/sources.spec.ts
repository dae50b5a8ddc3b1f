import { FailureError } from '../../protocol/failure';
import { checkSource } from './sources';

const GOOD = [
  '/data/a dataset',
  '../relative',
  'name',
  './a:b',
  'https://example.org/ds.git',
  'https://user:password@example.org/ds',
  'HTTP://example.org/x',
  'https://user:p@ss@example.org:8443/ds',
  'https://[::1]:8080/ds',
  'https://example.org?x=a:b',
  'ssh://me@host:2222/path',
  'git@example.org:group/ds.git',
  'host:path',
  'file:///data/ds',
  'osf://abcde',
  'ria+https://store.example.org#~alias',
  'ria+file:///store#2d540a9d-2ef7-4b5f-8931-7c92f483f0a7',
  '///openneuro/ds000001'
];

const BAD = [
  '-u./payload',
  '--upload-pack=touch x',
  'ext::sh -c touch% x',
  'EXT::sh',
  'fd::17',
  'annex::uuid?type=external',
  'datalad-annex::?type=external&externaltype=x',
  'javascript:alert(1)',
  'data:text/html,x',
  'ftp://example.org/x',
  'git://example.org/x',
  'ssh://-oProxyCommand=touch/x',
  'ssh://me@-oProxyCommand=touch/x',
  'ssh://host;touch x/y',
  'https://user:pass/word@example.org/ds',
  'https://$(touch x)/y',
  'https://example.org/\nx',
  'ria+ftp://x',
  '-host:path',
  'x y:z\0'
];

describe('checkSource', () => {
  it.each(GOOD)('takes %s', source => expect(() => checkSource(source)).not.toThrow());

  it.each(BAD)('refuses %j', source => {
    expect(() => checkSource(source)).toThrow(FailureError);
    expect(() => checkSource(source)).toThrow(expect.objectContaining({ failure: expect.objectContaining({ kind: 'bad-url' }) }));
  });
});
