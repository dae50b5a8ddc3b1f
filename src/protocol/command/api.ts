import { withoutSecrets } from '../address';
import { exportName, exportOptions } from '../archive';
import type { JobName, ParsedJobInput } from '../contract';
import { textOfPath } from '../names';
import { asRecorded, notebookCommand } from '../notebookCommand';
import { type ContentsPath, contentsPath, isWithin } from '../paths';
import { runOptions } from '../runRequest';
import { runPattern } from '../runPattern';
import { placed, relative } from './typedPaths';

const ROOT = contentsPath('');

/** A `False` that has to be written, unlike that of an option which was not given. */
export const NO = Symbol('no');
export type Value = string | boolean | typeof NO | readonly string[];

/** A function of `datalad.api` with what it is called with; options that are undefined or false were not given. */
export interface IApiCall {
  readonly function: string;
  readonly positional: readonly Value[];
  readonly options: Record<string, Value | undefined>;
}

type ApiBuilder<N extends JobName> = (input: ParsedJobInput<N>) => IApiCall | null;

function names(paths: readonly ContentsPath[], dataset: ContentsPath): Value[] {
  return [paths.map(path => relative(path, dataset))];
}

/** The function of `datalad.api` that does what a job does, where a single one does it. */
export const apiCalls: { [N in JobName]?: ApiBuilder<N> } = {
  get: ({ dataset, paths, recursive, noData, source }) => ({
    function: 'get',
    positional: names(paths, dataset),
    options: { dataset: '.', recursive, get_data: noData === true ? NO : undefined, source }
  }),
  drop: ({ dataset, paths, recursive, what }) => ({
    function: 'drop',
    positional: names(paths, dataset),
    options: { dataset: '.', recursive, what: what === 'filecontent' ? undefined : what }
  }),
  dropLastCopies: ({ dataset, paths }) => ({
    function: 'drop',
    positional: names(paths, dataset),
    options: { dataset: '.', reckless: 'availability' }
  }),
  save: ({ dataset, paths, message, recursive, toGit, amend, versionTag }) => ({
    function: 'save',
    positional: paths === undefined ? [] : names(paths, dataset),
    options: { dataset: '.', message, recursive, to_git: toGit, amend, version_tag: versionTag }
  }),
  clone: ({ source, path, asSubdataset }) => ({
    function: 'clone',
    positional: [source, relative(path, asSubdataset ?? ROOT)],
    options: { dataset: asSubdataset === undefined ? undefined : '.' }
  }),
  create: ({ path, procedures, description, asSubdataset, force }) => ({
    function: 'create',
    positional: [relative(path, asSubdataset ?? ROOT)],
    options: {
      dataset: asSubdataset === undefined ? undefined : '.',
      cfg_proc: procedures?.length ? procedures : undefined,
      description,
      force
    }
  }),
  run: request => ({
    function: request.container === undefined ? 'run' : 'containers_run',
    positional: [request.command],
    options: runOptions(request)
  }),
  runNotebook: ({ dataset, path, inputs = [], outputs = [], parameters }) => {
    const notebook = relative(path, dataset);
    return {
      function: 'run',
      positional: [asRecorded(notebookCommand(notebook, parameters))],
      options: { dataset: '.', inputs: [runPattern(notebook), ...inputs], outputs: [runPattern(notebook), ...outputs] }
    };
  },
  saveRun: () => null,
  rerun: ({ commit, since }) => ({
    function: 'rerun',
    positional: [],
    options: { revision: commit, since: since === 'all' ? '' : since, dataset: '.' }
  }),
  verifyRuns: ({ commit, since }) => ({
    function: 'rerun',
    positional: [],
    options: { revision: commit, since: since === 'all' ? '' : since, onto: '', dataset: '.' }
  }),
  keepReport: () => null,
  downloadUrl: ({ dataset, url, file, message, overwrite, noSave }) => ({
    function: 'download_url',
    positional: [withoutSecrets(url)],
    options: { dataset: '.', path: relative(file, dataset), message, overwrite, save: noSave === true ? NO : undefined }
  }),
  addUrls: ({ dataset, table, urlFormat, fileFormat, message, ifExists }) => ({
    function: 'addurls',
    positional: [relative(table, dataset), withoutSecrets(urlFormat), fileFormat],
    options: { dataset: '.', exclude_autometa: '*', ifexists: ifExists === 'skip' ? ifExists : undefined, message }
  }),
  runProcedure: ({ procedure }) => ({ function: 'run_procedure', positional: [procedure], options: { dataset: '.' } }),
  exportArchive: ({ dataset, to, name, format, missing }) => ({
    function: 'export_archive',
    positional: [relative(placed(to, exportName(name, format)), dataset)],
    options: { dataset: '.', ...exportOptions(format, missing) }
  }),
  addArchiveContent: ({ dataset, archive, ownFolder, strip, overwrite, remove }) => ({
    function: 'add_archive_content',
    positional: [relative(archive, dataset)],
    options: {
      dataset: '.',
      add_archive_leading_dir: ownFolder,
      strip_leading_dirs: strip,
      delete: remove,
      existing: overwrite === true ? 'overwrite' : undefined
    }
  }),
  containersAdd: ({ name, url, image, callFormat, extraInputs, update }) => ({
    function: 'containers_add',
    positional: [name],
    options: { dataset: '.', url, call_fmt: callFormat, extra_input: extraInputs, image, update }
  }),
  containersRemove: ({ name, removeImage }) => ({
    function: 'containers_remove',
    positional: [name],
    options: { dataset: '.', remove_image: removeImage }
  }),
  unlock: ({ dataset, paths }) => ({ function: 'unlock', positional: names(paths, dataset), options: { dataset: '.' } }),
  remove: ({ dataset, paths }) => ({
    function: 'remove',
    positional: paths.includes(dataset) ? [] : names(paths, dataset),
    options: { dataset: paths.includes(dataset) ? textOfPath(dataset) : '.' }
  }),
  copyFile: ({ dataset, paths, to, name }) =>
    paths.every(path => isWithin(path, dataset))
      ? null
      : {
          function: 'copy_file',
          positional: names([...paths, placed(to, name)], dataset),
          options: { dataset: '.', recursive: true }
        },
  clean: () => ({ function: 'clean', positional: [], options: { dataset: '.' } }),
  wtf: () => ({ function: 'wtf', positional: [], options: {} })
};
