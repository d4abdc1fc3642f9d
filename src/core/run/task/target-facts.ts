import { numberFormOf } from '../../inference/number-grammar';
import type { NumberForm } from '../../inference/number-grammar';
import type { PromptWriter } from '../../prompt/prompt-writer';
import { parseNumber } from '../../table/columns/parse-number';
import type { Table } from '../../table/table';

/** What the training answers of a regression tell: how numbers are written, and their mean, the paper's last resort. */
export interface TargetFacts {
  readonly form: NumberForm;
  /** 0 for a classification. */
  readonly mean: number;
}

/** @param examples the training rows */
export function targetFacts(examples: Table, target: string, { answerFormatter }: PromptWriter): TargetFacts {
  const place = examples.columns.findIndex(({ name }) => name === target);
  const texts = examples.rows.map((cells) => cells[place] ?? '');
  const numbers = texts.map((text) => parseNumber(text)).filter((value) => value !== undefined);
  const mean = numbers.length === 0 ? 0 : numbers.reduce((sum, value) => sum + value / numbers.length, 0);
  return { form: numberFormOf(texts.map((text) => answerFormatter.formatCell(text))), mean };
}
