export type ScheduleKind = 'cosine' | 'linear' | 'constant';

/**
 * The factor on the learning rate for one step, from how much of the training is done: so it also fits epochs that
 * differ a little in their number of steps. A linear warm-up from 0, then a cosine or a line down to 0, or constant.
 * @param before share of the training done before this step, 0 … 1
 * @param after share done after it: the first step of a warm-up is not lost to a rate of 0
 * @param warmup share of the training that is warm-up, 0 … 1
 */
export function scheduleFactor(kind: ScheduleKind, before: number, after: number, warmup: number): number {
  if (before < warmup) return Math.min(1, after / warmup);
  const done = Math.min(1, warmup < 1 ? (before - warmup) / (1 - warmup) : 1);
  switch (kind) {
    case 'constant':
      return 1;
    case 'linear':
      return 1 - done;
    case 'cosine':
      return 0.5 * (1 + Math.cos(Math.PI * done));
  }
}
