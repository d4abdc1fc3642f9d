import type { Measure } from './predictions-view';

/** What the comparison of two runs shows, and what it asks. Plain data, so that it crosses to a page as it is. */

export interface ComparisonView {
  readonly left: ComparedRun;
  readonly right: ComparedRun;
  readonly task: 'classification' | 'regression';
  /** Whether the difference is more than noise, in words; empty when the runs have no test row in common. */
  readonly verdict: string;
  /** What limits the comparison: other rows, another table. */
  readonly notices: readonly string[];
  readonly measures: readonly ComparedMeasure[];
  readonly recipe: readonly RecipeDifference[];
  /** Test rows that both runs have predicted. */
  readonly commonRows: number;
  /** Of these, how many predictions changed, by how. */
  readonly changes: Readonly<Record<ChangeKind, number>>;
}

export interface ComparedRun {
  readonly path: string;
  readonly name: string;
  /** When it was begun, for people. */
  readonly begun: string;
  readonly model: string;
}

export interface ComparedMeasure extends Measure {
  readonly left: number | undefined;
  readonly right: number | undefined;
  /** Whose value is better; undefined when they are equal or one is missing. */
  readonly better: 'left' | 'right' | undefined;
}

/** A field of the recipes that differs, its values as JSON. */
export interface RecipeDifference {
  readonly path: string;
  readonly left: string | undefined;
  readonly right: string | undefined;
}

/**
 * How a prediction changed from left to right. Of classes: `better` was wrong and is right, `worse` was right and is wrong,
 * `other` is wrong in another way. Of numbers: closer to the truth, further from it, as far on the other side.
 */
export type ChangeKind = 'better' | 'worse' | 'other';

export interface ChangedRow {
  /** 1-based line of the table. */
  readonly line: number;
  readonly kind: ChangeKind;
  readonly truth: string;
  readonly left: PredictedAnswer;
  readonly right: PredictedAnswer;
}

export interface PredictedAnswer {
  readonly text: string;
  /** 0 to 1, of a class. */
  readonly confidence: number | undefined;
}

export interface ChangesQuery {
  readonly kind: ChangeKind | 'all';
  readonly from: number;
  readonly count: number;
}

export type ComparisonRequests = {
  ready: (params: null) => ComparisonView;
  changes: (params: ChangesQuery) => readonly ChangedRow[];
  showLine: (params: { readonly line: number }) => void;
  /** The same two runs, left and right exchanged. */
  swap: (params: null) => void;
};

export type ComparisonEvents = {
  view: ComparisonView;
};
