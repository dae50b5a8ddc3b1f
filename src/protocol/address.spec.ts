import { addressFlaw, holdsSecret, nameInAddress, withoutSecrets } from './address';

describe('an address to download from', () => {
  it.each([
    ['https://example.org/a.csv', null],
    ['http://127.0.0.1:8000/a b'.replace(' ', '%20'), null],
    ['s3://bucket/data/a.nii.gz?versionId=1', null],
    ['ftp://example.org/a', null],
    ['', 'no-address'],
    ['example.org/a.csv', 'no-address'],
    ['https://example.org/a b', 'no-address'],
    ['https://example.org/\n', 'no-address'],
    ['file:///etc/passwd', 'scheme'],
    ['javascript:alert(1)', 'scheme'],
    ['https:example.org', 'scheme'],
    ['ssh://example.org/a', 'scheme'],
    ['https://***@example.org/a', 'lost-secret']
  ])('%j is judged %j', (url, flaw) => {
    expect(addressFlaw(url)).toBe(flaw);
  });

  it.each([
    ['https://example.org/a?format=original', 'https://example.org/a?format=original'],
    ['https://ada:secret@example.org/a', 'https://***@example.org/a'],
    ['https://token@example.org/a', 'https://***@example.org/a'],
    ['https://example.org/a?X-Amz-Signature=abc&part=1', 'https://example.org/a?X-Amz-Signature=***&part=1'],
    ['https://example.org/@ada/a', 'https://example.org/@ada/a']
  ])('%s is shown as %s', (url, shown) => {
    expect(withoutSecrets(url)).toBe(shown);
    expect(holdsSecret(url)).toBe(url !== shown);
  });

  it.each([
    ['https://example.org/data/a%20b.csv?download=1', 'a b.csv'],
    ['https://example.org/data/', ''],
    ['https://example.org/..%2F..%2Fevil', '.._.._evil'],
    ['https://example.org/100%', '100%'],
    ['no address', '']
  ])('%s suggests the name %j', (url, name) => {
    expect(nameInAddress(url)).toBe(name);
  });
});
