import { createColumnView } from '../column-view';
import type { ColumnView } from '../column-view';
import type { PromptFit } from '../prompt-fit';
import { spokenLabel } from '../prompt-spec';
import type { PromptFeature, PromptSpec } from '../prompt-spec';
import { spokenName } from '../names/spoken-name';
import type { TemplateEnvironment } from './template-meaning';

/** What stands for a missing value unless a column says otherwise. */
export const defaultMissing = 'unknown';

/**
 * The columns and names that the template of a spec can use, for a table with these columns. A column that the spec does not
 * list can be named too: its cells stay as they are. Without a fit the cells stay as they are as well, which is enough to
 * check a template.
 */
export function createEnvironment(
  spec: PromptSpec,
  fit: PromptFit | undefined,
  columns: readonly string[],
): TemplateEnvironment {
  const listed = new Map(spec.features.map((feature, index) => [feature.column, { feature, index }]));
  const views = new Map<string, ColumnView>();
  columns.forEach((column, cellIndex) => {
    const entry = listed.get(column);
    const { name, unit, missing } = entry?.feature ?? unlisted(column);
    const format = (entry && fit?.features[entry.index]) ?? { kind: 'as-is' };
    views.set(column, createColumnView({ column, cellIndex, name, unit, missing, format }));
  });
  return {
    columns: views,
    features: spec.features.filter((feature) => feature.include).flatMap((feature) => views.get(feature.column) ?? []),
    target: spec.target,
    classes:
      spec.task === 'classification' ? (fit?.classes ?? []).map((label) => spokenLabel(spec.target, label)) : undefined,
  };
}

function unlisted(column: string): Pick<PromptFeature, 'name' | 'unit' | 'missing'> {
  return { ...spokenName(column), missing: defaultMissing };
}
