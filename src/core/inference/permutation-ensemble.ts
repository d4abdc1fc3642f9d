import { Random } from '../foundation/random';

/**
 * Column orders to average over: the natural one first, then random ones, all different as long as there are enough.
 * @param columns number of columns in an order
 * @param count how many orders are wanted; fewer come back when there are fewer
 */
export function columnOrders(columns: number, count: number, seed: number): number[][] {
  const natural = Array.from({ length: columns }, (_, index) => index);
  const orders = new Map([[natural.join(), natural]]);
  const random = Random.derive(seed, 'column-orders');
  let possible = 1;
  for (let factor = 2; factor <= columns && possible < count; factor++) possible *= factor;
  while (orders.size < Math.min(count, possible)) {
    const order = random.shuffle([...natural]);
    orders.set(order.join(), order);
  }
  return [...orders.values()];
}

/**
 * Mean of the probabilities of several views of the same rows (column orders, templates): [views][rows][outcomes] to
 * [rows][outcomes].
 */
export function averageProbabilities(views: readonly (readonly ArrayLike<number>[])[]): Float64Array[] {
  const [first = []] = views;
  return first.map((probabilities, row) =>
    Float64Array.from({ length: probabilities.length }, (_, outcome) => {
      return views.reduce((sum, view) => sum + view[row]![outcome]!, 0) / views.length;
    }),
  );
}
