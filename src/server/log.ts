import type { Redactor } from './redact';

export type Level = 'debug' | 'info' | 'warn' | 'error';

/** Structured lines for whoever runs the server. Never hand it a whole request: headers and queries may hold tokens. */
export interface ILog {
  (level: Level, message: string, fields?: Record<string, unknown>): void;
}

/** One JSON object per line on standard error, which JupyterLab passes on to its own log. */
export function createLog(redactor: Redactor, write: (line: string) => void = line => process.stderr.write(line)): ILog {
  return (level, message, fields = {}) => {
    const entry = { time: new Date().toISOString(), server: 'jupyterlab-datalad', level, message: redactor.text(message) };
    write(`${JSON.stringify({ ...entry, ...redactor.value(fields) })}\n`);
  };
}

/** What is worth a log line of something thrown. */
export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
