import * as v from 'valibot';
import { ContentsPath, ContentsPaths, isName } from '../paths';

export const inDataset = { dataset: ContentsPath };
export const onPaths = { dataset: ContentsPath, paths: ContentsPaths };
/** No program can be handed a NUL. */
export const Text = v.pipe(v.string(), v.maxLength(100_000), v.regex(/^[^\0]*$/));
/** A name, path or URL: one line. */
export const Word = v.pipe(v.string(), v.minLength(1), v.maxLength(4_096), v.regex(/^[^\0\r\n]*$/));

/** `paths` come into the folder `to` of the dataset; a single one may get another name there. */
export const placing = { ...onPaths, to: ContentsPath, name: v.optional(v.pipe(Word, v.check(isName, 'not a name'))) };
