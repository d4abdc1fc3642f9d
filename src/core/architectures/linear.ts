import { add } from '../graph/ops/add';
import { concat, split } from '../graph/ops/concat';
import { matmul } from '../graph/ops/matmul';
import type { Tensor } from '../graph/tensor';
import type { Parameters } from './parameters';

/** y = x·Wᵀ + b, and + scale·x·Aᵀ·Bᵀ where the layer has an adapter. */
export function linear(x: Tensor, name: string, parameters: Parameters): Tensor {
  return linears(x, [name], parameters)[0]!;
}

/**
 * Several linear layers of the same input. Their adapters' first matrices are stacked, so that the thin product with x
 * and its two derivatives are one product each.
 */
export function linears(x: Tensor, names: readonly string[], parameters: Parameters): Tensor[] {
  const lowRanks = names.map((name) => parameters.lowRank(name));
  const adapted = lowRanks.filter((lowRank) => lowRank !== undefined);
  const thin =
    adapted.length === 0
      ? []
      : thinProducts(
          x,
          adapted.map(({ down }) => down),
          parameters,
        );
  return names.map((name, index) => {
    const y = base(x, name, parameters);
    const lowRank = lowRanks[index];
    if (!lowRank || !parameters.lora) return y;
    const alpha = parameters.lora.alpha / parameters.lora.rank;
    return add(y, matmul(thin[adapted.indexOf(lowRank)]!, lowRank.up, { transposeB: true, alpha }));
  });
}

function thinProducts(x: Tensor, downs: readonly Tensor[], parameters: Parameters): Tensor[] {
  const stacked = downs.length === 1 ? downs[0]! : concat(downs, 0);
  return split(
    matmul(parameters.dropped(x), stacked, { transposeB: true }),
    downs.map((down) => Number(down.shape[0])),
    -1,
  );
}

function base(x: Tensor, name: string, parameters: Parameters): Tensor {
  const { bias, transposed } = parameters.linear(name);
  const product = matmul(x, parameters.tensor(`${name}.weight`), { transposeB: !transposed });
  return bias ? add(product, parameters.tensor(`${name}.bias`)) : product;
}
