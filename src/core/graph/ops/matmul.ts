import { apply } from '../nodes';
import { broadcastShapes, formatShape, shapeError } from '../shape';
import type { Dim, Tensor } from '../tensor';
import { sumTo } from './reduce';
import { flattenRows } from './reshape';
import { transpose } from './transpose';

interface MatMulOptions {
  /** Use the transpose of the last two axes of a. */
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** A factor on the product. */
  readonly alpha?: number;
}

/**
 * alpha · op(a) · op(b), batched over leading axes with broadcasting, where op may transpose. With C = α·A·B,
 * dA = α·dC·Bᵀ and dB = α·Aᵀ·dC. The product with a matrix b that all rows of a share treats a as one tall matrix.
 */
export function matmul(a: Tensor, b: Tensor, options: MatMulOptions = {}): Tensor {
  const { transposeA = false, transposeB = false, alpha = 1 } = options;
  const plain = !transposeA && !transposeB && alpha === 1;
  return apply(
    {
      type: plain ? 'MatMul' : 'FusedMatMul',
      domain: plain ? '' : 'com.microsoft',
      attributes: plain ? {} : { transA: Number(transposeA), transB: Number(transposeB), alpha: { float: alpha } },
      inputs: [a, b],
      derivative: ([dy]) => [
        sumTo(
          transposeA
            ? matmul(b, dy!, { transposeA: transposeB, transposeB: true, alpha })
            : matmul(dy!, b, { transposeB: !transposeB, alpha }),
          a.shape,
        ),
        b.rank === 2 && !transposeA
          ? gradientOfShared(flattenRows(a), flattenRows(dy!), transposeB, alpha)
          : sumTo(
              transposeB
                ? matmul(dy!, a, { transposeA: true, transposeB: transposeA, alpha })
                : matmul(a, dy!, { transposeA: !transposeA, alpha }),
              b.shape,
            ),
      ],
    },
    productShape(a, b, transposeA, transposeB),
  );
}

/** A product with up to this many columns is cheaper as rows: the runtime's kernels pad columns to blocks of 16. */
const thin = 16;

/** The gradient of a matrix b that all rows of a share, in its own shape; a and dy are matrices with the same rows. */
function gradientOfShared(a: Tensor, dy: Tensor, transposeB: boolean, alpha: number): Tensor {
  const [left, right] = transposeB ? [dy, a] : [a, dy];
  const columns = right.shape[1]!;
  return typeof columns === 'number' && columns <= thin
    ? transpose(matmul(right, left, { transposeA: true, alpha }), [1, 0])
    : matmul(left, right, { transposeA: true, alpha });
}

function productShape(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Dim[] {
  const [rows, innerA] = lastTwo(a, transposeA);
  const [innerB, columns] = lastTwo(b, transposeB);
  if (innerA !== innerB) throw shapeError(`cannot multiply ${formatShape(a.shape)} by ${formatShape(b.shape)}`);
  return [...broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2)), rows, columns];
}

function lastTwo(x: Tensor, transposed: boolean): [Dim, Dim] {
  const [rows, columns] = x.shape.slice(-2);
  if (rows === undefined || columns === undefined) throw shapeError(`${formatShape(x.shape)} is no matrix`);
  return transposed ? [columns, rows] : [rows, columns];
}
