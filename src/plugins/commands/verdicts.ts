import * as v from 'valibot';
import type { IJudgedFile } from '../../components/dialogs/runQuestions';
import { lastName, relativeText } from '../../components/names';
import { contentsPath, type ContentsPath } from '../../protocol/paths';
import { Judged, VERDICT_ACTION, VerifiedRun, VERIFIED_ACTION } from '../../protocol/rerun';
import type { Result } from '../../protocol/result';
import { CommandIDs, type IOutcome } from '../../tokens';
import { command, DONE, type ICommand } from './command';
import type { ICommandContext } from './context';

interface IJudgedPath extends IJudgedFile {
  readonly path: string;
}

const args = v.object({ job: v.pipe(v.string(), v.description('A job that repeated or verified runs')) });

/** Shows once more what became of the files, as long as the server knows. */
export function verdicts(context: ICommandContext): ICommand {
  const { datalad, trans } = context;
  return command({
    id: CommandIDs.verdicts,
    args,
    label: () => trans.__('What Became of the Files'),
    isVisible: ({ isPalette }) => isPalette !== true,
    execute: async ({ job: id }) => {
      const { job, results } = await datalad.jobs.report(id);
      const told = { dataset: job.dataset ?? contentsPath(''), outcome: { status: 'ok' as const, jobs: [id], results } };
      await (job.operation === 'verifyRuns' ? showVerification(context, told) : showVerdicts(context, told));
      return DONE;
    }
  });
}

/** What became of each file of repeated runs; each that changed is one click away from a comparison. */
export async function showVerdicts(
  { dialogs, compare }: ICommandContext,
  { dataset, outcome }: { dataset: ContentsPath; outcome: IOutcome }
): Promise<void> {
  const files = judgedOf(outcome.results, dataset);
  if (outcome.status !== 'ok' && files.length === 0) {
    return;
  }
  const comparable = compare === null ? [] : files.filter(({ verdict, from }) => verdict === 'changed' && from !== undefined);
  const shown = files.map(file => ({ name: file.name, verdict: file.verdict, canCompare: comparable.includes(file) }));
  const chosen = await dialogs.verdicts({ files: shown });
  const { path, from } = comparable.find(({ name }) => name === chosen) ?? {};
  if (path !== undefined && from !== undefined) {
    await compare?.({ dataset, path: contentsPath(path), from, to: 'worktree' });
  }
}

/** What became of runs that were verified, until the report is kept or nobody wants it. */
export async function showVerification(
  { dialogs, datalad }: ICommandContext,
  { dataset, outcome }: { dataset: ContentsPath; outcome: Pick<IOutcome, 'status' | 'results' | 'jobs'> }
): Promise<void> {
  const [job] = outcome.jobs;
  const runs = outcome.results.flatMap(result => (result.action === VERIFIED_ACTION ? parsed(VerifiedRun, result) : []));
  if (job === undefined || outcome.status !== 'ok' || runs.length === 0) {
    return;
  }
  const files = judgedOf(outcome.results, dataset);
  let file = placeOfReport(dataset, runs);
  for (let taken = false; ;) {
    const answer = await dialogs.verification({ datasetName: lastName(dataset) || '/', runs, files, file, taken });
    if (answer === null) {
      return;
    }
    const { failure } = await datalad.jobs.run('keepReport', { dataset, job, file: answer });
    if (failure?.kind !== 'in-the-way') {
      return;
    }
    [file, taken] = [answer, true];
  }
}

function judgedOf(results: readonly Result[], dataset: ContentsPath): IJudgedPath[] {
  return results.flatMap(result =>
    result.action === VERDICT_ACTION
      ? parsed(Judged, result).map(judged => ({ ...judged, name: relativeText(result.path, dataset), path: result.path }))
      : []
  );
}

/** In the dataset, by the first run and the day. */
function placeOfReport(dataset: ContentsPath, [run]: readonly VerifiedRun[]): ContentsPath {
  const day = new Date().toISOString().slice(0, 10);
  const name = `verification-${run?.commit.slice(0, 8) ?? ''}-${day}.md`;
  return contentsPath(dataset === '' ? name : `${dataset}/${name}`);
}

function parsed<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S>[] {
  const { success, output } = v.safeParse(schema, value);
  return success ? [output as v.InferOutput<S>] : [];
}
