import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import type { Phrase } from '../../foundation/phrase';
import type { ModelConfig } from '../config/model-config';
import { linearLayers } from '../safetensors/tensor-shapes';

/** `adapter_config.json` of PEFT, by its own names, as far as LIFT uses it. */
export interface AdapterConfig {
  readonly r: number;
  readonly lora_alpha: number;
  readonly lora_dropout: number;
  /** Module names (`q_proj`, `mlp.c_proj`), or one regular expression over full names, or `all-linear`. */
  readonly target_modules: readonly string[] | string;
  /** Layers that are adapted; null means all. */
  readonly layers_to_transform: readonly number[] | null;
  /** True for GPT-2, whose linear layers (`Conv1D`) store [in, out]. */
  readonly fan_in_fan_out: boolean;
  readonly base_model_name_or_path: string;
}

/** Float32 values of one adapter matrix. */
export interface AdapterTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A LoRA adapter (Hu et al., 2021, arXiv:2106.09685): for a layer y = W x it adds (lora_alpha / r) · B A x. */
export interface Adapter {
  readonly config: AdapterConfig;
  /** `model.layers.0.self_attn.q_proj.lora_A` [r, in] and `….lora_B` [out, r]: PEFT's names without its prefix and suffix. */
  readonly tensors: ReadonlyMap<string, AdapterTensor>;
}

/**
 * Checks that every matrix of an adapter belongs to a linear layer of the model and fits it, and that no layer has only
 * one of its two.
 *
 * @throws `adapter-invalid` naming the matrix
 */
export function checkAdapter({ config, tensors }: Adapter, model: ModelConfig): void {
  const shapes = new Map<string, readonly number[]>();
  for (const { name, inputs, outputs } of linearLayers(model)) {
    shapes.set(`${name}.lora_A`, [config.r, inputs]);
    shapes.set(`${name}.lora_B`, [outputs, config.r]);
  }
  for (const [name, { shape }] of tensors) {
    const expected = shapes.get(name);
    if (expected === undefined) throw mismatch(phrase`"${name}" belongs to no layer of the ${model.modelType} model`);
    if (expected.join() !== shape.join()) {
      throw mismatch(
        phrase`"${name}" has the shape [${shape.join(', ')}], and the model asks for [${expected.join(', ')}]`,
      );
    }
    const other = name.endsWith('A') ? `${name.slice(0, -1)}B` : `${name.slice(0, -1)}A`;
    if (!tensors.has(other)) throw mismatch(phrase`"${name}" is there without "${other}"`);
  }
}

function mismatch(reason: Phrase): LiftError {
  return new LiftError(
    'adapter-invalid',
    phrase`The adapter does not fit the model: ${reason}.`,
    'Use the model that the adapter was trained on.',
  );
}
