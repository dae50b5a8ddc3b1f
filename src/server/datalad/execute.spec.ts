import { FailureError } from '../../protocol/failure';
import { judge } from './execute';

const WARNING =
  "It is highly recommended to configure Git before using DataLad. Set both 'user.name' and 'user.email' configuration variables.\n";
const failed = [
  {
    action: 'get',
    status: 'error' as const,
    path: 'a.dat',
    type: 'file',
    message: 'not available',
    failure: { kind: 'content-unavailable' as const, message: 'not available' }
  }
];

/** The kind of failure of a get whose file did not come, by what was printed beside its record. */
function kindOf(output: string): string {
  try {
    judge({ ending: { type: 'ended', garbled: false }, failed, counts: new Map([['error', 1]]), output } as never, {
      kind: 'unknown',
      message: 'nothing'
    });
  } catch (error) {
    return error instanceof FailureError ? error.failure.kind : String(error);
  }
  return 'none';
}

test('the cause is looked for in what was printed, and is not the warning that stands beside everything', () => {
  const alone = kindOf('');
  expect(alone).toBe('content-unavailable');
  expect(kindOf(WARNING)).toBe(alone);
  expect(kindOf(`${WARNING}ssh: Could not resolve hostname x: Name or service not known`)).not.toBe(alone);
  expect(kindOf(`${WARNING}ssh: Could not resolve hostname x: Name or service not known`)).not.toBe('no-identity');
});
