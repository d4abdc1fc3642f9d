import { Pace } from '../../foundation/pace';
import { Random } from '../../foundation/random';
import type { PromptWriter } from '../../prompt/prompt-writer';
import type { RenderedPrompt } from '../../prompt/prompt-segment';
import type { Recipe } from '../../recipe/recipe';
import { learnLikenesses } from '../../retrieval/learn-likenesses';
import type { Neighbour } from '../../retrieval/nearest-list';
import { NeighbourIndex } from '../../retrieval/neighbour-index';
import type { Cell, Table } from '../../table/table';
import { encodePrompt } from './encode-prompt';
import type { EncodedPrompt, PromptLimits } from './encode-prompt';

/** A row to be written as a prompt. */
export interface PromptRow {
  /** In the order of the training columns. */
  readonly cells: readonly Cell[];
  /** 1-based line of the file, for errors. */
  readonly lineNumber: number;
  /** Its place among the example rows when it is one of them: it is left out of its own examples. */
  readonly ownExample?: number | undefined;
}

const learning = { relevance: 'none', forest: 'forest', learned: 'forest-and-kernel' } as const;

/**
 * Writes rows as prompts with their example rows: those training rows that are most like the row at hand; for
 * `select: random` as many random ones, which depend on the row only; for `select: same` the same ones for every row.
 */
export class PromptSource {
  private constructor(
    private readonly writer: PromptWriter,
    private readonly examples: Table | undefined,
    private readonly recipe: Recipe,
    /** Places of the columns that prompts tell, among the cells of a row. */
    private readonly features: readonly number[],
    private readonly index: NeighbourIndex | undefined,
  ) {}

  /**
   * Learns from the examples which of them are alike, where rows ask for the nearest. Throws `cancelled`.
   *
   * @param examples the training rows, from which a row's examples are taken; not needed when prompts have none
   */
  static async create(
    writer: PromptWriter,
    examples: Table | undefined,
    columns: readonly string[],
    recipe: Recipe,
    signal?: AbortSignal,
  ): Promise<PromptSource> {
    const included = recipe.features.filter(({ include }) => include);
    const places = new Map(columns.map((name, place) => [name, place]));
    const features = included.map(({ column }) => places.get(column)!);
    const { rows, select, weights } = recipe.examples;
    const inPrompts = rows > 0 && select === 'nearest';
    if (!examples || !(inPrompts || recipe.prediction.neighbours)) {
      return new PromptSource(writer, examples, recipe, features, undefined);
    }
    const all = examples.rows.map((_, row) => row);
    const table = { ...examples, rows: examples.rows.map((row) => writer.told(row)) };
    if (weights === 'equal') {
      return new PromptSource(writer, examples, recipe, features, NeighbourIndex.build(table, all, features));
    }
    const target = { index: places.get(recipe.target.column)!, task: recipe.task };
    const learned = await learnLikenesses(table, all, features, target, learning[weights], new Pace(signal));
    const index = NeighbourIndex.build(table, all, features, { weights: 'relevance', target, learned });
    return new PromptSource(writer, examples, recipe, features, index);
  }

  /** @param order of the features, see PromptWriter */
  render(row: PromptRow, order?: readonly number[]): RenderedPrompt {
    const examples = this.examplesFor(row);
    return this.writer.render(row.cells, examples, order ? { order } : {});
  }

  /** Tokens of a row's prompt, with as many of its example rows as fit. Throws `prompt-too-long`. */
  encode(row: PromptRow, limits: PromptLimits, order?: readonly number[]): EncodedPrompt {
    const examples = this.examplesFor(row);
    // The farthest ones are dropped first, wherever they stand.
    const kept = (count: number): (readonly Cell[])[] =>
      this.nearestLast ? examples.slice(examples.length - count) : examples.slice(0, count);
    return encodePrompt(
      (count) => this.writer.render(row.cells, kept(count), order ? { order } : {}),
      examples.length,
      `line ${row.lineNumber}`,
      limits,
    );
  }

  /** Places among the training rows of those most like a row, nearest first; without the row itself. */
  nearest(row: PromptRow, count: number): number[] {
    return this.neighbours(row, count).map((neighbour) => neighbour.row);
  }

  /** The same places with their distances. */
  neighbours(row: PromptRow, count: number): Neighbour[] {
    return this.index!.neighbours(this.writer.told(row.cells), count, row.ownExample);
  }

  private get nearestLast(): boolean {
    return this.recipe.examples.order === 'nearest-last';
  }

  /** The cells of a row's example rows, in the order of the prompt. */
  examplesFor(row: PromptRow): (readonly Cell[])[] {
    const { examples } = this;
    const count = this.recipe.examples.rows;
    if (!examples || count === 0) return [];
    const nearestFirst =
      this.recipe.examples.select === 'nearest'
        ? this.nearest(row, count)
        : this.randomExamples(row, count, examples.rows.length);
    const rows = nearestFirst.map((example) => examples.rows[example]!);
    return this.nearestLast ? rows.reverse() : rows;
  }

  /** Different example rows, drawn by nothing (`same`) or by what the prompt tells of the row: never by its answer. */
  private randomExamples({ cells, ownExample }: PromptRow, count: number, length: number): number[] {
    const isSame = this.recipe.examples.select === 'same';
    const told = isSame ? '' : JSON.stringify(this.features.map((feature) => cells[feature]));
    const random = Random.derive(this.recipe.training.seed, `examples ${told}`);
    const available = length - (ownExample === undefined ? 0 : 1);
    const chosen = new Set<number>();
    while (chosen.size < Math.min(count, available)) {
      const row = random.below(length);
      if (row !== ownExample) chosen.add(row);
    }
    return [...chosen];
  }
}
