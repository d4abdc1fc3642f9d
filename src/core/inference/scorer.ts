import { buildLmGraph } from '../architectures/build-lm-graph';
import { throwIfCancelled } from '../foundation/lift-error';
import { GraphSession } from '../graph/session';
import type { ModelFolder } from '../model/model-folder';
import type { Adaptation } from '../training/adapted-layers';
import { layOutTokens } from '../training/batches/batch-arrays';
import type { Feeds } from '../training/batches/feeds';
import { listFeed, parameterFeeds, positionFeeds, tokenFeeds } from '../training/batches/feeds';
import type { Parameters } from '../training/initial-parameters';
import type { Batch } from '../training/batches/packing';
import { packBatches } from '../training/batches/packing';
import { tokensOfRun } from '../training/batches/run-tokens';
import type { TokenExample } from '../training/batches/token-example';

/** Tokens of one run; beyond this longer runs are not faster but take more memory. */
const longestRun = 4096;

export interface ScorerOptions {
  /** `full`: over all tokens. `restricted`: over the tokens that are asked about only. */
  readonly head: 'full' | 'restricted';
  /** What was trained, and how it is part of the graph; left out for the base model as it is. */
  readonly trained?:
    { readonly parameters: Parameters; readonly adaptation: Omit<Adaptation, 'restrictHead'> } | undefined;
  readonly threads?: number | undefined;
}

/** A text with places after which something is asked. */
export interface AskedText extends Pick<TokenExample, 'tokens' | 'visibleUntil' | 'positionIds'> {
  readonly places: Int32Array;
  /** The token asked about at each place, where only one is; not needed for a distribution. */
  readonly targets?: Int32Array;
}

export interface ScoringRunOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called after each run with the indices of the texts that it answered. */
  readonly onDone?: ((texts: readonly number[]) => void) | undefined;
}

/** A model that is loaded to answer what comes after given places of given texts, many texts at once. */
export class Scorer {
  private readonly runTokens: number;

  private constructor(
    readonly model: ModelFolder,
    readonly head: 'full' | 'restricted',
    private readonly session: GraphSession,
    private readonly trained: Feeds,
  ) {
    this.runTokens = tokensOfRun(longestRun, model.config, 'score');
  }

  /** @throws LiftError `model-too-large`, `model-invalid`, `internal` */
  static async open(model: ModelFolder, { head, trained, threads }: ScorerOptions): Promise<Scorer> {
    const restricted = head === 'restricted' ? { restrictHead: true } : {};
    const graph = buildLmGraph(model, { kind: 'score', ...trained?.adaptation, ...restricted });
    const session = await GraphSession.open(graph, threads === undefined ? {} : { threads });
    return new Scorer(model, head, session, trained === undefined ? {} : parameterFeeds(trained.parameters));
  }

  /**
   * The log-probability of each text's `targets` after its `places`, over all tokens: [texts][places]. Needs a full head.
   * @throws LiftError `cancelled`
   */
  async logProbabilities(texts: readonly AskedText[], options: ScoringRunOptions = {}): Promise<Float32Array[]> {
    const answers: Float32Array[] = [];
    await this.runAll(texts, options, async (batch) => {
      const outputs = await this.session.run(this.feeds(batch, texts));
      const logProbs = outputs.log_probs!.data as Float32Array;
      let start = 0;
      for (const { example } of batch.placements) {
        answers[example] = logProbs.slice(start, (start += texts[example]!.places.length));
      }
    });
    return answers;
  }

  /**
   * The log-probabilities of `allowed` tokens after each text's `places`, over these tokens alone: [texts][places · K].
   * Needs a restricted head.
   * @throws LiftError `cancelled`
   */
  async distributions(
    texts: readonly AskedText[],
    allowed: Int32Array,
    options: ScoringRunOptions = {},
  ): Promise<Float32Array[]> {
    const answers: Float32Array[] = [];
    await this.runAll(texts, options, async (batch) => {
      const outputs = await this.session.run({ ...this.feeds(batch, texts), allowed_tokens: listFeed(allowed) });
      const distribution = outputs.distribution!.data as Float32Array;
      let start = 0;
      for (const { example } of batch.placements) {
        answers[example] = distribution.slice(start, (start += texts[example]!.places.length * allowed.length));
      }
    });
    return answers;
  }

  close(): Promise<void> {
    return this.session.close();
  }

  private async runAll(
    texts: readonly AskedText[],
    { signal, onDone }: ScoringRunOptions,
    run: (batch: Batch) => Promise<void>,
  ): Promise<void> {
    const lengths = texts.map((text) => text.tokens.length);
    for (const batch of packBatches(lengths, [...texts.keys()], this.runTokens)) {
      throwIfCancelled(signal);
      await run(batch);
      onDone?.(batch.placements.map(({ example }) => example));
    }
  }

  private feeds(batch: Batch, texts: readonly AskedText[]): Feeds {
    const positions: number[] = [];
    const targets: number[] = [];
    for (const { example, row, offset } of batch.placements) {
      const { places, targets: asked } = texts[example]!;
      for (const [index, place] of places.entries()) {
        positions.push(row * batch.length + offset + place);
        targets.push(asked?.[index] ?? 0);
      }
    }
    return {
      ...this.trained,
      ...tokenFeeds(layOutTokens(batch, texts)),
      ...positionFeeds(Int32Array.from(positions), batch),
      targets: listFeed(Int32Array.from(targets)),
    };
  }
}
