import * as v from 'valibot';
import type { JobReport } from '../../../protocol/job';
import { shownName } from '../../../protocol/names';
import type { ContentsPath } from '../../../protocol/paths';
import {
  Judged,
  VERDICT_ACTION,
  VerifiedRun,
  VERIFIED_ACTION,
  Verdict,
  Verification,
  VERIFICATION_ACTION
} from '../../../protocol/rerun';

interface IFile extends Judged {
  readonly path: string;
}

const WORDS: Readonly<Record<Verdict, string>> = {
  failed: 'not made',
  changed: 'changed',
  missing: 'missing',
  new: 'new',
  untouched: 'not written again',
  identical: 'identical'
};

/** The report of a verification in Markdown, in English since it goes with the dataset; null where the job has told of none. */
export function reportOf({ job, results }: JobReport): string | null {
  const about = results.flatMap(result => (result.action === VERIFICATION_ACTION ? parsed(Verification, result) : []))[0];
  const runs = results.flatMap(result => (result.action === VERIFIED_ACTION ? parsed(VerifiedRun, result) : []));
  const dataset = job.dataset ?? '';
  const files = results.flatMap(result =>
    result.action === VERDICT_ACTION
      ? parsed(Judged, result).map((judged): IFile => ({ ...judged, path: relative(result.path, dataset) }))
      : []
  );
  return about === undefined || runs.length === 0
    ? null
    : [...head(about, files), ...runs.flatMap(run => section(run, files))].join('\n');
}

function head({ id, head: commit, person, started, tools }: Verification, files: readonly IFile[]): string[] {
  return [
    '# Verification of recorded runs',
    '',
    'Each run was repeated in a clone of the dataset, in the commit that it was recorded on, with what the runs before it had made this time.',
    '',
    ...(id === null ? [] : [`- Dataset: ${code(id)}`]),
    ...(commit === null ? [] : [`- Last save: ${code(commit)}`]),
    ...(person === null ? [] : [`- Verified by: ${text(person)}`]),
    `- Begun: ${new Date(started).toISOString()}`,
    `- With: ${tools.map(({ name, version }) => `${name} ${version}`).join(', ')}`,
    `- Files: ${summary(files)}`,
    ''
  ];
}

function summary(files: readonly IFile[]): string {
  const counts = Verdict.options.map(verdict => [files.filter(file => file.verdict === verdict).length, WORDS[verdict]] as const);
  return counts.flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`])).join(', ') || 'none';
}

function section({ commit, title, command, failed }: VerifiedRun, all: readonly IFile[]): string[] {
  const files = all.filter(({ from }) => from === commit);
  return [
    `## ${text(title) || commit.slice(0, 10)}`,
    '',
    `Commit ${code(commit)}`,
    '',
    ...fenced(command),
    ...(failed === undefined ? [] : [`**Failed.** ${text(failed.message)}`, '', ...fenced(failed.detail ?? '')]),
    ...(files.length === 0
      ? ['It made no files.', '']
      : [
          '| file | verdict | recorded | now |',
          '|---|---|---|---|',
          ...files.map(({ path, verdict, was, now }) => `| ${[path, WORDS[verdict], was, now].map(cell).join(' | ')} |`),
          ''
        ]),
    ...files.flatMap(({ path, difference }) =>
      difference ? [`How ${cell(path)} differs:`, '', ...fenced(difference, 'diff')] : []
    )
  ];
}

function cell(value: string | undefined): string {
  return value === undefined || value === ''
    ? ''
    : Object.values(WORDS).includes(value)
      ? value
      : code(value).replaceAll('|', '\\|');
}

/** As code, whatever it holds. */
function code(value: string): string {
  const fence = '`'.repeat(longest(value) + 1);
  const space = /^`|`$/u.test(value) ? ' ' : '';
  return `${fence}${space}${value.replace(/\s/gu, ' ')}${space}${fence}`;
}

function fenced(content: string, language = ''): string[] {
  const fence = '`'.repeat(Math.max(3, longest(content) + 1));
  return content.trim() === '' ? [] : [`${fence}${language}`, content.replace(/\n+$/u, ''), fence, ''];
}

function longest(value: string): number {
  return Math.max(0, ...[...value.matchAll(/`+/gu)].map(([run]) => run.length));
}

/** What people wrote, as plain text. */
function text(value: string): string {
  return value.replace(/\s+/gu, ' ').replace(/[\\`*_[\]<>#|]/gu, '\\$&');
}

function relative(path: string, dataset: string): string {
  return shownName((dataset === '' ? path : path.slice(dataset.length + 1)) as ContentsPath);
}

function parsed<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S>[] {
  const { success, output } = v.safeParse(schema, value);
  return success ? [output as v.InferOutput<S>] : [];
}
