import { add } from '../graph/ops/add';
import { gatherRows } from '../graph/ops/gather';
import { matmul } from '../graph/ops/matmul';
import { reshape } from '../graph/ops/reshape';
import type { Tensor } from '../graph/tensor';
import type { Decoder } from './decoder';
import type { Parameters } from './parameters';

/**
 * The last norm and the head: hidden rows [..., hiddenSize] to logits [..., vocabSize], or over the `allowed` tokens [k]
 * only to [..., k].
 */
export function headLogits(rows: Tensor, decoder: Decoder, parameters: Parameters, allowed?: Tensor): Tensor {
  const weight = parameters.tensor(decoder.headWeight);
  const logits = matmul(decoder.finalNorm(rows), allowed ? gatherRows(weight, allowed) : weight, { transposeB: true });
  if (decoder.headBias === undefined) return logits;
  const bias = parameters.tensor(decoder.headBias);
  return add(logits, allowed ? chosen(bias, allowed) : bias);
}

function chosen(bias: Tensor, allowed: Tensor): Tensor {
  return reshape(gatherRows(reshape(bias, [bias.shape[0]!, 1]), allowed), [allowed.shape[0]!]);
}
