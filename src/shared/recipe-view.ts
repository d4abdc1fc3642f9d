import type { PromptFit } from '../core/prompt/prompt-fit';
import type { Recipe } from '../core/recipe/recipe';
import type { Cell, Column } from '../core/table/table';
import type { RemoteError } from './rpc';

/** What the prompt editor shows, and what it asks. The page writes the prompts itself, so that the preview follows typing. */

export interface RecipeViewState {
  /** The last state of the document that could be understood; undefined when none could yet. */
  readonly recipe: Recipe | undefined;
  /** What is wrong with the document as it is now. */
  readonly problems: readonly RecipeViewProblem[];
  readonly table: TableView | undefined;
  /** Why there is no table, or why its rows cannot be written. */
  readonly tableError: RemoteError | undefined;
  /** Whether the table is being read. */
  readonly reading: boolean;
  readonly model: ModelView | undefined;
  readonly modelError: RemoteError | undefined;
  /** Whether the model would have to be downloaded first. */
  readonly modelMissing: boolean;
  /** What training will need, in words; undefined while it is not known. */
  readonly estimate: string | undefined;
  /** Whether the workspace is trusted: without trust nothing is run. */
  readonly trusted: boolean;
}

export interface RecipeViewProblem {
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

export interface TableView {
  /** Another number: rows and their example rows may be others. */
  readonly revision: number;
  readonly columns: readonly Column[];
  /** Rows that can be previewed; the file may have more. */
  readonly rows: number;
  readonly totalRows: number;
  readonly parts: { readonly train: number; readonly validation: number; readonly test: number };
  /** Fitted on the training rows for the recipe as it is. */
  readonly fit: PromptFit;
  /** What was repaired on reading, and what should be looked at. */
  readonly notices: readonly string[];
}

export interface ModelView {
  readonly name: string;
  readonly parameters: number;
  readonly contextLength: number;
}

/** A row for the preview. */
export interface PreviewRow {
  readonly row: number;
  readonly lineNumber: number;
  readonly part: 'train' | 'validation' | 'test' | 'none';
  readonly cells: readonly Cell[];
  /** The cells of its example rows, in the order of the prompt. */
  readonly examples: readonly (readonly Cell[])[];
}

/** One change of the document: the value at a path, or its removal. */
export interface RecipeChange {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

export type RecipeRequests = {
  ready: (params: null) => RecipeViewState;
  edit: (params: { readonly changes: readonly RecipeChange[] }) => void;
  /** All that was typed is in the document: the answer to the event `send`. */
  sent: (params: null) => void;
  chooseTarget: (params: { readonly column: string }) => void;
  useTemplate: (params: { readonly name: string }) => void;
  row: (params: { readonly row: number }) => PreviewRow;
  countTokens: (params: { readonly texts: readonly string[] }) => readonly number[];
  downloadModel: (params: null) => void;
  fineTune: (params: null) => void;
  openAsText: (params: null) => void;
  openTable: (params: null) => void;
  manageTrust: (params: null) => void;
};

export type RecipeEvents = {
  state: RecipeViewState;
  /** Asks for what was typed and not sent yet. */
  send: null;
};
