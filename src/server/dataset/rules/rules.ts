import { basename, dirname, join } from 'node:path';
import type { CallOutput, ParsedCallInput } from '../../../protocol/contract';
import { fail } from '../../../protocol/failure';
import type { ContentsPath } from '../../../protocol/paths';
import { MOST_FILES, MOST_LISTED, type RulesFile } from '../../../protocol/rules';
import { displayName } from '../../bytes';
import { ruleLines } from '../../git/attributes/ruleLines';
import { GITLINK, parseIndex } from '../../git/entry';
import { splitZero } from '../../git/split';
import type { CallHandlers } from '../../handlers';
import type { AbsolutePath, PathBoundary } from '../../paths';
import type { Repositories } from '../repositories';
import type { Repository } from '../repository';
import { catchesOf } from './catches';
import { judgedLine } from './judgeLine';
import { ATTRIBUTES, readRulesText, requireRulesFile } from './rulesFile';
import { afterEdit } from './wanted';

const SETTING = 'annex.largefiles';
/** Files of rules that are named. */
const MOST_RULES = 1_000;

type RulesHandlers = Pick<CallHandlers, 'rules' | 'rulePreview'>;

/** Answers what the files of rules of a dataset say, and which files they are for. Nothing here writes to a dataset. */
export class RulesReader implements RulesHandlers {
  constructor(
    private readonly boundary: PathBoundary,
    private readonly repositories: Repositories
  ) {}

  rules = async (input: ParsedCallInput<'rules'>, signal: AbortSignal): Promise<CallOutput<'rules'>> => {
    const repository = await this.open(input.dataset);
    const file = this.fileOf(repository, input.file);
    const [{ text, fingerprint }, all, config] = await Promise.all([
      readRulesText(file),
      filesBelow(repository, '', signal),
      repository.git.config()
    ]);
    const overridden = config.get(SETTING);
    const others = all.paths.filter(path => basename(path) === ATTRIBUTES && path !== ATTRIBUTES).sort();
    return {
      dataset: this.boundary.toContents(repository.root),
      file: this.named(repository, file),
      fingerprint,
      lines: ruleLines(text).map(judgedLine),
      files: [ATTRIBUTES, ...others]
        .slice(0, MOST_RULES)
        .map(path => this.named(repository, join(repository.root, path) as AbsolutePath)),
      ...(overridden === undefined ? {} : { overridden: displayName(overridden) })
    };
  };

  rulePreview = async (input: ParsedCallInput<'rulePreview'>, signal: AbortSignal): Promise<CallOutput<'rulePreview'>> => {
    const repository = await this.open(input.dataset);
    const file = this.fileOf(repository, input.file);
    const { text } = await readRulesText(file);
    const { edit } = input;
    const lines = ruleLines(edit === undefined ? text : afterEdit(text, edit));
    const draft = edit === undefined ? undefined : edit.do === 'change' ? lines[edit.line - 1] : lines.at(-1);
    const show = draft?.line ?? input.show;
    const folder = dirname(file).slice(repository.root.length + 1);
    const { paths, more } = await filesBelow(repository, folder, signal);
    const shown: { name: string; decides: boolean }[] = [];
    let total = 0;
    const catches = await catchesOf(
      repository.git,
      { folder, lines, paths, written: edit === undefined, signal },
      ({ path, lines: fitting, decides }) => {
        if (show !== undefined && fitting.includes(show)) {
          total += 1;
          if (shown.length < MOST_LISTED) {
            shown.push({ name: displayName(path), decides: decides(show) });
          }
        }
      }
    );
    return {
      files: paths.length,
      more,
      catches,
      shown: show === undefined ? null : { line: show, total, files: shown },
      draft: draft === undefined ? null : judgedLine(draft)
    };
  };

  private async open(dataset: ContentsPath): Promise<Repository> {
    const root = await this.repositories.rootOf(this.boundary.resolve(dataset));
    return root === null ? fail('not-a-dataset', 'There is no dataset here.') : await this.repositories.open(root);
  }

  private fileOf(repository: Repository, asked: ParsedCallInput<'rules'>['file']): AbsolutePath {
    const { root } = repository;
    const file = asked === undefined ? (join(root, ATTRIBUTES) as AbsolutePath) : this.boundary.resolve(asked);
    requireRulesFile(file, root);
    return file;
  }

  private named({ root }: Repository, file: AbsolutePath): RulesFile {
    return { path: this.boundary.toContents(file), name: displayName(file.slice(root.length + 1)) };
  }
}

/** The files that rules can be about, as seen from a folder: those that git knows, and new ones that it does not ignore. */
async function filesBelow({ git }: Repository, folder: string, signal: AbortSignal): Promise<{ paths: string[]; more: boolean }> {
  const below = folder === '' ? [] : ['--', `${folder}/`];
  const known = parseIndex(await git.read(['ls-files', '-s', '-z', ...below], { signal }));
  const untracked = splitZero(await git.read(['ls-files', '-z', '--others', '--exclude-standard', ...below], { signal }));
  const paths = new Set([
    ...known.filter(({ mode }) => mode !== GITLINK).map(({ path }) => path),
    // A repository that is not registered is named with a slash.
    ...untracked.filter(path => !path.endsWith('/'))
  ]);
  const start = folder === '' ? 0 : folder.length + 1;
  const relative = [...paths].map(path => path.slice(start));
  return { paths: relative.slice(0, MOST_FILES), more: relative.length > MOST_FILES };
}
