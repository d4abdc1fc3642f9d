import { defaultMissing } from '../../prompt/template/prompt-environment';
import type { NumberFormat } from '../../prompt/numbers/number-format';
import type { PromptFeature } from '../../prompt/prompt-spec';
import type { Column } from '../../table/table';
import { speakColumns } from './speak-columns';
import { phrase } from '../../foundation/phrase';
import type { Phrase } from '../../foundation/phrase';

/** A feature as inferred, and why it is in or out of the prompt. */
export interface InferredFeature {
  readonly feature: PromptFeature;
  /** Why it is told or left out, without that. */
  readonly why: Phrase;
  readonly reason: Phrase;
}

/**
 * Every column but the target, in the order of the table. Identifiers and columns that say the same in every row are left out
 * of prompts; long texts are in. Of images the pixels alone are told.
 *
 * @param image the columns that are pixels, by their index, when the rows are images
 */
export function inferFeatures(
  columns: readonly Column[],
  target: Column,
  numberFormat: NumberFormat,
  image?: ReadonlySet<number>,
): readonly InferredFeature[] {
  const spoken = speakColumns(columns.map((column) => column.name));
  return columns
    .filter((column) => column.index !== target.index)
    .map((column) => {
      const { include, why } = inclusionOf(column, image);
      const reason = include ? why : phrase`left out: ${why}`;
      const { name, unit } = spoken.get(column.name)!;
      const format = isNumeric(column) || image?.has(column.index) ? numberFormat : 'as-is';
      return { feature: { column: column.name, name, unit, format, include, missing: defaultMissing }, why, reason };
    });
}

export function isNumeric(column: Column): boolean {
  return column.type === 'number' || column.type === 'integer';
}

function inclusionOf(column: Column, image: ReadonlySet<number> | undefined): { include: boolean; why: Phrase } {
  if (image && !image.has(column.index)) return { include: false, why: phrase`it is no pixel of the image` };
  if (column.distinct === 0) return { include: false, why: phrase`it has no values` };
  if (column.distinct === 1 && !column.distinctCapped && column.missing === 0) {
    return { include: false, why: phrase`every row says "${column.examples[0] ?? ''}"` };
  }
  if (column.type === 'identifier') return { include: false, why: phrase`${column.reason}` };
  return { include: true, why: phrase`${column.type}: ${column.reason}` };
}
