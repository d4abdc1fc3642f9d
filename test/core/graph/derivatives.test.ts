import { describe, it } from 'vitest';
import { floats, integers, longs } from '../../../src/core/graph/constants';
import { input } from '../../../src/core/graph/nodes';
import { add, subtract } from '../../../src/core/graph/ops/add';
import { attention } from '../../../src/core/graph/ops/attention';
import { concat, split } from '../../../src/core/graph/ops/concat';
import { dropout } from '../../../src/core/graph/ops/dropout';
import { exp } from '../../../src/core/graph/ops/exp';
import { expandLike } from '../../../src/core/graph/ops/expand';
import { gatherRows } from '../../../src/core/graph/ops/gather';
import { gelu, geluTanh } from '../../../src/core/graph/ops/gelu';
import { layerNorm } from '../../../src/core/graph/ops/layer-norm';
import { matmul } from '../../../src/core/graph/ops/matmul';
import { multiply, negate, scale } from '../../../src/core/graph/ops/multiply';
import { sum } from '../../../src/core/graph/ops/reduce';
import { relu } from '../../../src/core/graph/ops/relu';
import { flattenRows, reshape } from '../../../src/core/graph/ops/reshape';
import { rmsNorm } from '../../../src/core/graph/ops/rms-norm';
import { rotate } from '../../../src/core/graph/ops/rotary';
import { cutRows, evenBlocks, joinRows, rowsUpTo } from '../../../src/core/graph/ops/row-blocks';
import { sigmoid } from '../../../src/core/graph/ops/sigmoid';
import { silu } from '../../../src/core/graph/ops/silu';
import { softmax } from '../../../src/core/graph/ops/softmax';
import { squeeze, unsqueeze } from '../../../src/core/graph/ops/squeeze';
import { tokenLogProbabilities } from '../../../src/core/graph/ops/token-log-probabilities';
import { transpose } from '../../../src/core/graph/ops/transpose';
import { expectTrueGradients } from './finite-differences';

describe('derivatives against finite differences', () => {
  it('adds and subtracts with broadcasting', async () => {
    await expectTrueGradients([[2, 3], [3]], (a, b) => add(a, b));
    await expectTrueGradients(
      [
        [2, 1],
        [2, 3],
      ],
      (a, b) => subtract(a, b),
    );
  });

  it('multiplies with broadcasting, scales and negates', async () => {
    await expectTrueGradients(
      [
        [2, 3],
        [2, 1],
      ],
      (a, b) => multiply(a, b),
    );
    await expectTrueGradients([[3]], (a) => negate(scale(a, 3)));
  });

  it('sums over axes and expands', async () => {
    await expectTrueGradients([[2, 3, 2]], (a) => sum(a, [0, 2]));
    await expectTrueGradients(
      [
        [1, 3],
        [2, 3],
      ],
      (a, b) => multiply(expandLike(a, b), b),
    );
  });

  it.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])('multiplies matrices, transposed: %s, %s', async (transposeA, transposeB) => {
    const a = transposeA ? [2, 4, 3] : [2, 3, 4];
    const b = transposeB ? [2, 4] : [4, 2];
    const options = { transposeA, transposeB, alpha: 0.5 };
    await expectTrueGradients([a, b], (x, y) => matmul(x, y, options));
    await expectTrueGradients([a, [2, ...b]], (x, y) => matmul(x, y, options));
  });

  it('multiplies rows of unknown number by a shared matrix', async () => {
    await expectTrueGradients(
      [
        [2, 3, 4],
        [4, 2],
      ],
      (a, b) => matmul(a, b),
      {
        symbolic: [
          ['T', 'B', 4],
          [4, 2],
        ],
      },
    );
  });

  it('moves values without changing them', async () => {
    await expectTrueGradients([[2, 3, 4]], (a) => multiply(transpose(a, [2, 0, 1]), transpose(a, [2, 0, 1])));
    await expectTrueGradients([[2, 3, 4]], (a) => exp(reshape(a, ['T', 'B', 2, 2])), { symbolic: [['T', 'B', 4]] });
    await expectTrueGradients([[2, 3, 4]], (a) => exp(flattenRows(a)), { symbolic: [['T', 'B', 4]] });
    await expectTrueGradients([[2, 1, 4]], (a) => exp(unsqueeze(squeeze(a, [1]), [0])));
    await expectTrueGradients(
      [
        [2, 5],
        [2, 2],
      ],
      (a, b) => {
        const [first, second] = split(a, [2, 3], 1);
        return concat([second!, multiply(first!, b)], -1);
      },
    );
  });

  it('applies activations', async () => {
    for (const activation of [exp, sigmoid, silu, gelu, geluTanh, relu]) {
      await expectTrueGradients([[2, 5]], (a) => activation(a));
    }
  });

  it('normalises', async () => {
    await expectTrueGradients([[2, 3, 6], [6]], (x, gain) => rmsNorm(x, gain, 1e-5));
    await expectTrueGradients([[2, 3, 6], [6], [6]], (x, gain, bias) => layerNorm(x, gain, bias, 1e-5), {
      tolerance: 5e-3,
    });
    await expectTrueGradients([[2, 5]], (x) => softmax(x));
  });

  it('gathers rows, also repeated ones', async () => {
    await expectTrueGradients([[4, 3]], (table) => gatherRows(table, integers([1, 3, 1, 1], [2, 2])));
  });

  it('takes log-probabilities of tokens', async () => {
    await expectTrueGradients([[3, 5]], (logits) => tokenLogProbabilities(logits, integers([4, 0, 4])));
  });

  it('drops values out', async () => {
    const seed = integers([3], []);
    await expectTrueGradients([[2, 3, 4]], (x) => dropout(x, { seed, site: 0, rate: 0.4 }), {
      symbolic: [['T', 'B', 4]],
    });
  });

  it.each(['halves', 'interleaved'] as const)('rotates part of each head, pairing %s', async (pairing) => {
    const rows = longs([0, 1, 2, 0, 1, 2], [2, 3]);
    const cosines = floats([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], [3, 2]);
    const sines = floats([0.9, 0.8, 0.7, 0.6, 0.5, 0.4], [3, 2]);
    await expectTrueGradients([[2, 3, 12]], (x) => rotate(x, { cosines, sines, rows, pairing }, 2, 4));
  });

  it.each([
    ['one query per key', 2, 1, 3],
    ['shared keys', 2, 3, 3],
    ['queries of some tokens', 2, 1, 2],
    ['queries of some tokens and shared keys', 2, 3, 2],
  ])('attends with %s', async (_, groups, shared, asked) => {
    const [time, batch, width] = [3, 2, 2];
    const bias = input('bias', 'float32', [batch, 1, asked, time]);
    const masked = [0, -1e30, 0, 0, 0, -1e30, 0, -1e30, -1e30].slice(0, asked * time);
    await expectTrueGradients(
      [
        [asked, batch, groups, shared, width],
        [time, batch, groups, width],
        [time, batch, groups, width],
      ],
      (q, k, v) => attention(q, k, v, bias, 0.7),
      { constants: { bias: { data: Float32Array.from([...masked, ...masked]), dims: [batch, 1, asked, time] } } },
    );
  });

  it.each([2, 3, 7])('cuts %i rows into blocks of which some may be empty', async (rows) => {
    await expectTrueGradients([[rows, 2]], (x) => {
      const blocks = evenBlocks(x, 0, 3);
      const parts = cutRows(x, blocks).map((part) => multiply(part, part));
      const seen = blocks.blocks.map((block) => sum(rowsUpTo(block, x), [0]));
      return seen.reduce((total, part) => add(total, part), joinRows(parts, blocks));
    });
  });
});
