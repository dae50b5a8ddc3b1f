/**
 * An expression as a value of an attribute, which git ends at the first space: conditions stand in parentheses, so that the words between
 * them need none. Git-annex reads it as before.
 */
export function withoutSpaces(expression: string): string {
  const text = expression.trim();
  if (!/\s/u.test(text)) {
    return text;
  }
  const words = text.split(/\s+/u).flatMap(word => word.split(/([()])/u).filter(part => part !== ''));
  return group(words, 0).text;
}

function group(words: readonly string[], from: number): { text: string; next: number } {
  let text = '';
  let at = from;
  while (at < words.length && words[at] !== ')') {
    const part = item(words, at);
    text += part.text;
    at = part.next;
  }
  return { text, next: at };
}

/** A condition or a group in parentheses, or a word between them; `not` goes into the parentheses with what it is about. */
function item(words: readonly string[], at: number): { text: string; next: number } {
  const word = words[at];
  if (word === '(') {
    const inner = group(words, at + 1);
    return { text: `(${inner.text})`, next: inner.next + 1 };
  }
  if (word === 'not') {
    const of = at + 1 < words.length && words[at + 1] !== ')' ? item(words, at + 1) : { text: '', next: at + 1 };
    return { text: `(not${of.text})`, next: of.next };
  }
  return { text: word === 'and' || word === 'or' ? word : `(${word ?? ''})`, next: at + 1 };
}
