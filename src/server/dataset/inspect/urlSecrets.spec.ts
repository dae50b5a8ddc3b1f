import { withoutQuerySecrets } from './urlSecrets';

describe('an address', () => {
  it.each([
    ['https://example.org/a?format=original', 'https://example.org/a?format=original'],
    ['https://user:secret@example.org/a', 'https://***@example.org/a'],
    ['https://example.org/a?X-Amz-Signature=abc&part=1', 'https://example.org/a?X-Amz-Signature=***&part=1'],
    ['https://example.org/a?apikey=abc', 'https://example.org/a?apikey=***'],
    ['s3://bucket/a?versionId=1', 's3://bucket/a?versionId=1']
  ])('%s is shown as %s', (url, shown) => {
    expect(withoutQuerySecrets(url)).toEqual({ url: shown, redacted: url !== shown });
  });
});
