import { picture } from '../../protocol/names';

/** Everything that is not seen as what it is: controls, bidi marks, zero-width and other formatting characters, odd spaces, surrogates. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}|\p{Default_Ignorable_Code_Point}/gu;
/** More blanks than anybody writes in a row: what stands behind them would be out of sight. */
const MANY_SPACES = /[ \t]{40,}/g;
const MANY_LINES = /\n(?:[ \t]*\n){4,}/g;

/**
 * A raw line as it really is, on one line, in the notation of `shownName`. It is stricter than that one: a name may hold what joins an
 * emoji, what a shell is to run may not.
 */
export function visible(text: string): string {
  return counted(text).replace(INVISIBLE, picture);
}

/** The same for a text of several lines: its line breaks and tabs stay, but for those that would move the rest out of sight. */
export function visibleLines(text: string): string {
  const shown = text.replace(INVISIBLE, char => (char === '\n' || char === '\t' ? char : picture(char)));
  return counted(shown.replace(MANY_LINES, lines => `\n␊×${lines.split('\n').length - 1}\n`));
}

function counted(text: string): string {
  return text.replace(MANY_SPACES, spaces => `␣×${spaces.length}`);
}
