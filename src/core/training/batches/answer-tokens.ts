import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { TokenExample } from './token-example';

/** The tokens that answers use, ascending, for a softmax over these alone. */
export class AnswerTokens {
  readonly tokens: Int32Array;
  private readonly places: ReadonlyMap<number, number>;

  /** @param tokens in any order, repeated or not */
  constructor(tokens: Iterable<number>) {
    this.tokens = Int32Array.from(new Set(tokens)).sort();
    this.places = new Map([...this.tokens].map((token, place) => [token, place]));
  }

  /** Every token that carries loss in the examples. */
  static of(examples: readonly TokenExample[]): AnswerTokens {
    const tokens = new Set<number>();
    for (const { tokens: text, lossPositions } of examples) {
      for (const position of lossPositions) tokens.add(text[position]!);
    }
    return new AnswerTokens(tokens);
  }

  /**
   * The places of targets among the tokens.
   * @throws LiftError `recipe-invalid` when one is not an answer token
   */
  placesOf(targets: Int32Array): Int32Array {
    return targets.map((target) => {
      const place = this.places.get(target);
      if (place !== undefined) return place;
      throw new LiftError(
        'recipe-invalid',
        phrase`The token ${target} carries loss but is not among the ${this.tokens.length} tokens that answers use.`,
        'Set training.softmax to "full", or training.loss to "answer".',
      );
    });
  }
}
