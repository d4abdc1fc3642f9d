import type { SplitPart } from '../../core/run/folder/predictions-file';
import type { LabelPair, PredictionFacts, Verdict } from '../../shared/predictions-view';

export const splitParts: readonly SplitPart[] = ['train', 'validation', 'test', 'unlabelled', 'new'];

/** Texts that occur often, each kept once; a code is a place in `values`. */
export class TextCodes {
  readonly values: string[] = [];
  private readonly codes = new Map<string, number>();

  code(text: string): number {
    let code = this.codes.get(text);
    if (code === undefined) {
      code = this.values.push(text) - 1;
      this.codes.set(text, code);
    }
    return code;
  }
}

/** The columns of a prediction set: one entry a predicted row, in the order of the file. NaN is "not given". */
export interface PredictionColumns {
  readonly rows: Int32Array;
  readonly lines: Int32Array;
  /** Places in `splitParts`. */
  readonly parts: Uint8Array;
  /** Codes of texts; -1 when the truth is not known. */
  readonly truths: Int32Array;
  readonly predictions: Int32Array;
  readonly confidences: Float64Array;
  /** One after the other, `classes.length` a row. */
  readonly probabilities: Float32Array;
  readonly lowers: Float64Array;
  readonly uppers: Float64Array;
  /** Codes of texts. */
  readonly fallbacks: Int32Array;
}

/** The predictions of a run as typed arrays, so that a million of them are filtered and sorted at once. */
export class PredictionSet {
  constructor(
    readonly task: 'classification' | 'regression',
    readonly classes: readonly string[],
    readonly texts: TextCodes,
    readonly columns: PredictionColumns,
  ) {}

  get size(): number {
    return this.columns.rows.length;
  }

  /** The place of a row of the file; -1 when it was not predicted. */
  placeOf(row: number): number {
    return find(this.columns.rows, row);
  }

  /** The place of the row that starts on a line; -1 when there is none. */
  placeOfLine(line: number): number {
    return find(this.columns.lines, line);
  }

  part(place: number): SplitPart {
    return splitParts[this.columns.parts[place]!]!;
  }

  truth(place: number): string | undefined {
    const code = this.columns.truths[place]!;
    return code < 0 ? undefined : this.texts.values[code]!;
  }

  prediction(place: number): string {
    return this.texts.values[this.columns.predictions[place]!]!;
  }

  fallback(place: number): string {
    return this.texts.values[this.columns.fallbacks[place]!]!;
  }

  probabilities(place: number): Float32Array {
    const { length } = this.classes;
    return this.columns.probabilities.subarray(place * length, (place + 1) * length);
  }

  hasProbabilities(place: number): boolean {
    const [first] = this.probabilities(place);
    return first !== undefined && !Number.isNaN(first);
  }

  /** Prediction minus truth of a regression; NaN when the truth is no number. */
  error(place: number): number {
    if (this.task === 'classification') return Number.NaN;
    return numberOf(this.prediction(place)) - numberOf(this.truth(place));
  }

  /** Of a number: whether the truth lies in the interval; without an interval nobody can say. */
  verdict(place: number): Verdict {
    const { truths, predictions, lowers, uppers } = this.columns;
    if (truths[place]! < 0) return 'unknown';
    if (this.task === 'classification') return truths[place] === predictions[place] ? 'right' : 'wrong';
    const truth = numberOf(this.truth(place));
    const [lower, upper] = [lowers[place]!, uppers[place]!];
    if (Number.isNaN(truth + lower + upper)) return 'unknown';
    return lower <= truth && truth <= upper ? 'right' : 'wrong';
  }

  isPair(place: number, { truth, prediction }: LabelPair): boolean {
    return this.truth(place) === truth && this.prediction(place) === prediction;
  }

  facts(place: number): PredictionFacts {
    const { confidences, lowers, uppers } = this.columns;
    return {
      text: this.prediction(place),
      verdict: this.verdict(place),
      confidence: given(confidences[place]!),
      lower: given(lowers[place]!),
      upper: given(uppers[place]!),
      error: given(this.error(place)),
      fallback: this.fallback(place),
    };
  }
}

function given(value: number): number | undefined {
  return Number.isNaN(value) ? undefined : value;
}

function numberOf(text: string | undefined): number {
  return text === undefined || text === '' ? Number.NaN : Number(text);
}

/** The place of a value in rising numbers; -1 when it is not there. */
function find(sorted: Int32Array, value: number): number {
  const place = lowerBound(sorted, value);
  return sorted[place] === value ? place : -1;
}

/** The first place of rising numbers that is not below a value. */
export function lowerBound(sorted: Int32Array | Float64Array, value: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle]! < value) from = middle + 1;
    else to = middle;
  }
  return from;
}
