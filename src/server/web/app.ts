import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import * as v from 'valibot';
import { type CallName, calls, isJobName, jobs } from '../../protocol/contract';
import { fail, type Failure, type FailureKind } from '../../protocol/failure';
import { Answer } from '../../protocol/job';
import type { Streams } from '../events/streams';
import { knownFailure } from '../fileFailure';
import { answerHeaders, guard } from './guard';
import type { CallHandlers } from '../handlers';
import type { JobRegistry } from '../jobs/jobRegistry';
import { describeError, type ILog } from '../log';
import type { Redactor } from '../redact';
import { type IBodyVariables, parseJson, takeBody } from './requestBody';

export interface IAppOptions {
  readonly calls: CallHandlers;
  readonly jobs: JobRegistry;
  readonly streams: Streams;
  readonly redactor: Redactor;
  readonly log: ILog;
}

const JobRequest = v.object({ operation: v.string(), input: v.unknown() });

/** The routes of the contract; what they answer beside success is a `Failure`. */
export function createApp(options: IAppOptions): Hono<IBodyVariables> {
  const app = new Hono<IBodyVariables>();
  app.use(answerHeaders);
  app.use(takeBody);
  app.use(guard);
  app.post('/call/:operation', async context => {
    const body = parseJson(context.get('body'));
    return context.json(await call(options, context.req.param('operation'), { body, signal: context.req.raw.signal }));
  });
  app.post('/jobs', async context => {
    const { operation, input } = parse(JobRequest, parseJson(context.get('body')));
    return context.json({ id: await startJob(options.jobs, operation, input) }, 202);
  });
  app.get('/jobs', context => context.json(options.jobs.list()));
  app.get('/jobs/:id', context => context.json(options.jobs.report(context.req.param('id'))));
  app.delete('/jobs/:id', context => {
    options.jobs.cancel(context.req.param('id'));
    return context.json({});
  });
  app.post('/jobs/:id/answer', async context => {
    options.jobs.answer(context.req.param('id'), parse(Answer, parseJson(context.get('body'))));
    return context.json({});
  });
  app.get('/events', context => options.streams.connect(context));
  app.delete('/events/:id', context => {
    options.streams.close(context.req.param('id'));
    return context.json({});
  });
  app.notFound(context => context.json({ kind: 'not-found', message: 'There is no such route.' } satisfies Failure, 404));
  app.onError((error, context) => {
    const failure = failureOf(error, options.log, context.req.path);
    return context.json(options.redactor.value(failure), STATUS[failure.kind] ?? 500);
  });
  return app;
}

async function call(
  { calls: handlers, redactor }: IAppOptions,
  name: string,
  { body, signal }: { body: unknown; signal: AbortSignal }
): Promise<unknown> {
  if (!isCall(name)) {
    return fail('not-found', 'There is no such operation.');
  }
  const output = await invoke(handlers, name, { body, signal });
  return calls[name].quotes === true ? redactor.input(output) : output;
}

/** Generic, so that the input of one operation cannot reach the handler of another. */
function invoke<N extends CallName>(
  handlers: CallHandlers,
  name: N,
  request: { body: unknown; signal: AbortSignal }
): Promise<unknown> {
  const input = parse(calls[name].input, request.body);
  return handlers[name](input, request.signal);
}

function startJob(registry: JobRegistry, name: string, input: unknown): Promise<string> {
  if (!isJobName(name)) {
    return fail('not-found', 'There is no such operation.');
  }
  return registry.start(name, parse(jobs[name].input, input));
}

function isCall(name: string): name is CallName {
  return Object.hasOwn(calls, name);
}

function parse<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, value);
  if (!result.success) {
    const [issue] = result.issues;
    fail('bad-request', 'The request does not fit the operation.', { detail: `${v.getDotPath(issue) ?? ''}: ${issue.message}` });
  }
  return result.output;
}

function failureOf(error: unknown, log: ILog, path: string): Failure {
  const known = knownFailure(error);
  if (known !== null) {
    return known;
  }
  log('error', 'A request broke.', { path, error: describeError(error) });
  return { kind: 'unknown', message: 'Something went wrong in the server.', detail: describeError(error) };
}

/** HTTP has fewer words than we do; clients go by the kind. */
const STATUS: Partial<Record<FailureKind, ContentfulStatusCode>> = {
  'bad-request': 400,
  'bad-url': 400,
  'unsafe-name': 400,
  'long-name': 400,
  'outside-root': 403,
  'permission-denied': 403,
  'not-found': 404,
  'not-a-dataset': 404,
  'no-identity': 409,
  'no-lines': 409,
  untrusted: 409,
  locked: 409,
  'tool-missing': 503,
  'tool-too-old': 503,
  timeout: 504
};
