import type { TranslationBundle } from '@jupyterlab/translation';
import type { Failure, FailureKind } from '../../protocol/failure';

/** A failure as people read it. */
export interface IFailureWords {
  /** One sentence: what happened. */
  readonly title: string;
  /** Why, and what to do; may be empty. */
  readonly text: string;
  /** The button that mends it: a command, or the same work again. */
  readonly action?: { readonly label: string; readonly command: string | 'retry' };
}

export interface IContext {
  /** Names of the files it is about; empty for the work as a whole. */
  readonly names: readonly string[];
  readonly failure: Failure;
}

/** Texts are taken for translation from calls that read `trans.__`, so every wording gets the translator by that name. */
export type Wording = (trans: TranslationBundle, context: IContext) => IFailureWords;

export type Wordings = Partial<Record<FailureKind, Wording>>;

/** A failure about files as it is declared: with a title for none that is known, for one and for several. */
interface IFileWording extends Omit<IFailureWords, 'title'> {
  readonly none: string;
  one(name: string): string;
  many(count: number): string;
}

/** Derives the words of a failure about files: one is called by its name, several are counted. */
export function aboutFiles(declare: (trans: TranslationBundle, context: IContext) => IFileWording): Wording {
  return (trans, context) => {
    const { none, one, many, ...rest } = declare(trans, context);
    const { length, 0: first } = context.names;
    return { title: first === undefined ? none : length === 1 ? one(first) : many(length), ...rest };
  };
}

/** What the server told of a detail; undefined when it did not. */
export function detail({ failure }: IContext, name: string): string | undefined {
  const value = failure.parameters?.[name];
  return value === undefined ? undefined : String(value);
}

/** The same work again. */
export function retry(trans: TranslationBundle): IFailureWords['action'] {
  return { label: trans.__('Try again'), command: 'retry' };
}

/** The server's own words as the explanation below a translated title. */
export function own({ failure }: IContext): string {
  return [failure.message, failure.hint].filter(part => part !== undefined && part !== '').join(' ');
}
