import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import type { PromptSegment } from '../prompt/prompt-segment';
import type { Table } from '../table/table';
import { chooseRecipe } from './task/choose-recipe';
import type { RecipeWishes } from './task/choose-recipe';
import { promptLimits } from './task/encode-task';
import type { RunContext } from './events';
import { openModel } from './train/open-model';
import type { OpenModel } from './train/open-model';
import { prepareTask } from './task/prepare-task';
import type { PreparedTask } from './task/prepare-task';
import type { PromptRow } from './task/prompt-source';
import { readDataset } from './task/read-dataset';
import { StageClock } from './progress/stage-clock';

export interface PreviewRequest extends RecipeWishes {
  readonly dataset: string;
  /** 1-based number of the row in the file, the header not counted. */
  readonly row: number;
}

/** The very text that a model would read for one row. */
export interface Preview {
  readonly prompt: string;
  /** Empty when the row has no answer. */
  readonly completion: string;
  readonly segments: readonly PromptSegment[];
  readonly row: number;
  readonly lineNumber: number;
  readonly template: string;
  /** Example rows that are left out because the prompt would be too long with them. */
  readonly droppedExamples: number;
  /** Of the prompt with its completion, when the model is at hand. */
  readonly tokens: number | undefined;
  readonly contextLength: number | undefined;
}

/** Writes one row as it is written for training. Throws as fine-tuning would, `usage` for a row that is not there. */
export async function preview(request: PreviewRequest, context: RunContext): Promise<Preview> {
  const [found] = await previewRows({ ...request, rows: [request.row] }, context);
  return found!;
}

/** As `preview`, of several rows: the table is read once. */
export async function previewRows(
  request: Omit<PreviewRequest, 'row'> & { readonly rows: readonly number[] },
  context: RunContext,
): Promise<Preview[]> {
  const table = await readDataset(request.dataset, new StageClock(context), context);
  const recipe = await chooseRecipe(table, request, context.emit);
  const indices = request.rows.map((row) => indexOfRow(table, row));
  const task = await prepareTask(table, recipe, { emit: () => undefined, signal: context.signal });
  const model = await modelIfAny(recipe.model.id, context);
  return request.rows.map((row, place) => previewRow(row, task.promptRow(indices[place]!), task, model));
}

function previewRow(number: number, row: PromptRow, task: PreparedTask, model: OpenModel | undefined): Preview {
  const facts = { row: number, lineNumber: row.lineNumber, template: task.recipe.template.name };
  if (!model) {
    const { segments } = task.source.render(row);
    return {
      ...facts,
      ...textsOf(segments),
      segments,
      droppedExamples: 0,
      tokens: undefined,
      contextLength: undefined,
    };
  }
  const { contextLength } = model.folder.config;
  const encoded = task.source.encode(row, promptLimits(task, model.tokenizer, contextLength));
  return {
    ...facts,
    ...textsOf(encoded.segments),
    segments: encoded.segments.map(({ role, text }) => ({ role, text })),
    droppedExamples: encoded.droppedExamples,
    tokens: encoded.segments.reduce((sum, { tokens }) => sum + tokens.length, 0),
    contextLength,
  };
}

function textsOf(segments: readonly PromptSegment[]): Pick<Preview, 'prompt' | 'completion'> {
  const textOf = (isAnswer: boolean): string =>
    segments
      .filter(({ role }) => (role === 'answer') === isAnswer)
      .map(({ text }) => text)
      .join('');
  return { prompt: textOf(false), completion: textOf(true) };
}

/** A preview needs no model: without the embedded one it only cannot count tokens. */
async function modelIfAny(id: string, context: RunContext): Promise<OpenModel | undefined> {
  try {
    return await openModel(id, 'tokenizer', context);
  } catch (error) {
    if (id === 'embedded' && LiftError.is(error, 'model-not-found')) return undefined;
    throw error;
  }
}

function indexOfRow(table: Table, row: number): number {
  const index = table.rowIds.indexOf(row - 1);
  if (index >= 0) return index;
  const { totalRows } = table;
  throw row > totalRows
    ? new LiftError('usage', phrase`There is no row ${row}: the table has ${totalRows} rows.`)
    : new LiftError(
        'usage',
        phrase`Row ${row} is not among the ${table.rows.length} rows that were drawn from this large table.`,
      );
}
