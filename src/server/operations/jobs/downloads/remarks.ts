import { open } from 'node:fs/promises';
import type { Failure } from '../../../../protocol/failure';
import { fsPath } from '../../../bytes';
import { mapLimited } from '../../../mapLimited';
import type { AbsolutePath, PathBoundary } from '../../../paths';
import { notedUrls } from '../sources/notedUrls';
import { annexedFiles, readPart } from '../withoutDatalad/part';

const AT_ONCE = 16;
/** Bytes at the beginning of a file by which a page is told. */
const LOOKED_AT = 1_024;
const PAGE = /^\uFEFF?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b/isu;
const PAGE_NAME = /\.(?:x?html?|php|aspx?|jsp)$/iu;

interface IDownload {
  readonly dataset: string;
  /** Absolute. */
  readonly file: string;
  readonly path: string;
  readonly url: string;
  readonly env: Record<string, string>;
  readonly signal: AbortSignal;
}

/** A server that wants to know who asks often answers with a page, and says that all is well. */
export async function pageRemark({ file, path }: Pick<IDownload, 'file' | 'path'>): Promise<Failure | null> {
  if (PAGE_NAME.test(file)) {
    return null;
  }
  const handle = await open(fsPath(file));
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(LOOKED_AT) });
    return PAGE.test(buffer.toString('utf8', 0, bytesRead))
      ? {
          kind: 'web-page',
          message: 'What came is a web page, perhaps one that asks who you are.',
          hint: 'Look at the file. Undo the save where it is not what you wanted.',
          parameters: { path }
        }
      : null;
  } finally {
    await handle.close();
  }
}

/** The same about all that came by a table, each remark once; `files` are absolute. */
export async function tableRemarks({
  dataset,
  files,
  boundary,
  env,
  signal
}: Pick<IDownload, 'dataset' | 'env' | 'signal'> & { files: readonly string[]; boundary: PathBoundary }): Promise<Failure[]> {
  if (files.length === 0) {
    return [];
  }
  const told = (path: string): string => boundary.toContents(path as AbsolutePath);
  const pages = (await mapLimited(files, AT_ONCE, file => pageRemark({ file, path: told(file) }))).filter(page => page !== null);
  const annexed = new Set((await annexedFiles(await readPart(dataset, files, { env, signal }), signal)).map(({ path }) => path));
  const inGit = files.filter(file => !annexed.has(file));
  const [page] = pages;
  const [kept] = inGit;
  return [
    ...(page === undefined ? [] : [{ ...page, parameters: { ...page.parameters, files: pages.length } }]),
    ...(kept === undefined ? [] : [keptInGit(told(kept), inGit.length)])
  ];
}

function keptInGit(path: string, files = 1): Failure {
  return {
    kind: 'source-not-noted',
    message: 'The file is kept in Git, where no source is noted: only annexed files have some.',
    parameters: { path, why: 'git', files }
  };
}

/** DataLad only logs where a source could not be noted, and notes none of a file that is kept in Git. */
export async function sourceRemark({ dataset, file, path, url, env, signal }: IDownload): Promise<Failure | null> {
  const part = await readPart(dataset, [file], { env, signal });
  const [annexed] = await annexedFiles(part, signal);
  if (annexed === undefined) {
    return keptInGit(path);
  }
  return (await notedUrls(part.workTree, annexed.key, signal)).some(noted => noted === url || noted === new URL(url).href)
    ? null
    : {
        kind: 'source-not-noted',
        message: 'The file was saved, but git-annex did not take its address as a source.',
        parameters: { path, why: 'refused' }
      };
}
