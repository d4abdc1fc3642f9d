import type { TemplateTexts } from './template/builtin-templates';
import type { AnswerFormat, NumberFormat } from './numbers/number-format';

export type Task = 'classification' | 'regression';

/** How one column is spoken of. */
export interface PromptFeature {
  /** The column's name in the table. */
  readonly column: string;
  /** What the prompt calls it. */
  readonly name: string;
  /** Written behind its values; may be empty. */
  readonly unit: string;
  readonly format: NumberFormat;
  /** What stands for a missing value. */
  readonly missing: string;
  /** Whether `{{#features}}` goes over it. Columns left out can still be named as `{{column}}`. */
  readonly include: boolean;
}

export interface PromptTarget {
  readonly column: string;
  readonly name: string;
  readonly unit: string;
  /** What a class is called in the answer, by its text in the table; classes that are not here keep their text. */
  readonly labels: Readonly<Record<string, string>>;
  /** How numbers are written in answers of a regression. */
  readonly format: AnswerFormat;
}

/** All that decides how rows are written, before it has seen a row. */
export interface PromptSpec {
  readonly task: Task;
  readonly template: TemplateTexts;
  readonly features: readonly PromptFeature[];
  /** Whether the numbers of a row are told relative to each other, see RowScale. */
  readonly series: boolean;
  readonly target: PromptTarget;
}

/** What a class is called in answers. */
export function spokenLabel(target: PromptTarget, label: string): string {
  return Object.hasOwn(target.labels, label) ? target.labels[label]! : label;
}
