import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { until } from './until';
import type { Workspace } from './workspace';

interface ISaid {
  readonly type: string;
  readonly content: Record<string, unknown>;
}

/** What a cell showed. */
export interface ICellOutput {
  /** What was printed. */
  readonly text: string;
  /** Texts of displays and their updates, in order. */
  readonly displays: readonly string[];
  /** What its last line is: by kind of text. */
  readonly result: Record<string, string> | null;
  /** The lines that a notebook shows of an error. */
  readonly error: readonly string[] | null;
}

/** A kernel as a notebook has one, driven by hand. */
export class NotebookKernel {
  private said: ISaid[] = [];

  private constructor(private readonly child: ReturnType<typeof launch>) {
    createInterface({ input: child.stdout }).on('line', line => this.said.push(JSON.parse(line) as ISaid));
  }

  /** One that works in `folder`; `env` on top of the workspace's. */
  static async start(workspace: Workspace, folder: string, env: Record<string, string>): Promise<NotebookKernel> {
    const kernel = new NotebookKernel(launch(workspace, folder, env));
    await until('a kernel', () => kernel.said.some(({ type }) => type === 'ready'));
    return kernel;
  }

  /** What the running cell has said so far. */
  get output(): ICellOutput {
    const of = (...types: string[]): ISaid['content'][] =>
      this.said.filter(({ type }) => types.includes(type)).map(({ content }) => content);
    const data = (content: ISaid['content']): Record<string, string> => content['data'] as Record<string, string>;
    const [result] = of('execute_result');
    const [error] = of('error');
    return {
      text: of('stream')
        .map(({ text }) => String(text))
        .join(''),
      displays: of('display_data', 'update_display_data').map(content => data(content)['text/plain'] ?? ''),
      result: result === undefined ? null : data(result),
      error: error === undefined ? null : (error['traceback'] as string[])
    };
  }

  /** Executes a cell; resolves when it has ended. */
  async run(code: string): Promise<ICellOutput> {
    this.begin(code);
    return this.end();
  }

  begin(code: string): void {
    this.said = [];
    this.tell({ code });
  }

  async end(): Promise<ICellOutput> {
    await until('the end of a cell', () =>
      this.said.some(({ type, content }) => type === 'status' && content['execution_state'] === 'idle')
    );
    return this.output;
  }

  interrupt(): void {
    this.tell({});
  }

  async stop(): Promise<void> {
    this.child.stdin.end();
    await this.child;
  }

  private tell(what: object): void {
    this.child.stdin.write(`${JSON.stringify(what)}\n`);
  }
}

function launch(workspace: Workspace, folder: string, env: Record<string, string>) {
  return execa('python', [resolve(__dirname, 'kernelHost.py'), 'python3', folder], {
    cwd: workspace.base,
    env: { ...workspace.env, ...env },
    extendEnv: false,
    buffer: false,
    reject: false,
    cleanup: true,
    stdin: 'pipe',
    stderr: 'ignore'
  });
}
