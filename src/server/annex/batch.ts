import * as v from 'valibot';
import { fail } from '../../protocol/failure';
import { LineSplitter } from '../process/lineSplitter';
import { startGroup } from '../process/run';
import { lastOf } from '../redact';

/** More than the longest record seen. */
const MAX_LINE = 4 * 1024 * 1024;
const STDERR_KEPT = 64 * 1024;

/** One record of git-annex. Names in it are not to be trusted: bytes that are no UTF-8 are lost in them. */
const AnnexRecord = v.looseObject({
  file: v.nullish(v.string()),
  key: v.nullish(v.string()),
  success: v.boolean(),
  'error-messages': v.optional(v.array(v.string()), []),
  /** Also says why a drop was refused. */
  note: v.optional(v.string(), '')
});
export type AnnexRecord = v.InferOutput<typeof AnnexRecord>;

/** Everything a record says in words. */
export function wordsOf(record: AnnexRecord): string {
  return [...record['error-messages'], record.note].filter(text => text !== '').join('\n');
}

export interface IAnnexCall {
  /** The command, then its options and names. */
  readonly args: readonly [command: string, ...rest: string[]];
  /** The top of the repository. */
  readonly cwd: string;
  readonly env: Record<string, string>;
  readonly signal: AbortSignal;
  /** Fed to standard input: keys or names for `--batch…`. */
  readonly input?: string | Uint8Array;
  /** Told how many bytes of what is on its way have come; of a get. */
  moved?(bytes: number): void;
}

/** What is told of a transfer on its way. */
const TransferRecord = v.looseObject({ 'byte-progress': v.pipe(v.number(), v.integer(), v.minValue(0)) });

/**
 * Runs one git-annex command that prints JSON records, and tells them as they come. Resolves with the exit code and with what was printed
 * beside them; a failed record makes the code non-zero, too. A cancel interrupts it, so that git-annex cleans up.
 */
export async function runAnnex(
  { args: [command, ...rest], cwd, env, signal, input, moved }: IAnnexCall,
  seen: (record: AnnexRecord) => void
): Promise<{ code: number | null; output: string }> {
  const cancelled = (): never => fail('cancelled', 'This was cancelled.');
  if (signal.aborted) {
    cancelled();
  }
  // Before the rest, in which all behind `--` is names.
  const json = ['--json', '--json-error-messages', ...(moved === undefined ? [] : ['--json-progress'])];
  const group = startGroup('git', ['annex', command, ...json, ...rest], { cwd, env });
  let output = '';
  const lines = new LineSplitter({
    maxLength: MAX_LINE,
    line: text => {
      const record = parseRecord(text);
      if (record !== null) {
        seen(record);
        return;
      }
      const transfer = v.safeParse(TransferRecord, parseJson(text));
      if (transfer.success) {
        moved?.(transfer.output['byte-progress']);
      }
    },
    overlong: () => undefined
  });
  const decoder = new TextDecoder();
  group.process.stdout.on('data', (chunk: Buffer) => lines.push(chunk));
  group.process.stderr.on('data', (chunk: Buffer) => {
    output = lastOf(output + decoder.decode(chunk, { stream: true }), STDERR_KEPT);
  });
  const abort = (): void => group.interrupt();
  signal.addEventListener('abort', abort, { once: true });
  group.process.stdin.end(input);
  try {
    const { code } = await group.ended;
    return signal.aborted ? cancelled() : { code, output };
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** Reads one line of what git-annex prints with `--json`; null when it is no record. */
export function parseRecord(line: string): AnnexRecord | null {
  const parsed = v.safeParse(AnnexRecord, parseJson(line));
  return parsed.success ? parsed.output : null;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // An empty line says that there was nothing to do.
    return null;
  }
}
