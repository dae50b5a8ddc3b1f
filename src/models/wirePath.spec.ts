import { ContentsManagerMock } from '@jupyterlab/services/lib/testutils';
import { wirePath } from './wirePath';

const contents = new ContentsManagerMock();

test.each([
  ['study/data.bin', 'study/data.bin'],
  ['/study/', 'study'],
  ['', ''],
  ['a name/with ünïcode 🚀.txt', 'a name/with ünïcode 🚀.txt'],
  // Python hands a byte that is no UTF-8 on as a lone surrogate.
  ['study/caf\udce9.txt', `bytes:${Buffer.from('study/caf\xe9.txt', 'latin1').toString('base64url')}`],
  // What looks like bytes would be read as another name: here as that of `other`.
  ['bytes:b3RoZXI', `bytes:${Buffer.from('bytes:b3RoZXI').toString('base64url')}`],
  ['🚀\udcff', `bytes:${Buffer.concat([Buffer.from('🚀'), Buffer.from([0xff])]).toString('base64url')}`]
])('%j travels as %j', (path, wire) => {
  expect(wirePath(contents, path)).toBe(wire);
});

test('other drives have no path on the wire', () => {
  contents.addDrive({ ...contents, name: 'S3' } as unknown as Parameters<typeof contents.addDrive>[0]);
  expect(wirePath(contents, 'S3:bucket/data.bin')).toBeNull();
});
