/** The letter of a 0-based column as spreadsheets have it: A … Z, AA, AB, … */
export function spreadsheetLetter(index: number): string {
  let letters = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}
