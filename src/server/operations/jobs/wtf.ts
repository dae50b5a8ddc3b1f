import * as v from 'valibot';
import { execute, judge } from '../../datalad/execute';
import { sectionsOf } from '../../datalad/wtfReport';
import type { ITask } from '../../handlers';
import { withoutResults } from '../../quietTask';
import { Redactor } from '../../redact';
import type { IJobContext } from './context';

const Infos = v.record(v.string(), v.unknown());

/** Asks DataLad what it knows about itself and this machine; one record for each section, as Markdown and without secrets. */
export async function wtf(context: IJobContext, task: ITask): Promise<void> {
  let infos: v.InferOutput<typeof Infos> = {};
  const outcome = await execute(
    context,
    { command: 'wtf', dataset: null, arguments: {} },
    // The record as it comes holds all sections in one, with values whose names nobody has looked at.
    withoutResults(task, () => true),
    record => {
      const parsed = v.safeParse(Infos, record['infos']);
      infos = parsed.success ? parsed.output : {};
    }
  );
  judge(outcome, { kind: 'unknown', message: 'DataLad did not say anything about itself.' });
  for (const { name, text } of sectionsOf(infos, new Redactor(process.env))) {
    task.result({ action: 'wtf', status: 'ok', path: '', type: name, message: text });
  }
}
