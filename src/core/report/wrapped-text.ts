/** The lines of a text, none longer than `most` characters: broken between words, or in a word that is longer itself. */
export function wrappedText(text: string, most: number): string[] {
  const pieces = new RegExp(`.{1,${most}}`, 'gu');
  const lines: string[] = [];
  for (const word of text.split(' ').flatMap((one) => one.match(pieces) ?? [])) {
    const longer = `${lines.at(-1) ?? ''} ${word}`;
    if (lines.length > 0 && longer.length <= most) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
