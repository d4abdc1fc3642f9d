/** Parameters × tokens of one run that take about a second on two cores, forward and backward. */
const secondOfWork = 4e10;
const fewest = 64;

/**
 * Tokens that one run of a graph may take, padding included: a batch, or a part of it where a larger model would keep the
 * process from being cancelled for longer than a second or so. A function of the model alone, not of the machine, so
 * that the same training has the same runs everywhere; the batch is divided evenly.
 */
export function tokensOfRun(batchTokens: number, parameterCount: number): number {
  const most = Math.max(fewest, secondOfWork / parameterCount);
  return Math.ceil(batchTokens / Math.ceil(batchTokens / most));
}
