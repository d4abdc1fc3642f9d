/** How often each class was predicted for each true class. */
export interface ConfusionMatrix {
  /** The classes asked for, then labels that occur in the truth alone (classes that the training rows never showed). */
  readonly labels: readonly string[];
  /** `counts[t][p]`: rows whose truth is `labels[t]` and whose prediction is `labels[p]`. */
  readonly counts: readonly (readonly number[])[];
  /** Per true label: rows whose prediction is none of the labels (an answer that could not be read). */
  readonly unreadable: readonly number[];
}

/** Precision, recall and F1 of one class; null where the quotient has a zero denominator and so says nothing. */
export interface ClassScores {
  readonly label: string;
  /** Rows whose truth is this class. */
  readonly support: number;
  /** Rows for which this class was predicted. */
  readonly predicted: number;
  /** Null when the class was never predicted. */
  readonly precision: number | null;
  /** Null when the class does not occur in the truth. */
  readonly recall: number | null;
  /** Null only when the class neither occurs nor was predicted. */
  readonly f1: number | null;
}

/** Counts truth against prediction. A prediction of `null`, or of no known label, is counted as unreadable. */
export function confusionMatrix(
  truth: readonly string[],
  predicted: readonly (string | null)[],
  classes: readonly string[],
): ConfusionMatrix {
  const labels = [...new Set([...classes, ...truth])];
  const indexOf = new Map(labels.map((label, index) => [label, index]));
  const counts = labels.map(() => labels.map(() => 0));
  const unreadable = labels.map(() => 0);
  truth.forEach((label, row) => {
    const actual = indexOf.get(label)!;
    const answer = predicted[row] ?? null;
    const guess = answer === null ? undefined : indexOf.get(answer);
    if (guess === undefined) unreadable[actual]!++;
    else counts[actual]![guess]!++;
  });
  return { labels, counts, unreadable };
}

/** The scores of every class of a confusion matrix, in its order. */
export function classScores(matrix: ConfusionMatrix): ClassScores[] {
  return matrix.labels.map((label, index) => {
    const hits = matrix.counts[index]![index]!;
    const support = sum(matrix.counts[index]!) + matrix.unreadable[index]!;
    const predicted = sum(matrix.counts.map((row) => row[index]!));
    return {
      label,
      support,
      predicted,
      precision: predicted > 0 ? hits / predicted : null,
      recall: support > 0 ? hits / support : null,
      f1: support + predicted > 0 ? (2 * hits) / (support + predicted) : null,
    };
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
