/** East Asian wide and fullwidth characters and emoji (Unicode Standard Annex 11), which take two columns. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;
const ZERO_WIDTH = /\p{Mark}|\u200b|\u200d|\ufe0f/u;

/** Columns that a text takes in a terminal. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += ZERO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/** The text on one line, without control characters, cut with an ellipsis when it is wider than `widest` columns. */
export function shorten(text: string, widest: number): string {
  const line = text.replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ').replace(/\p{Control}/gu, '\ufffd');
  if (displayWidth(line) <= widest) return line;
  let kept = '';
  for (const character of line) {
    if (displayWidth(kept) + displayWidth(character) > widest - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
