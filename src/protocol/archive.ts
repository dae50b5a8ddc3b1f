import * as v from 'valibot';

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** As what a dataset can be exported, by the end of the file's name. */
export const ArchiveFormat = v.picklist(['tar.gz', 'zip', 'tar']);
export type ArchiveFormat = v.InferOutput<typeof ArchiveFormat>;

/** What an export does about files whose content is not here: stops, or leaves them out, with or without saying which. */
export const MissingContent = v.picklist(['error', 'continue', 'ignore']);
export type MissingContent = v.InferOutput<typeof MissingContent>;

/** What is in an archive that can be unpacked. */
export const ArchivePlan = v.object({
  files: Count,
  /** Of all files, unpacked. */
  bytes: Count,
  /** Symbolic links among the files; DataLad adds what they lead to. */
  links: Count,
  /** For people: the folders that everything in the archive lies in; empty where there are none. */
  leading: v.string(),
  /** For people: the first files. */
  names: v.array(v.string())
});
export type ArchivePlan = v.InferOutput<typeof ArchivePlan>;

/** Names of the archives that DataLad can unpack and that can be looked through before. */
const ARCHIVE = /\.(?:tar|tar\.gz|tgz|tar\.bz2|tbz2|tar\.xz|zip)$/iu;

/** Whether a file is an archive, by its name. */
export function isArchiveName(name: string): boolean {
  return ARCHIVE.test(name);
}

/** The folder that DataLad makes for an archive: its name less up to two endings of at most five letters. */
export function ownFolderName(archive: string): string {
  return archive.replace(/(?:\.[a-zA-Z_]\S{1,4}){0,2}$/u, '');
}

/** The options of `export_archive` that say more than it does without a word: a tar with gz, and to stop where content is missing. */
export function exportOptions(format: ArchiveFormat, missing: MissingContent = 'error'): Record<string, string> {
  return {
    ...(format === 'zip' ? { archivetype: 'zip' } : {}),
    ...(format === 'tar' ? { compression: '' } : {}),
    ...(missing === 'error' ? {} : { missing_content: missing })
  };
}

/** DataLad puts its own ending in the place of the last one, which has to be there: a dot may be part of the name. */
export function exportName(name: string, format: ArchiveFormat): string {
  return `${name}.${format === 'zip' ? 'zip' : 'tar'}`;
}
