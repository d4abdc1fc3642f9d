import { parseNumber } from '../../table/columns/parse-number';

/** `unlabelled`: a row of the training table without an answer; `new`: a row of another table. */
export type SplitPart = 'train' | 'validation' | 'test' | 'unlabelled' | 'new';

/** One predicted row. Of a classification `probabilities` follow the run's classes; of a regression there are bounds. */
export interface Prediction {
  /** 0-based record number in the file. */
  readonly rowId: number;
  /** 1-based line of the file. */
  readonly lineNumber: number;
  readonly part: SplitPart;
  /** As the table has it; null when it is missing there. */
  readonly truth: string | null;
  readonly prediction: string;
  /** Probability of the predicted class after calibration. */
  readonly confidence?: number | undefined;
  readonly probabilities?: readonly number[] | undefined;
  readonly lower?: number | undefined;
  readonly upper?: number | undefined;
  /** What prediction had to fall back on for this row; empty when on nothing. */
  readonly fallback: string;
}

/**
 * The predictions as CSV (RFC 4180, LF): row, line, part, truth, prediction, then `confidence` and one `p(class)` column a
 * class, or `lower` and `upper`. A text that a spreadsheet would run as a formula gets an apostrophe in front.
 */
export function predictionsCsv(predictions: readonly Prediction[], classes: readonly string[]): string {
  const measures = classes.length > 0 ? ['confidence', ...classes.map((label) => `p(${label})`)] : ['lower', 'upper'];
  const header = ['row', 'line', 'part', 'truth', 'prediction', ...measures, 'fallback'];
  const lines = predictions.map((row) => [
    String(row.rowId),
    String(row.lineNumber),
    row.part,
    textCell(row.truth ?? ''),
    textCell(row.prediction),
    ...(classes.length > 0
      ? [row.confidence, ...classes.map((_, index) => row.probabilities?.[index])]
      : [row.lower, row.upper]
    ).map(numberCell),
    row.fallback,
  ]);
  return [header.map(textCell), ...lines].map((cells) => `${cells.join(',')}\n`).join('');
}

function numberCell(value: number | undefined): string {
  return value === undefined ? '' : String(Number(value.toPrecision(9)));
}

/** Texts that begin like this are formulas to a spreadsheet (OWASP, CSV injection). */
const FORMULA_START = /^[=+\-@\t\r]/;

function textCell(text: string): string {
  const guarded = FORMULA_START.test(text) && parseNumber(text) === undefined ? `'${text}` : text;
  return /[",\n\r]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
