import { scalar } from '../constants';
import { apply, withDerivative } from '../nodes';
import type { Dim, Tensor } from '../tensor';
import { add } from './add';
import { concat } from './concat';
import { expandLike } from './expand';
import { multiply, negate } from './multiply';
import { sum } from './reduce';
import { reshape } from './reshape';
import { softmax } from './softmax';
import { transpose } from './transpose';

/**
 * Scaled dot-product attention (Vaswani et al., 2017, arXiv:1706.03762) with grouped queries (Ainslie et al., 2023,
 * arXiv:2305.13245): `queries` [asked, batch, groups, shared, width], `keys` and `values` [time, batch, groups, width],
 * `bias` [batch, 1, asked, time] added to the scores. Returns [asked, batch, groups, shared, width].
 *
 * With o = p·v and p = softmax(s): dvᵀ = doᵀ·p, dp = do·vᵀ, ds = p ∘ (dp − rowsum(do ∘ o)), as rowsum(dp ∘ p) is the
 * same (Dao et al., 2022, arXiv:2205.14135), dq = α·ds·k, dkᵀ = α·qᵀ·ds. The difference in ds is one product too, of do
 * and v with one more column each: (do, −rowsum)·(v, 1)ᵀ.
 *
 * Time comes first so that products read the projections where they lie, without transposing them. The queries that
 * share a key become rows of one product, so keys are never repeated and what they receive needs no sum; only then is a
 * transposed copy of the queries worth its while. Of the gradients of keys and values the transposes are computed, as
 * the runtime is slow at products with a large transposed left side.
 */
export function attention(queries: Tensor, keys: Tensor, values: Tensor, bias: Tensor, alpha: number): Tensor {
  const q = rowsOf(queries);
  const p = softmax(add(perHead(product(q, timeFirst(keys), { transB: 1, alpha }), queries), bias));
  const weights = reshape(p, [p.shape[0]!, queries.shape[2]!, rowsName(queries), p.shape[3]!]);
  const o = backToTimeFirst(product(plain(weights), timeFirst(values), {}), queries);
  return withDerivative(o, [queries, keys, values], (dy) => {
    const total = sum(multiply(dy, o), [-1]);
    const one = expandLike(scalar(1), sum(values, [-1]));
    const centred = product(rowsOf(concat([dy, negate(total)], -1)), timeFirst(concat([values, one], -1)), {
      transB: 1,
    });
    const ds = multiply(weights, centred);
    const dq = backToTimeFirst(product(plain(ds), timeFirst(keys), { alpha }), queries);
    const dk = transpose(product(q, plain(ds), { transA: 1, alpha }), [3, 0, 1, 2]);
    const dv = transpose(product(rowsOf(dy), plain(weights), { transA: 1 }), [3, 0, 1, 2]);
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

/** All queries of a group as rows: in place when each has a key of its own, else [batch, groups, shared·asked, width]. */
function rowsOf(x: Tensor): Operand {
  const [time, batch, groups, shared, width] = x.shape;
  if (shared === 1) return timeFirst(reshape(x, [time!, batch!, groups!, width!]));
  return plain(reshape(transpose(x, [1, 2, 3, 0, 4]), [batch!, groups!, rowsName(x), width!]));
}

function rowsName({ shape }: Tensor): Dim {
  return shape[3] === 1 ? shape[0]! : 'rows';
}

/** Rows [batch, groups, shared·asked, n] as [batch, groups·shared, asked, n]; `like` has the sizes of `queries`. */
function perHead(x: Tensor, like: Tensor): Tensor {
  const [asked, batch, groups, shared] = like.shape;
  return reshape(x, [batch!, Number(groups) * Number(shared), asked!, x.shape[3]!]);
}

function backToTimeFirst(x: Tensor, like: Tensor): Tensor {
  return reshape(transpose(perHead(x, like), [2, 0, 1, 3]), like.shape);
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
