import { defaultMissing } from '../../prompt/template/prompt-environment';
import type { NumberFormat } from '../../prompt/numbers/number-format';
import type { PromptFeature } from '../../prompt/prompt-spec';
import type { Column } from '../../table/table';
import { speakColumns } from './speak-columns';

/** A feature as inferred, and why it is in or out of the prompt. */
export interface InferredFeature {
  readonly feature: PromptFeature;
  readonly reason: string;
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
      const { include, reason } = inclusionOf(column, image);
      const { name, unit } = spoken.get(column.name)!;
      const format = isNumeric(column) || image?.has(column.index) ? numberFormat : 'as-is';
      return { feature: { column: column.name, name, unit, format, include, missing: defaultMissing }, reason };
    });
}

export function isNumeric(column: Column): boolean {
  return column.type === 'number' || column.type === 'integer';
}

function inclusionOf(column: Column, image: ReadonlySet<number> | undefined): { include: boolean; reason: string } {
  if (image && !image.has(column.index)) return { include: false, reason: 'left out: it is no pixel of the image' };
  if (column.distinct === 0) return { include: false, reason: 'left out: it has no values' };
  if (column.distinct === 1 && !column.distinctCapped && column.missing === 0) {
    return { include: false, reason: `left out: every row says "${column.examples[0] ?? ''}"` };
  }
  if (column.type === 'identifier') return { include: false, reason: `left out: ${column.reason}` };
  return { include: true, reason: `${column.type}: ${column.reason}` };
}
