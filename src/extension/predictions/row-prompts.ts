import { loadTokenizer } from '../../core/model/tokenizer/load-tokenizer';
import { openModelFolder } from '../../core/model/open-model-folder';
import type { PromptSegment } from '../../core/prompt/prompt-segment';
import { PromptWriter } from '../../core/prompt/prompt-writer';
import type { Recipe } from '../../core/recipe/recipe';
import { readRunRecipe } from '../../core/run/folder/open-run';
import type { PromptLimits } from '../../core/run/task/encode-prompt';
import { needsExamples, readExamples } from '../../core/run/folder/examples-file';
import { readFitted } from '../../core/run/folder/fitted-file';
import type { Fitted } from '../../core/run/folder/fitted-file';
import { PromptSource } from '../../core/run/task/prompt-source';
import type { PromptRow } from '../../core/run/task/prompt-source';
import type { RunFolder } from '../../core/run/folder/run-folder';
import type { RunState } from '../../core/run/folder/run-state';
import type { RawRow } from '../../core/table/csv/read-rows';
import type { Cell, Table } from '../../core/table/table';
import type { ExampleRow, PromptDetail } from '../../shared/predictions-view';
import { CellReader } from './cell-reader';
import { RowImages } from './row-images';
import type { TableReader } from './table-reader';

/** Wide tables would fill the page: of an example row the first columns are told. */
const columnsOfExample = 40;

/**
 * Writes the prompts of a run again, as the model read them, from what the run folder keeps: recipe, formats, example rows.
 */
export class RowPrompts {
  private constructor(
    private readonly recipe: Recipe,
    private readonly fitted: Fitted,
    private readonly writer: PromptWriter,
    private readonly source: PromptSource,
    private readonly cells: CellReader,
    private readonly examples: Table | undefined,
    private readonly limits: PromptLimits | undefined,
    /** Whether rows of the table may be example rows themselves. */
    private readonly isTrainingTable: boolean,
  ) {}

  /** Throws `run-invalid` when the folder lacks something that prompts need, and what reading the table throws. */
  static async open(
    folder: RunFolder,
    state: RunState,
    reader: TableReader,
    isTrainingTable: boolean,
  ): Promise<RowPrompts> {
    const [recipe, fitted] = await Promise.all([readRunRecipe(folder), readFitted(folder)]);
    const examples = needsExamples(recipe) ? await readExamples(folder.examples) : undefined;
    const writer = PromptWriter.create(recipe, fitted.prompt, fitted.columns);
    const source = await PromptSource.create(writer, examples, fitted.columns, recipe);
    const cells = await CellReader.open(reader, fitted.columns);
    const modelPath = recipe.training.method === 'full' ? folder.model : state.model.path;
    const limits = await limitsOf(modelPath, fitted.answerTokens);
    return new RowPrompts(recipe, fitted, writer, source, cells, examples, limits, isTrainingTable);
  }

  /** @param prediction as the predictions file has it; its completion is what the model said */
  detail(raw: RawRow, prediction: string | undefined): PromptDetail {
    const place = this.isTrainingTable ? (this.examples?.rowIds.indexOf(raw.rowId) ?? -1) : -1;
    const row: PromptRow = {
      cells: this.fitted.columns.map((name) => this.cells.cell(name, raw.cells)),
      lineNumber: raw.lineNumber,
      ownExample: place < 0 ? undefined : place,
    };
    const { segments, droppedExamples } = this.write(row);
    return {
      segments: segments.filter(({ role }) => role !== 'answer').map(({ role, text }) => ({ role, text })),
      answer: prediction === undefined || prediction === '' ? '' : this.writer.completionOf(prediction),
      droppedExamples,
      examples: this.exampleRows(row, droppedExamples ?? 0),
      select: this.recipe.examples.select,
    };
  }

  /** With as many example rows as fit the model; with all of them when the model is not at hand to count tokens. */
  private write(row: PromptRow): { segments: readonly PromptSegment[]; droppedExamples: number | undefined } {
    if (this.limits) return this.source.encode(row, this.limits);
    return { segments: this.source.render(row).segments, droppedExamples: undefined };
  }

  /** Of those that the prompt had room for. */
  private exampleRows(row: PromptRow, dropped: number): ExampleRow[] {
    const { examples, fitted, recipe } = this;
    if (!examples) return [];
    const inPrompt = this.source.examplesFor(row);
    const nearestFirst = recipe.examples.order === 'nearest-last' ? inPrompt.reverse() : inPrompt;
    const places = new Map(examples.rows.map((cells, place) => [cells, place]));
    const target = fitted.columns.indexOf(recipe.target.column);
    const told = recipe.features.filter(({ include }) => include).slice(0, columnsOfExample);
    const features = told.map(({ column }) => [column, fitted.columns.indexOf(column)] as const);
    const images = RowImages.of(fitted.columns);
    const kept = nearestFirst.slice(0, nearestFirst.length - dropped);
    return kept.map((cells: readonly Cell[]) => ({
      line: examples.lineNumbers[places.get(cells)!]!,
      answer: cells[target] ?? '',
      cells: features.map(([name, column]) => [name, cells[column] ?? ''] as const),
      image: images?.textOf(cells),
    }));
  }
}

/** Undefined when the model is not on this machine any more. */
async function limitsOf(modelPath: string, answerTokens: number): Promise<PromptLimits | undefined> {
  try {
    const model = await openModelFolder(modelPath);
    return { tokenizer: await loadTokenizer(model), contextLength: model.config.contextLength, answerTokens };
  } catch {
    return undefined;
  }
}
