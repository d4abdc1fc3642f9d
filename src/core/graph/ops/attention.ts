import { apply, withDerivative } from '../nodes';
import type { Dim, Tensor } from '../tensor';
import { add, subtract } from './add';
import { multiply } from './multiply';
import { sum } from './reduce';
import { reshape } from './reshape';
import { softmax } from './softmax';
import { transpose } from './transpose';

/**
 * Scaled dot-product attention (Vaswani et al., 2017, arXiv:1706.03762) with grouped queries (Ainslie et al., 2023,
 * arXiv:2305.13245): `queries` [time, batch, groups, shared, width], `keys` and `values` [time, batch, groups, width],
 * `bias` [batch, 1, 1, time, time] added to the scores. With o = p·v and p = softmax(s): dv = pᵀ·do, dp = do·vᵀ,
 * ds = p ∘ (dp − rowsum(do ∘ o)), as rowsum(dp ∘ p) is the same (Dao et al., 2022, arXiv:2205.14135), dq = α·ds·k,
 * dk = α·dsᵀ·q. Returns [time, batch, groups, shared, width].
 *
 * Time comes first so that products read the projections where they lie, without transposing them. The queries that
 * share a key become rows of one product, so keys are never repeated and what they receive needs no sum; only then is a
 * transposed copy of the queries worth its while.
 */
export function attention(queries: Tensor, keys: Tensor, values: Tensor, bias: Tensor, alpha: number): Tensor {
  const q = rowsOf(queries);
  const p = softmax(add(perQuery(product(q, timeFirst(keys), { transB: 1, alpha }), queries), bias));
  const weights = reshape(p, [p.shape[0]!, p.shape[1]!, 'rows', p.shape[4]!]);
  const o = backToTimeFirst(product(plain(weights), timeFirst(values), {}), queries);
  return withDerivative(o, [queries, keys, values], (dy) => {
    const dRows = rowsOf(dy);
    const dp = perQuery(product(dRows, timeFirst(values), { transB: 1 }), queries);
    const total = transpose(sum(multiply(dy, o), [-1]), [1, 2, 3, 0, 4]);
    const ds = reshape(multiply(p, subtract(dp, total)), weights.shape);
    const dq = backToTimeFirst(product(plain(ds), timeFirst(keys), { alpha }), queries);
    const dk = transpose(product(plain(ds), q, { transA: 1, alpha }), [2, 0, 1, 3]);
    const dv = transpose(product(plain(weights), dRows, { transA: 1 }), [2, 0, 1, 3]);
    return [dq, dk, dv];
  });
}

/** An operand [batch, groups, rows, columns], or one whose rows come first in memory: [rows, batch, groups, columns]. */
interface Operand {
  readonly tensor: Tensor;
  readonly rowsFirst: boolean;
}

const plain = (tensor: Tensor): Operand => ({ tensor, rowsFirst: false });
const timeFirst = (tensor: Tensor): Operand => ({ tensor, rowsFirst: true });

/** All queries of a group as rows: in place when each has a key of its own, else [batch, groups, shared·time, width]. */
function rowsOf(x: Tensor): Operand {
  const [time, batch, groups, shared, width] = x.shape;
  if (shared === 1) return timeFirst(reshape(x, [time!, batch!, groups!, width!]));
  return plain(reshape(transpose(x, [1, 2, 3, 0, 4]), [batch!, groups!, 'rows', width!]));
}

/** Rows [batch, groups, shared·time, n] as [batch, groups, shared, time, n]; `like` has the sizes of `queries`. */
function perQuery(x: Tensor, like: Tensor): Tensor {
  const [time, batch, groups, shared] = like.shape;
  const last = x.shape[3]!;
  return reshape(x, [batch!, groups!, shared!, time!, last]);
}

function backToTimeFirst(x: Tensor, like: Tensor): Tensor {
  return transpose(perQuery(x, like), [3, 0, 1, 2, 4]);
}

/** A matrix product for each group; its gradient is part of that of the whole attention. */
function product(a: Operand, b: Operand, options: { transA?: 1; transB?: 1; alpha?: number }): Tensor {
  const { alpha = 1, ...transposes } = options;
  const [batch, groups, rowsA, columnsA] = dims(a);
  const [, , rowsB, columnsB] = dims(b);
  return apply(
    {
      type: 'FusedMatMul',
      domain: 'com.microsoft',
      attributes: {
        ...transposes,
        transBatchA: Number(a.rowsFirst),
        transBatchB: Number(b.rowsFirst),
        alpha: { float: alpha },
      },
      inputs: [a.tensor, b.tensor],
    },
    [batch, groups, options.transA ? columnsA : rowsA, options.transB ? rowsB : columnsB],
  );
}

function dims({ tensor, rowsFirst }: Operand): [Dim, Dim, Dim, Dim] {
  const [first, second, third, last] = tensor.shape;
  return rowsFirst ? [second!, third!, first!, last!] : [first!, second!, third!, last!];
}
