import type { NumberDistribution } from '../../inference/number-statistics';

/** What a model says about one row before calibration. */
export type RawAnswer =
  /** Log-probability of each class's completion, in the order of the classes. */
  | { readonly kind: 'classes'; readonly scores: ArrayLike<number>; readonly fallback: string }
  | { readonly kind: 'numbers'; readonly distribution: NumberDistribution; readonly fallback: string }
  /** Of paper mode: a text that was read, or its fallback; null is an answer that could not be read. */
  | { readonly kind: 'text'; readonly answer: string | null; readonly fallback: string };
