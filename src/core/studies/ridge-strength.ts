/** The λ of the added rows, as in the paper, whose columns go from −10 to 10. */
export const ridgeStrengths = [0, 10, 50, 100, 1000];
/** Standard deviation of the paper's columns: others are thought of as being as wide. */
const paperDeviation = 10 / Math.sqrt(3);

/** λ in standard deviations of a column. */
export function ridgeReach(strength: number): number {
  return strength / paperDeviation;
}
