import { checkSource, isLocalPath } from '../datalad/sources';
import { FailureError } from '../../protocol/failure';
import { isKnownProgram } from './externals';

/** Git's remote helper that DataLad sets up for WebDAV and the like: parameters of a special remote, of which `type` can name a program. */
const DATALAD_ANNEX = /^datalad-annex::(?:https?:\/\/[^?\s]*)?\?([\w=&.:/{}%~,+-]+)$/u;

/** Whether an address of a sibling names a place and nothing else: no program, and no option in disguise. */
export function isPlace(url: string): boolean {
  const [, query] = DATALAD_ANNEX.exec(url) ?? [];
  if (query !== undefined) {
    return isHarmlessQuery(new URLSearchParams(query));
  }
  try {
    checkSource(url);
    return url !== '';
  } catch (error) {
    if (error instanceof FailureError) {
      return false;
    }
    throw error;
  }
}

function isHarmlessQuery(query: URLSearchParams): boolean {
  const types = query.getAll('type');
  const programs = query.getAll('externaltype');
  return (
    types.length === 1 &&
    types.every(type => type === 'webdav' || type === 'directory' || (type === 'external' && programs.length === 1)) &&
    programs.every(isKnownProgram)
  );
}

/** The folder of this machine that an address names, relative ones to the dataset; null for places elsewhere. */
export function localPathOf(url: string): string | null {
  const [, path] = /^file:\/\/(?:localhost)?(\/[^?#]*)$/iu.exec(url) ?? [];
  if (path !== undefined) {
    return decodeText(path);
  }
  return isLocalPath(url) ? url : null;
}

function decodeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
