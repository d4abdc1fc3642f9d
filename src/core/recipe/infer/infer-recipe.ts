import { builtinTemplates } from '../../prompt/template/builtin-templates';
import type { BuiltinTemplateName } from '../../prompt/template/builtin-templates';
import type { Task } from '../../prompt/prompt-spec';
import type { TablePart } from '../../table/table';
import { nameOfFile } from '../document/complete-recipe';
import { embeddedDefaults } from './embedded-defaults';
import type { EmbeddedDefaults } from './embedded-defaults';
import { inferFeatures } from './infer-features';
import type { InferredFeature } from './infer-features';
import { inferImage } from './infer-image';
import { inferSeries } from './infer-series';
import { inferTarget, inferTask } from './infer-target';
import { checkRecipeDocument } from '../document/parse-recipe';
import type { Recipe } from '../recipe';
import type { RecipeDocument } from '../schema/recipe-schema';
import { recipeVersion } from '../schema/recipe-schema';
import { speakColumns } from './speak-columns';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { Phrase, Said } from '../../foundation/phrase';

export interface InferRecipeOptions {
  readonly target?: string;
  readonly task?: Task;
  readonly template?: BuiltinTemplateName;
  /** `embedded` (the default), a folder, or a hub id. */
  readonly model?: string;
  /** The dataset as the recipe names it, relative to the recipe; by default the name of the table's file. */
  readonly path?: string;
}

/** Why a field of an inferred recipe is as it is, in words for people. */
export interface RecipeReason {
  /** `task`, `target.column`, `features[2].include`, … */
  readonly path: string;
  readonly reason: Said;
}

/** A column that prompts do not tell. */
export interface LeftOutColumn {
  readonly column: string;
  readonly why: Phrase;
}

/**
 * A recipe for a table that nobody has described yet, with a reason for every decision.
 *
 * The embedded model gets the compact template, scaled numbers and nearest rows in the prompt, which it was pretrained for; any
 * other model gets sentences and plain LIFT, with an adapter instead of full fine-tuning.
 *
 * @throws LiftError `column-missing` when the target asked for is not there; `target-invalid` when it cannot be predicted,
 *   or no other column says anything about a row
 */
export function inferRecipe(
  table: TablePart,
  options: InferRecipeOptions = {},
): { recipe: Recipe; reasons: readonly RecipeReason[]; leftOut: readonly LeftOutColumn[] } {
  const target = inferTarget(table, options.target);
  const task = inferTask(target.value, table.rows.length, options.task);
  const image = inferImage(table.columns, target.value);
  const template = options.template ?? templateFor(options, image !== undefined);
  const { numberFormat, answerFormat } = builtinTemplates[template];
  const features = inferFeatures(table.columns, target.value, numberFormat, image);
  requireSomethingToTell(features);
  const told = new Set(features.flatMap(({ feature }) => (feature.include ? [feature.column] : [])));
  const columns = table.columns.filter(({ name }) => told.has(name));
  const series = image === undefined && inferSeries(table, columns);
  const model = inferModelFields(options, table.rows.length, told.size, task.value, template);
  const dataset = options.path ?? table.source.path.split(/[/\\]/u).at(-1)!;
  const spoken = speakColumns(table.columns.map((column) => column.name)).get(target.value.name)!;
  const document: RecipeDocument = {
    version: recipeVersion,
    name: nameOfFile(dataset),
    dataset,
    task: task.value,
    target: { column: target.value.name, ...spoken, labels: {}, format: answerFormat },
    features: features.map(({ feature }) => ({ ...feature })),
    series,
    template: { name: template, ...builtinTemplates[template].texts },
    examples: { rows: model.exampleRows, ...(isEmbedded(options) && { weights: 'learned' as const }) },
    split: {},
    model: { id: options.model ?? 'embedded' },
    training: model.training,
    prediction: model.prediction,
    generation: model.generation,
    backend: {},
  };
  return {
    recipe: checkRecipeDocument(document),
    reasons: [
      { path: 'target.column', reason: target.reason },
      { path: 'task', reason: task.reason },
      ...features.map(({ reason }, index) => ({ path: `features[${index}].include`, reason })),
      ...(series ? [{ path: 'series', reason: seriesReason }] : []),
      { path: 'template.name', reason: templateReason(options, model, image !== undefined) },
      { path: 'examples.rows', reason: model.reason },
      { path: 'training.method', reason: model.reason },
    ],
    leftOut: features.flatMap(({ feature: { column, include }, why }) => (include ? [] : [{ column, why }])),
  };
}

function requireSomethingToTell([first, ...others]: readonly InferredFeature[]): void {
  if (!first || [first, ...others].some(({ feature }) => feature.include)) return;
  throw new LiftError(
    'target-invalid',
    phrase`No column but the target says anything about a row. The first, "${first.feature.column}": ${first.why}.`,
    'Choose another target column, or a table whose other columns differ from row to row.',
  );
}

const seriesReason = phrase`the columns rise and fall together: how the numbers of a row differ from each other says more`;

function templateFor(options: InferRecipeOptions, isImage: boolean): BuiltinTemplateName {
  if (isEmbedded(options)) return isImage ? 'image' : 'compact';
  return isImage ? 'paper-image' : 'sentence';
}

function templateReason({ template }: InferRecipeOptions, { reason }: ModelFields, isImage: boolean): Said {
  if (template !== undefined) return phrase`it was asked for`;
  return isImage ? phrase`the columns are the pixels of an image` : reason;
}

const isEmbedded = ({ model = 'embedded' }: InferRecipeOptions): boolean => model === 'embedded';

interface ModelFields extends EmbeddedDefaults {
  readonly reason: Said;
}

function inferModelFields(
  options: InferRecipeOptions,
  rows: number,
  features: number,
  task: Task,
  template: BuiltinTemplateName,
): ModelFields {
  if (isEmbedded(options)) {
    const reason = phrase`the embedded model was pretrained on such prompts and is small enough to train as a whole`;
    return { ...embeddedDefaults(rows, features, task, template), reason };
  }
  const reason = phrase`the model was pretrained on plain text and is too large to train as a whole`;
  return { exampleRows: 0, training: { method: 'lora' }, prediction: {}, generation: {}, reason };
}
