import { writeOnnxModel } from '../graph/onnx-model';
import type { Tensor } from '../graph/tensor';
import type { ModelFolder } from '../model/model-folder';
import { generateOutputs } from './generate-graph';
import type { LmGraph, LmGraphSpec } from './lm-graph-spec';
import { Parameters } from './parameters';
import { scoreOutputs, trainOutputs, trunkOutputs } from './text-graph';

/**
 * Builds the graph of a model that `spec` asks for. Inputs and outputs by kind (B texts of T tokens, N asked positions,
 * D = hiddenSize; all int32 unless said otherwise):
 *
 * - `train`, `score`: `input_ids` [B, T] (or with `fromLayer` > 0 `hidden` float [B, T, D]), `position_ids` [B, T],
 *   `visible_until` [B, T] (see attentionBias), `asked_columns` [B, A] the tokens t of each text whose next token is asked,
 *   `positions` [N] = b·A + a which of them a target belongs to, `targets` [N]; with `restrictHead` also `allowed_tokens` [K]. Outputs `log_probs` float [N]; `score` with
 *   `restrictHead` also `distribution` float [N, K] of log-probabilities. `train` also takes `weights` float [N] and, with
 *   LoRA dropout, `dropout_seed` [], and gives `loss` float [] = −Σ weights · log_probs and `grad.<name>` of every trainable.
 * - `trunk`: the same texts to `hidden` float [B, T, D] after `fromLayer` layers.
 * - `generate`: int64 and names as @huggingface/transformers has them, see generateOutputs.
 *
 * Every trainable is an input of its name. Inputs that a graph does not need are not among its `inputs`.
 * Throws `model-invalid` when a tensor is missing, `recipe-invalid` when no layer matches the LoRA targets.
 */
export function buildLmGraph(model: ModelFolder, spec: LmGraphSpec): LmGraph {
  const parameters = new Parameters(model, spec);
  const outputs = outputsOf(parameters, spec);
  // Other programs that read an exported graph like to know its shapes.
  const written = writeOnnxModel(outputs, { describeShapes: spec.kind === 'generate' });
  return { ...written, trainables: parameters.trainables.map(({ spec: trainable }) => trainable) };
}

function outputsOf(parameters: Parameters, spec: LmGraphSpec): Record<string, Tensor> {
  switch (spec.kind) {
    case 'train':
      return trainOutputs(parameters, spec);
    case 'score':
      return scoreOutputs(parameters, spec);
    case 'trunk':
      return trunkOutputs(parameters, spec);
    case 'generate':
      return generateOutputs(parameters);
  }
}
