import type { GraphSession } from '../../graph/session';
import type { AnswerTokens } from '../batches/answer-tokens';
import { layOutTargets, layOutTokens } from '../batches/batch-arrays';
import type { Feeds } from '../batches/feeds';
import { askedFeeds, listFeed, parameterFeeds, tokenFeeds } from '../batches/feeds';
import type { Parameters } from '../initial-parameters';
import type { LossAndGradients, LossGraph } from './loss-graph';
import type { Batch } from '../batches/packing';
import type { TokenExample } from '../batches/token-example';
import type { TrunkCache } from '../trunk/trunk-cache';

export interface LmLossGraphParts {
  /** A `train` graph. */
  readonly train: GraphSession;
  /** A `score` graph of the same shape; without it validation runs the `train` graph, which costs its backward pass. */
  readonly score: GraphSession | undefined;
  readonly parameters: Parameters;
  /** Hidden states that stand for the tokens, for graphs that begin above the trunk. */
  readonly trunk: TrunkCache | undefined;
  /** Of a restricted softmax. */
  readonly answerTokens: AnswerTokens | undefined;
}

/** The loss of a language model as its ONNX graphs compute it. */
export class LmLossGraph implements LossGraph {
  private readonly constantFeeds: Feeds;

  constructor(private readonly parts: LmLossGraphParts) {
    const { parameters, answerTokens } = parts;
    this.constantFeeds = {
      ...parameterFeeds(parameters),
      ...(answerTokens && { allowed_tokens: listFeed(answerTokens.tokens) }),
    };
  }

  async gradients(
    batch: Batch,
    examples: readonly TokenExample[],
    weightScale: number,
    dropoutSeed: number,
  ): Promise<LossAndGradients> {
    const feeds = await this.feeds(batch, examples, weightScale);
    feeds.dropout_seed = { data: Int32Array.of(dropoutSeed), dims: [] };
    const outputs = await this.parts.train.run(feeds);
    const gradients = new Map<string, Float32Array>();
    for (const name of this.parts.parameters.keys()) {
      gradients.set(name, outputs[`grad.${name}`]!.data as Float32Array);
    }
    return { loss: outputs.loss!.data[0] as number, gradients };
  }

  async loss(batch: Batch, examples: readonly TokenExample[]): Promise<number> {
    const feeds = await this.feeds(batch, examples, 1);
    // Only graphs without dropout are run for validation, so this seed changes nothing.
    feeds.dropout_seed = { data: Int32Array.of(0), dims: [] };
    const outputs = await (this.parts.score ?? this.parts.train).run(feeds);
    const logProbs = outputs.log_probs!.data as Float32Array;
    const weights = feeds.weights!.data as Float32Array;
    return -logProbs.reduce((sum, logProb, index) => sum + weights[index]! * logProb, 0);
  }

  private async feeds(batch: Batch, examples: readonly TokenExample[], weightScale: number): Promise<Feeds> {
    const { trunk, answerTokens } = this.parts;
    const asked = layOutTargets(batch, examples, weightScale);
    const targets = answerTokens?.placesOf(asked.targets) ?? asked.targets;
    return {
      ...this.constantFeeds,
      ...tokenFeeds(layOutTokens(batch, examples)),
      ...askedFeeds({ ...asked, targets }, batch),
      ...(trunk && { hidden: await trunk.hidden(batch, examples) }),
    };
  }
}
