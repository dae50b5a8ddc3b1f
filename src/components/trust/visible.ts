import { picture } from '../../protocol/names';

/** Everything that is not seen as what it is: controls, bidi marks, zero-width and other formatting characters, odd spaces, surrogates. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}|\p{Default_Ignorable_Code_Point}/gu;

/**
 * A raw line as it really is, on one line, in the notation of `shownName`. It is stricter than that one: a name may hold what joins an
 * emoji, what a shell is to run may not.
 */
export function visible(text: string): string {
  return text.replace(INVISIBLE, picture);
}
