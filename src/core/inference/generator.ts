import { buildLmGraph } from '../architectures/build-lm-graph';
import { LiftError, throwIfCancelled } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import type { Random } from '../foundation/random';
import type { FeedTensor } from '../graph/session';
import { GraphSession } from '../graph/session';
import type { ModelFolder } from '../model/model-folder';
import type { Feeds } from '../training/batches/feeds';
import { parameterFeeds } from '../training/batches/feeds';
import { sample } from './sampling';
import type { ScorerOptions } from './scorer';

export interface GenerationRow {
  readonly prompt: ArrayLike<number>;
  /** For sampling; the same state gives the same tokens. */
  readonly random: Random;
}

export interface GenerationOptions {
  /** 0: the most probable token each time. */
  readonly temperature: number;
  readonly maxTokens: number;
  /** Whether a row is over with these tokens; the model's own end of text always ends it. */
  readonly stop: (tokens: readonly number[], row: number) => boolean;
  /**
   * The tokens that may come after these, not empty; the others have no chance, and temperature works among these alone. All
   * when left out.
   */
  readonly allowed?: ((tokens: readonly number[], row: number) => readonly number[]) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Bytes of logits that one run may give. */
const logitsLimit = 2 ** 28;
const largestBatch = 64;

/** A model that is loaded to write text, token by token with a key/value cache. */
export class Generator {
  private constructor(
    private readonly model: ModelFolder,
    private readonly session: GraphSession,
    private readonly trained: Feeds,
  ) {}

  /** @throws LiftError `model-too-large`, `model-invalid`, `internal` */
  static async open(model: ModelFolder, { trained, threads }: Omit<ScorerOptions, 'head'> = {}): Promise<Generator> {
    const graph = buildLmGraph(model, { kind: 'generate', ...trained?.adaptation });
    const session = await GraphSession.open(graph, threads === undefined ? {} : { threads });
    return new Generator(model, session, trained === undefined ? {} : parameterFeeds(trained.parameters));
  }

  /**
   * Continues prompts; the rows' own tokens come back, without an end of text.
   * @throws LiftError `prompt-too-long` naming the row when its prompt leaves no room; `cancelled`
   */
  async generate(rows: readonly GenerationRow[], options: GenerationOptions): Promise<number[][]> {
    const order = [...rows.keys()].sort((a, b) => rows[a]!.prompt.length - rows[b]!.prompt.length);
    const written: number[][] = [];
    while (order.length > 0) {
      const longest = (count: number): number => rows[order[count - 1]!]!.prompt.length;
      let count = 1;
      while (count < Math.min(order.length, largestBatch) && this.fits(count + 1, longest(count + 1))) count++;
      const batch = order.splice(0, count);
      const texts = await this.continueBatch(
        batch.map((row) => rows[row]!),
        batch,
        options,
      );
      for (const [index, row] of batch.entries()) written[row] = texts[index]!;
    }
    return written;
  }

  close(): Promise<void> {
    return this.session.close();
  }

  private fits(rows: number, length: number): boolean {
    return rows * length * this.model.config.vocabSize * Float32Array.BYTES_PER_ELEMENT <= logitsLimit;
  }

  /** Rows of unequal length are padded on the left; the mask hides the padding. */
  private async continueBatch(
    rows: readonly GenerationRow[],
    numbers: readonly number[],
    { temperature, maxTokens, stop, allowed, signal }: GenerationOptions,
  ): Promise<number[][]> {
    const { contextLength, vocabSize, eosTokens } = this.model.config;
    const width = Math.max(...rows.map(({ prompt }) => prompt.length));
    for (const [index, { prompt }] of rows.entries()) checkPrompt(prompt.length, numbers[index]!, contextLength);
    const written: number[][] = rows.map(() => []);
    const over = rows.map(() => false);
    let inputs = rows.map(({ prompt }) => [...new Array<number>(width - prompt.length).fill(0), ...Array.from(prompt)]);
    let cache = this.emptyCache(rows.length);
    for (let total = width; ; total++) {
      throwIfCancelled(signal);
      const feeds = this.feeds(rows, inputs, width, total);
      const outputs = await this.session.run({ ...this.trained, ...feeds, ...cache });
      const logits = outputs.logits!.data as Float32Array;
      const steps = inputs[0]!.length;
      for (const [index, { random }] of rows.entries()) {
        if (over[index]) continue;
        const end = (index + 1) * steps * vocabSize;
        const scores = logits.subarray(end - vocabSize, end);
        const choices = allowed?.(written[index]!, numbers[index]!);
        const drawn = sample(choices ? choices.map((choice) => scores[choice]!) : scores, temperature, random);
        const token = choices ? choices[drawn]! : drawn;
        if (!eosTokens.includes(token)) written[index]!.push(token);
        const full = rows[index]!.prompt.length + written[index]!.length >= contextLength;
        over[index] =
          eosTokens.includes(token) ||
          full ||
          written[index]!.length >= maxTokens ||
          stop(written[index]!, numbers[index]!);
      }
      if (over.every(Boolean)) return written;
      inputs = written.map((tokens) => [tokens.at(-1) ?? 0]);
      cache = Object.fromEntries(
        Object.keys(cache).map((name) => [name, outputs[name.replace('past_key_values', 'present')]!]),
      );
    }
  }

  private feeds(rows: readonly GenerationRow[], inputs: readonly number[][], width: number, total: number): Feeds {
    const steps = inputs[0]!.length;
    const padding = rows.map(({ prompt }) => width - prompt.length);
    const long = (dims: [number, number], value: (row: number, column: number) => number): FeedTensor => ({
      data: BigInt64Array.from({ length: dims[0] * dims[1] }, (_, index) =>
        BigInt(value(Math.floor(index / dims[1]), index % dims[1])),
      ),
      dims,
    });
    return {
      input_ids: long([rows.length, steps], (row, column) => inputs[row]![column]!),
      attention_mask: long([rows.length, total], (row, column) => (column < padding[row]! ? 0 : 1)),
      position_ids: long([rows.length, steps], (row, column) => Math.max(0, total - steps + column - padding[row]!)),
    };
  }

  private emptyCache(batch: number): Feeds {
    const { layers, kvHeads, headDim } = this.model.config;
    const empty = { data: new Float32Array(0), dims: [batch, kvHeads, 0, headDim] };
    return Object.fromEntries(
      Array.from({ length: layers }, (_, layer) => ['key', 'value'].map((part) => `past_key_values.${layer}.${part}`))
        .flat()
        .map((name) => [name, empty]),
    );
  }
}

function checkPrompt(length: number, row: number, contextLength: number): void {
  if (length > 0 && length < contextLength) return;
  throw new LiftError(
    'prompt-too-long',
    length === 0
      ? phrase`The prompt of row ${row + 1} is empty.`
      : phrase`The prompt of row ${row + 1} has ${length} tokens, which leaves no room for an answer: the model reads ${contextLength}.`,
    'Use fewer example rows, fewer columns or a shorter template, or a model with a longer context.',
  );
}
