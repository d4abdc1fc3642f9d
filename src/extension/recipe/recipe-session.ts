import { dirname, resolve } from 'node:path';
import { l10n } from 'vscode';
import { LiftError, throwIfCancelled } from '../../core/foundation/lift-error';
import { availableMemory } from '../../core/model/available-memory';
import type { Environment } from '../../core/model/hub/hub-settings';
import { parseRecipe, unknownFields } from '../../core/recipe/document/parse-recipe';
import type { Recipe } from '../../core/recipe/recipe';
import { RecipeError } from '../../core/recipe/recipe-problem';
import type { RecipeProblem } from '../../core/recipe/recipe-problem';
import { memoryText, trainingMemory } from '../../core/run/task/check-memory';
import type { OpenModel } from '../../core/run/train/open-model';
import { prepareTask } from '../../core/run/task/prepare-task';
import type { PreparedTask } from '../../core/run/task/prepare-task';
import type { Table } from '../../core/table/table';
import type { ModelView, PreviewRow, RecipeViewProblem, RecipeViewState, TableView } from '../../shared/recipe-view';
import type { RemoteError } from '../../shared/rpc';
import { localized, told } from '../told';
import { ModelCache } from './model-cache';
import { TableCache } from './table-cache';
import type { KnownTable } from './table-cache';
import { timeText } from './training-estimate';

/**
 * What a recipe document means: the recipe, its table ready to be written as prompts, its model. Each part may be missing,
 * with the reason; the last recipe that could be understood stays while the text is broken.
 */
export class RecipeSession {
  private readonly tables = new TableCache();
  private readonly models: ModelCache;
  private recipe: Recipe | undefined;
  private problems: readonly RecipeViewProblem[] = [];
  private table: Table | undefined;
  /** How many of its rows can be shown. */
  private rows = 0;
  private task: PreparedTask | undefined;
  /** What of the recipe the task was prepared from. */
  private taskKey = '';
  private revision = 0;
  private notices: readonly string[] = [];
  private tableError: RemoteError | undefined;
  private model: OpenModel | undefined;
  private modelError: RemoteError | undefined;
  private modelMissing = false;
  private freeMemory = 0;
  private estimate: string | undefined;
  private reading = true;
  /** The preparation that is under way. */
  private pending: { readonly table: Table; readonly key: string; readonly done: Promise<void> } | undefined;
  /** Ends it. */
  private preparing = new AbortController();
  private closed = false;

  /**
   * @param modelEnvironment where models are kept
   * @param measuredSpeed tokens a second of an earlier training of this kind on this machine
   */
  constructor(
    private readonly documentPath: string,
    modelEnvironment: () => Environment = () => process.env,
    private readonly measuredSpeed: (recipe: Recipe) => number | undefined = () => undefined,
  ) {
    this.models = new ModelCache(modelEnvironment, dirname(documentPath));
  }

  /** Takes the document's text in; `update` then brings table and model up to date with it. */
  takeText(text: string): void {
    try {
      this.recipe = parseRecipe(text);
      this.problems = unknownFields(this.recipe).map(problemView);
    } catch (error) {
      if (!(error instanceof RecipeError)) throw error;
      this.problems = error.problems.map(problemView);
    }
  }

  /** @param partKnown called when something can be shown while a large table is still being read */
  async update(partKnown: () => void = () => undefined): Promise<void> {
    const { recipe } = this;
    if (!recipe) return;
    await Promise.all([this.updateTable(recipe, partKnown), this.updateModel(recipe)]);
    this.estimate = this.estimateTraining();
  }

  /** Ends the reading of the table, and what is learnt from it. */
  dispose(): void {
    this.closed = true;
    this.preparing.abort();
    this.tables.dispose();
  }

  get datasetPath(): string | undefined {
    return this.recipe && resolve(dirname(this.documentPath), this.recipe.dataset);
  }

  get understood(): { readonly recipe: Recipe; readonly table: Table } {
    if (!this.recipe)
      throw new LiftError('recipe-invalid', l10n.t('The recipe cannot be understood.'), l10n.t('Mend its text first.'));
    if (!this.table)
      throw new LiftError('file-unreadable', l10n.t('The table is not read.'), this.tableError?.message ?? '');
    return { recipe: this.recipe, table: this.table };
  }

  view(trusted: boolean): RecipeViewState {
    return {
      recipe: this.recipe,
      problems: this.problems,
      table: this.tableView(),
      tableError: this.tableError,
      reading: this.reading,
      model: this.modelView(),
      modelError: this.modelError,
      modelMissing: this.modelMissing,
      estimate: this.estimate,
      trusted,
    };
  }

  /** A row with its example rows. Throws `column-missing` and the like when the rows cannot be written now. */
  previewRow(row: number): PreviewRow {
    if (!this.task) throw new LiftError('internal', this.tableError?.message ?? l10n.t('The table is being read.'));
    const { task } = this;
    const { table, parts, source } = task;
    const bounded = Math.min(Math.max(0, row), this.rows - 1);
    const partNames = ['train', 'validation', 'test'] as const;
    return {
      row: bounded,
      lineNumber: table.lineNumbers[bounded]!,
      part: partNames.find((name) => parts[name].includes(bounded)) ?? 'none',
      cells: table.rows[bounded]!,
      examples: source.examplesFor(task.promptRow(bounded)),
    };
  }

  /** Tokens of each text, by the model's own tokenizer. */
  countTokens(texts: readonly string[]): number[] {
    if (!this.model)
      throw new LiftError('model-not-found', this.modelError?.message ?? l10n.t('The model is not at hand.'));
    const { tokenizer } = this.model;
    return texts.map((text) => tokenizer.encode(text).length);
  }

  private async updateTable(recipe: Recipe, partKnown: () => void): Promise<void> {
    try {
      const known = await this.tables.open(resolve(dirname(this.documentPath), recipe.dataset));
      this.reading = known.whole !== undefined;
      if (known.whole || !this.task) {
        await this.showSoon(known, recipe);
        partKnown();
      }
      await this.take((await known.whole) ?? known, this.recipe ?? recipe);
      this.reading = false;
    } catch (error) {
      if (LiftError.is(error, 'cancelled')) return;
      this.task = undefined;
      this.taskKey = '';
      this.tableError = told(LiftError.from(error));
      this.reading = false;
    }
  }

  /**
   * Shows rows before it is learnt which of them are alike, and before all are read. A part may be too little to write prompts
   * from, of a target that nearly always misses for example.
   */
  private async showSoon(known: KnownTable, recipe: Recipe): Promise<void> {
    const { weights } = recipe.examples;
    const soon = weights === 'equal' ? weights : 'relevance';
    try {
      await this.take(known, { ...recipe, examples: { ...recipe.examples, weights: soon } });
    } catch {
      // The whole table has the last word.
    }
  }

  /**
   * Prepares a table for a recipe; anew only when something has changed that the preparation reads. Throws `cancelled` when
   * another preparation begins meanwhile.
   */
  private async take(known: KnownTable, recipe: Recipe): Promise<void> {
    const { table } = known;
    const key = preparedFrom(recipe);
    if (this.closed) return;
    const same = this.pending?.table === table && this.pending.key === key ? this.pending : undefined;
    if (!same) this.preparing.abort();
    if (this.task && table === this.table && key === this.taskKey) return;
    const pending = same ?? { table, key, done: this.prepare(known, recipe, key) };
    this.pending = pending;
    try {
      await pending.done;
    } finally {
      if (this.pending === pending) this.pending = undefined;
    }
  }

  private async prepare({ table, rows }: KnownTable, recipe: Recipe, key: string): Promise<void> {
    const { signal } = (this.preparing = new AbortController());
    const notices = table.repairs.map(({ message }) => localized(message));
    const task = await prepareTask(table, recipe, {
      emit: (event) => {
        if (event.event === 'notice') notices.push(localized(event.said ?? event.message));
      },
      signal,
    });
    throwIfCancelled(signal);
    this.table = table;
    this.rows = rows;
    this.task = task;
    this.taskKey = key;
    this.revision++;
    this.notices = notices;
    this.tableError = undefined;
  }

  private async updateModel(recipe: Recipe): Promise<void> {
    try {
      [this.model, this.freeMemory] = await Promise.all([this.models.open(recipe.model.id), availableMemory()]);
      this.modelMissing = this.model === undefined;
      this.modelError = undefined;
    } catch (error) {
      this.model = undefined;
      this.modelMissing = false;
      this.modelError = told(LiftError.from(error));
    }
  }

  private estimateTraining(): string | undefined {
    const { recipe, model, task } = this;
    if (!recipe || !model) return undefined;
    const time = task && timeText(recipe, task, model, this.measuredSpeed(recipe));
    return [localized(memoryText(trainingMemory(model.folder, recipe), this.freeMemory)), time]
      .filter(Boolean)
      .join(' ');
  }

  private tableView(): TableView | undefined {
    if (!this.task) return undefined;
    const { table, parts, fit } = this.task;
    return {
      revision: this.revision,
      columns: table.columns,
      rows: this.rows,
      totalRows: table.totalRows,
      parts: { train: parts.train.length, validation: parts.validation.length, test: parts.test.length },
      fit,
      notices: this.notices,
    };
  }

  private modelView(): ModelView | undefined {
    if (!this.model || !this.recipe) return undefined;
    const { config } = this.model.folder;
    return { name: this.recipe.model.id, parameters: config.parameterCount, contextLength: config.contextLength };
  }
}

function problemView({ path, message, hint }: RecipeProblem): RecipeViewProblem {
  return { path, message: localized(message), hint: localized(hint) };
}

/** What the split, the formats and the example rows depend on: all but the words, which the page puts in itself. */
function preparedFrom({ task, target, features, split, examples, training }: Recipe): string {
  const told = features.map(({ column, include, format }) => [column, include, format]);
  const { seed, maxRows, outliers } = training;
  return JSON.stringify([task, target, told, split, examples, seed, maxRows, outliers]);
}
