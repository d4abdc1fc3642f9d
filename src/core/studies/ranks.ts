/** The share of the values that a number is above, from 0 to 1; a half for what is no number. */
export function quantileOf(values: readonly number[]): (value: number) => number {
  const sorted = [...values].sort((a, b) => a - b);
  return (value) => {
    if (Number.isNaN(value) || sorted.length < 2) return 0.5;
    const below = sorted.findIndex((candidate) => candidate >= value);
    return Math.min(1, (below === -1 ? sorted.length : below) / (sorted.length - 1));
  };
}
