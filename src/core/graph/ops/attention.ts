import { apply, withDerivative } from '../nodes';
import type { Shape, Tensor } from '../tensor';
import { add, subtract } from './add';
import { multiply } from './multiply';
import { sum } from './reduce';
import { softmax } from './softmax';
import { transpose } from './transpose';

/** Axes of [batch, groups, shared, time, width] brought to [time, batch, groups, shared, width]. */
const timeFirst = [3, 0, 1, 2, 4];

/**
 * Scaled dot-product attention (Vaswani et al., 2017, arXiv:1706.03762) with grouped queries (Ainslie et al., 2023,
 * arXiv:2305.13245): `queries` [time, batch, groups, shared, width], `keys` and `values` [time, batch, groups, 1, width],
 * `bias` [batch, 1, 1, time, time] added to the scores. Time comes first so that products read the projections where
 * they lie, without transposing them. Keys are never repeated: the products broadcast them over `shared`.
 * With o = p·v and p = softmax(s): dv = pᵀ·do, dp = do·vᵀ, ds = p ∘ (dp − rowsum(do ∘ o)), as rowsum(dp ∘ p) is the same
 * (Dao et al., 2022, arXiv:2205.14135), dq = α·ds·k, dk = α·dsᵀ·q. Returns [time, batch, groups, shared, width].
 */
export function attention(queries: Tensor, keys: Tensor, values: Tensor, bias: Tensor, alpha: number): Tensor {
  const p = softmax(add(heads(queries, keys, { transBatchA: 1, transBatchB: 1, transB: 1, alpha }), bias));
  const o = transpose(heads(p, values, { transBatchB: 1 }), timeFirst);
  return withDerivative(o, [queries, keys, values], (dy) => {
    const dp = heads(dy, values, { transBatchA: 1, transBatchB: 1, transB: 1 });
    const total = transpose(sum(multiply(dy, o), [-1]), [1, 2, 3, 0, 4]);
    const ds = multiply(p, subtract(dp, total));
    const dq = transpose(heads(ds, keys, { transBatchB: 1, alpha }), timeFirst);
    const dk = heads(ds, queries, { transA: 1, transBatchB: 1, alpha });
    const dv = heads(p, dy, { transA: 1, transBatchB: 1 });
    return [dq, sumShared(dk, keys), sumShared(dv, values)];
  });
}

/** Sums what the queries of a group give to their common key or value. */
function sumShared(x: Tensor, like: Tensor): Tensor {
  return transpose(like.shape[3] === x.shape[2] ? x : sum(x, [2]), timeFirst);
}

interface HeadProduct {
  /** The tensor has its time axis first; read it as if it came before the last. */
  readonly transBatchA?: 1;
  readonly transBatchB?: 1;
  readonly transA?: 1;
  readonly transB?: 1;
  readonly alpha?: number;
}

/** A matrix product for each head; its gradient is that of the whole attention. */
function heads(a: Tensor, b: Tensor, { alpha = 1, ...flags }: HeadProduct): Tensor {
  const [left, right] = [
    flags.transBatchA ? batchFirst(a.shape) : a.shape,
    flags.transBatchB ? batchFirst(b.shape) : b.shape,
  ];
  const shape = [...left.slice(0, 3), left.at(flags.transA ? -1 : -2)!, right.at(flags.transB ? -2 : -1)!];
  const attributes = { ...flags, alpha: { float: alpha } };
  return apply({ type: 'FusedMatMul', domain: 'com.microsoft', attributes, inputs: [a, b] }, shape);
}

function batchFirst([time, batch, groups, shared, width]: Shape): Shape {
  return [batch!, groups!, shared!, time!, width!];
}
