import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';

/** One training text as tokens: a plain text, or a tree of branches in depth-first order after a shared context. */
export interface TokenExample {
  readonly tokens: Int32Array;
  /** Indices t ≥ 1, ascending: the model is trained to say `tokens[t]` after what comes before it. */
  readonly lossPositions: Int32Array;
  /** Weight of each loss position; 1 each when absent. */
  readonly weights?: Float32Array;
  /** For a tree: token j is seen by the tokens j … `visibleUntil[j]` − 1. Absent: by all that follow. */
  readonly visibleUntil?: Int32Array;
  /** For a tree: depth of each token. Absent: 0, 1, 2, … */
  readonly positionIds?: Int32Array;
}

/**
 * The token after which `tokens[index]` is asked: the one before it, except at the start of a branch, where it is the
 * nearest earlier token that the branch can see. −1 when there is none.
 */
export function parentOf(example: Pick<TokenExample, 'visibleUntil'>, index: number): number {
  const visibleUntil = example.visibleUntil;
  if (visibleUntil === undefined) return index - 1;
  let parent = index - 1;
  while (parent >= 0 && visibleUntil[parent]! <= index) parent--;
  return parent;
}

/** Positions an example needs: its length, or for a tree the depth of its deepest token + 1. */
export function contextNeeded(example: TokenExample): number {
  if (example.positionIds === undefined) return example.tokens.length;
  let deepest = -1;
  for (const position of example.positionIds) if (position > deepest) deepest = position;
  return deepest + 1;
}

/**
 * Checks what a model could not train on.
 * @throws LiftError `prompt-too-long` with the number of the example and its length; `internal` for arrays that do not fit.
 */
export function checkExamples(examples: readonly TokenExample[], contextLength: number, name: string): void {
  for (const [number, example] of examples.entries()) {
    const length = example.tokens.length;
    const needed = contextNeeded(example);
    if (needed > contextLength) {
      throw new LiftError(
        'prompt-too-long',
        phrase`The text of ${name} row ${number + 1} has ${needed} tokens, but the model reads at most ${contextLength}.`,
        'Use fewer example rows, fewer columns or a shorter template, or a model with a longer context.',
      );
    }
    const { lossPositions, weights, visibleUntil, positionIds } = example;
    const fits =
      (weights?.length ?? lossPositions.length) === lossPositions.length &&
      (visibleUntil?.length ?? length) === length &&
      (positionIds?.length ?? length) === length;
    if (!fits) throw new LiftError('internal', phrase`The arrays of ${name} example ${number + 1} differ in length.`);
    for (const position of lossPositions) {
      if (position < 1 || position >= length || parentOf(example, position) < 0) {
        throw new LiftError(
          'internal',
          phrase`Loss position ${position} of ${name} example ${number + 1} has no token before it.`,
        );
      }
    }
  }
}
