import { builtinTemplates } from '../../../src/core/prompt/template/builtin-templates';
import type { TemplateTexts } from '../../../src/core/prompt/template/builtin-templates';
import { fitPrompt } from '../../../src/core/prompt/prompt-fit';
import type { PromptFeature, PromptSpec, PromptTarget, Task } from '../../../src/core/prompt/prompt-spec';
import { PromptWriter } from '../../../src/core/prompt/prompt-writer';
import type { Cell } from '../../../src/core/table/table';

export interface SmallTable {
  readonly columns: readonly { readonly name: string }[];
  readonly rows: readonly (readonly Cell[])[];
}

export function tableOf(columns: readonly string[], ...rows: readonly (readonly Cell[])[]): SmallTable {
  return { columns: columns.map((name) => ({ name })), rows };
}

export interface SpecOptions {
  readonly task?: Task;
  readonly template?: Partial<TemplateTexts>;
  readonly features?: readonly (Partial<PromptFeature> & { readonly column: string })[];
  readonly series?: boolean;
  readonly target?: Partial<PromptTarget>;
}

/** A spec that names columns as they are; the last column of the table is the target. */
export function specOf(columns: readonly string[], options: SpecOptions = {}): PromptSpec {
  const target = options.target?.column ?? columns.at(-1)!;
  const features = options.features ?? columns.filter((column) => column !== target).map((column) => ({ column }));
  return {
    task: options.task ?? 'classification',
    template: { ...builtinTemplates.sentence.texts, ...options.template },
    features: features.map((feature) => ({
      name: feature.column,
      unit: '',
      format: 'as-is',
      missing: 'unknown',
      include: true,
      ...feature,
    })),
    series: options.series ?? false,
    target: { column: target, name: target, unit: '', labels: {}, format: 'as-is', ...options.target },
  };
}

/** A writer fitted to all rows of a small table. */
export function writerOf(table: SmallTable, options: SpecOptions = {}): PromptWriter {
  const columns = table.columns.map((column) => column.name);
  const spec = specOf(columns, options);
  return PromptWriter.create(spec, fitPrompt(spec, table, [...table.rows.keys()]), columns);
}
