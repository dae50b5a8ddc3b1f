import * as v from 'valibot';
import { ContentsPath, MAX_PATHS } from '../../protocol/paths';

/** A path as commands accept it: slashes at the ends do not matter, and `..` is refused. */
export const PathArgument = v.pipe(
  v.string(),
  v.transform(text => text.replace(/^\/+|\/+$/g, '')),
  ContentsPath
);

/** The arguments that most commands share. */
export const commonArguments = {
  paths: v.optional(
    v.pipe(
      v.array(PathArgument),
      v.minLength(1),
      v.maxLength(MAX_PATHS),
      v.description('Contents paths; default: the selection in the file browser, else its folder')
    )
  ),
  dataset: v.optional(
    v.pipe(PathArgument, v.description('Contents path of a dataset or of anything in it; default: the one around the paths'))
  )
};

/** For buttons that name what they work on and yet promise a question. */
export const askArgument = v.optional(
  v.pipe(v.boolean(), v.description('Show what will be done, and start when the user agrees'))
);

/** Whether a caller named what to work on; then nothing is asked that can be known. */
export function isExplicit(args: { paths?: unknown; dataset?: unknown }): boolean {
  return args.paths !== undefined || args.dataset !== undefined;
}

/** The options that say something: the command a learner reads holds no more than was asked for. */
export function onlyGiven<T extends object>(options: T): Partial<T> {
  const given: Partial<T> = {};
  for (const key in options) {
    const value = options[key];
    if (value !== undefined && value !== false && value !== '') {
      given[key] = value;
    }
  }
  return given;
}
