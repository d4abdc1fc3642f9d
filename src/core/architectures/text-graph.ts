import { scalar } from '../graph/constants';
import { gradients } from '../graph/gradients';
import { input } from '../graph/nodes';
import { gatherRows } from '../graph/ops/gather';
import { multiply, negate } from '../graph/ops/multiply';
import { sum } from '../graph/ops/reduce';
import { flattenRows, reshape } from '../graph/ops/reshape';
import { logSoftmax, tokenLogProbabilities } from '../graph/ops/token-log-probabilities';
import { transpose } from '../graph/ops/transpose';
import type { DType, Tensor } from '../graph/tensor';
import type { Decoder } from './decoder';
import { decoderOf } from './decoder-of';
import { headLogits } from './head';
import type { LmGraphSpec } from './lm-graph-spec';
import type { Parameters } from './parameters';
import { rotationOf } from './rotation';
import { causalAttention, selfAttention, timeFirstIndex, tokensAt } from './self-attention';
import { attentionBias } from './visibility';

// Hidden states are [time, batch, width] inside these graphs: with time first, attention reads the projections in place.

/** Loss, log-probabilities, and the gradient of every trainable. */
export function trainOutputs(parameters: Parameters, spec: LmGraphSpec): Record<string, Tensor> {
  const logProbs = tokenLogProbabilities(askedLogits(parameters, spec), asked('targets', 'int32'));
  const loss = negate(reshape(sum(multiply(logProbs, asked('weights', 'float32')), [0]), []));
  const trained = parameters.trainables;
  const derivatives = gradients(
    loss,
    trained.map(({ tensor }) => tensor),
    scalar(1),
  );
  const named = trained.map(({ spec: { name } }, index) => [`grad.${name}`, derivatives[index]!] as const);
  return { loss, log_probs: logProbs, ...Object.fromEntries(named) };
}

/** Log-probabilities of the asked tokens, and over a restricted head those of every allowed token. */
export function scoreOutputs(parameters: Parameters, spec: LmGraphSpec): Record<string, Tensor> {
  const logits = askedLogits(parameters, spec);
  const logProbs = tokenLogProbabilities(logits, asked('targets', 'int32'));
  return spec.restrictHead ? { log_probs: logProbs, distribution: logSoftmax(logits) } : { log_probs: logProbs };
}

/** Hidden states after the bottom layers, [batch, time, width]. */
export function trunkOutputs(parameters: Parameters, spec: LmGraphSpec): Record<string, Tensor> {
  const hidden = hiddenStates(decoderOf(parameters), parameters, [0, spec.fromLayer ?? 0]);
  return { hidden: swapTimeAndBatch(hidden) };
}

/**
 * Logits [positions, vocabulary or allowed tokens] of the token after each asked position. No other row meets the head, nor
 * the feed-forward part of the top layer.
 */
function askedLogits(parameters: Parameters, spec: LmGraphSpec): Tensor {
  const decoder = decoderOf(parameters);
  const columns = input('asked_columns', 'int32', ['batch', 'asked']);
  const hidden = hiddenStates(decoder, parameters, [spec.fromLayer ?? 0, parameters.config.layers], columns);
  const rows = gatherRows(flattenRows(hidden), timeFirstIndex(asked('positions', 'int32'), hidden));
  const allowed = spec.restrictHead ? input('allowed_tokens', 'int32', ['allowed']) : undefined;
  return headLogits(rows, decoder, parameters, allowed);
}

/**
 * Runs layers `from` to `to` (excluded) on tokens, or on hidden states that are fed when `from` is not the first. Returns
 * [time, batch, width], or of the tokens in `columns` [batch, asked] alone [asked, batch, width].
 */
function hiddenStates(
  decoder: Decoder,
  parameters: Parameters,
  [from, to]: readonly [number, number],
  columns?: Tensor,
): Tensor {
  const { config } = parameters;
  const positions = swapTimeAndBatch(text('position_ids', 'int32'));
  const visibleUntil = text('visible_until', 'int32');
  const wanted = (x: Tensor): Tensor => (columns ? tokensAt(columns, x) : x);
  const below = {
    attend: causalAttention(config, attentionBias(visibleUntil)),
    rotation: rotationOf(positions, config),
    wanted: (x: Tensor): Tensor => x,
  };
  const top = columns
    ? { ...below, attend: selfAttention(config, attentionBias(visibleUntil, columns)), wanted }
    : below;
  let x =
    from === 0
      ? decoder.embed(swapTimeAndBatch(text('input_ids', 'int32')), positions)
      : swapTimeAndBatch(text('hidden', 'float32', config.hiddenSize));
  for (let layer = from; layer < to; layer++) x = decoder.layer(x, layer, layer === to - 1 ? top : below);
  return from < to ? x : wanted(x);
}

function text(name: string, dtype: DType, ...rest: number[]): Tensor {
  return input(name, dtype, ['batch', 'time', ...rest]);
}

function asked(name: string, dtype: DType): Tensor {
  return input(name, dtype, ['positions']);
}

function swapTimeAndBatch(x: Tensor): Tensor {
  return transpose(x, x.rank === 2 ? [1, 0] : [1, 0, 2]);
}
