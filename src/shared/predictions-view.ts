import type { PromptSegment } from '../core/prompt/prompt-segment';
import type { SplitPart } from '../core/run/folder/predictions-file';
import type { RemoteError } from './rpc';

/**
 * What the predictions views show, and what they ask. The rows stay with the host: the page asks for the ranges that it
 * shows, so that a table of a million rows costs no more than a small one.
 */

/** Which rows: all of the file, those that have a prediction, or one part of the split. */
export type RowScope = 'all' | 'predicted' | SplitPart;

export type RowFilter = 'all' | 'wrong' | 'unsure' | 'fallback';

/** `column:3` is the fourth column of the table. `error` is its size, without the sign. */
export type SortKey =
  'row' | 'truth' | 'prediction' | 'confidence' | 'interval' | 'error' | 'part' | `column:${number}`;

export interface RowSort {
  readonly by: SortKey;
  readonly descending: boolean;
}

/** A cell of the confusion matrix. */
export interface LabelPair {
  readonly truth: string;
  readonly prediction: string;
}

export interface RowQuery {
  readonly scope: RowScope;
  readonly filter: RowFilter;
  /** Only rows with this truth and this prediction. */
  readonly pair?: LabelPair | undefined;
  /** Only rows with a cell, truth or prediction that holds this text, without regard to case; empty for all. */
  readonly search: string;
  readonly sort: RowSort;
}

/** What a query found; `view` names it in later requests until the next query. */
export interface QueryResult {
  readonly view: number;
  readonly rows: number;
  /** Rows of the scope by filter, the search and the pair left aside. */
  readonly counts: Readonly<Record<RowFilter, number>>;
}

export interface RowRange {
  readonly view: number;
  /** Place in the view. */
  readonly from: number;
  readonly count: number;
  /** The table's columns that are shown: `columnFrom` to `columnTo - 1`. */
  readonly columnFrom: number;
  readonly columnTo: number;
}

/** `right` and `wrong` say, of a number, whether the truth lies in the interval. */
export type Verdict = 'right' | 'wrong' | 'unknown';

export interface RowView {
  /** 0-based number of the row in the file, the header not counted. */
  readonly row: number;
  /** 1-based line of the file on which it starts. */
  readonly line: number;
  readonly part: SplitPart | undefined;
  readonly truth: string | undefined;
  /** Undefined when the row was not predicted. */
  readonly prediction: PredictionFacts | undefined;
  /** Texts of the columns that were asked for, long ones cut. */
  readonly cells: readonly string[];
  /** Of a table of images: a hexadecimal digit for each pixel, 0 black to f white, line by line. */
  readonly image?: string | undefined;
}

export interface PredictionFacts {
  readonly text: string;
  readonly verdict: Verdict;
  /** 0 to 1. */
  readonly confidence: number | undefined;
  readonly lower: number | undefined;
  readonly upper: number | undefined;
  /** Prediction minus truth. */
  readonly error: number | undefined;
  readonly fallback: string;
}

export interface PredictionsViewState {
  /** Another one when the files were opened anew: what was found before is of old files, and is to be found again. */
  readonly opening: number;
  readonly table: TableFacts;
  /** Undefined when nobody has fine-tuned on the table yet. */
  readonly run: RunFacts | undefined;
  /** The scopes that have rows, and how many. */
  readonly scopes: readonly { readonly scope: RowScope; readonly rows: number }[];
  /** Where a view begins. */
  readonly firstScope: RowScope;
  readonly metrics: MetricsView | undefined;
  /** What a reader must know: the table has changed, or is gone. */
  readonly notices: readonly string[];
  readonly error: RemoteError | undefined;
}

/** The size of the images that the rows of a table are, in pixels. */
export interface ImageFacts {
  readonly width: number;
  readonly height: number;
}

export interface TableFacts {
  readonly name: string;
  readonly path: string;
  readonly columns: readonly ColumnFacts[];
  /** Rows known so far; more come while `complete` is false. */
  readonly rows: number;
  readonly complete: boolean;
  /** Undefined for a table whose columns are no pixels. */
  readonly image?: ImageFacts | undefined;
}

export interface ColumnFacts {
  readonly name: string;
  readonly isNumber: boolean;
  /** Characters that a usual cell or the name needs. */
  readonly width: number;
}

export interface RunFacts {
  readonly path: string;
  /** The predictions file: the run's own, or that of another table predicted with it. */
  readonly predictions: string;
  readonly name: string;
  readonly createdAt: string;
  readonly model: string;
  readonly task: 'classification' | 'regression';
  readonly target: string;
  readonly classes: readonly string[];
  /** The share of truths that the intervals promise to hold. */
  readonly promised: number;
}

export interface MetricsView {
  /** The part that was measured, and how many rows of it. */
  readonly part: SplitPart;
  readonly rows: number;
  /** The measures of this task, the one that decides first. */
  readonly measures: readonly Measure[];
  /** LIFT and the baselines, the best first. */
  readonly methods: readonly MethodView[];
  /** The one number that counts, in words. */
  readonly headline: string;
  /** How LIFT stands beside the baselines, in words; empty without baselines. */
  readonly comparison: string;
  readonly isBehind: boolean;
  readonly confusion: ConfusionView | undefined;
  readonly reliability: readonly ReliabilityPoint[] | undefined;
  readonly residuals: ResidualsView | undefined;
}

export interface Measure {
  readonly key: string;
  readonly label: string;
  /** What it is, for people who have not met it. */
  readonly explanation: string;
  readonly style: 'percent' | 'number';
}

export interface MethodView {
  readonly label: string;
  readonly isLift: boolean;
  readonly values: Readonly<Record<string, number>>;
  /** Hyper-parameters that were chosen on validation rows. */
  readonly settings: string;
}

export interface ConfusionView {
  readonly labels: readonly string[];
  /** `counts[t][p]`: rows of truth `labels[t]` that were predicted as `labels[p]`. */
  readonly counts: readonly (readonly number[])[];
}

/** Rows of like confidence: how sure the model was, how often it was right. */
export interface ReliabilityPoint {
  readonly lower: number;
  readonly upper: number;
  readonly count: number;
  readonly confidence: number;
  readonly accuracy: number;
}

export interface ResidualsView {
  readonly points: readonly ResidualPoint[];
  /** Share of rows whose truth lies in its interval; undefined without intervals. */
  readonly coverage: number | undefined;
}

export interface ResidualPoint {
  readonly row: number;
  readonly prediction: number;
  readonly error: number;
  readonly verdict: Verdict;
}

/** Why a row was predicted as it was. */
export interface RowDetail {
  readonly row: RowView;
  /** Names and whole texts of all columns. */
  readonly cells: readonly (readonly [name: string, text: string])[];
  /** Classes by probability, the most probable first. */
  readonly probabilities: readonly ClassProbability[];
  /** What the model read, written again from the run folder; undefined when that cannot be done. */
  readonly prompt: PromptDetail | undefined;
  readonly promptError: RemoteError | undefined;
}

export interface ClassProbability {
  readonly label: string;
  readonly probability: number;
}

export interface PromptDetail {
  readonly segments: readonly PromptSegment[];
  /** The completion that the prediction is, with its end mark; empty when there is none. */
  readonly answer: string;
  /** Example rows that were left out since the prompt was too long with them; undefined when that is not known. */
  readonly droppedExamples: number | undefined;
  /** The example rows of the prompt, the nearest first. */
  readonly examples: readonly ExampleRow[];
  readonly select: 'nearest' | 'random' | 'same';
}

export interface ExampleRow {
  readonly line: number;
  readonly answer: string;
  readonly cells: readonly (readonly [name: string, text: string])[];
  /** As that of a row. */
  readonly image?: string | undefined;
}

export type PredictionsRequests = {
  ready: (params: null) => PredictionsViewState;
  query: (params: RowQuery) => QueryResult;
  rows: (params: RowRange) => readonly RowView[];
  inspect: (params: { readonly row: number }) => RowDetail;
  /** The place of a row in a view; -1 when it is not in it. */
  place: (params: { readonly view: number; readonly row: number }) => number;
  showLine: (params: { readonly line: number }) => void;
  copyRow: (params: { readonly row: number }) => void;
  exportRows: (params: { readonly view: number }) => void;
  fineTune: (params: null) => void;
  chooseRun: (params: null) => void;
};

export type PredictionsEvents = {
  state: PredictionsViewState;
  /** A row to go to, as the user has asked for in the text editor. */
  reveal: { readonly row: number };
};
