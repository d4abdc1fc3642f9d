import { Random } from '../../../src/core/foundation/random';
import type { Adapter, AdapterTensor } from '../../../src/core/model/adapter/adapter';
import type { ModelConfig } from '../../../src/core/model/config/model-config';
import { linearLayers } from '../../../src/core/model/safetensors/tensor-shapes';

/** An adapter of rank 4 and alpha 8 with random values in both matrices, on all linear layers or on some. */
export function randomAdapter(
  config: ModelConfig,
  { layers, targets }: { layers?: number[]; targets?: string[] } = {},
): Adapter {
  const random = new Random(7);
  const matrix = (shape: [number, number]): AdapterTensor => {
    const data = Float32Array.from({ length: shape[0] * shape[1] }, () => Math.fround(random.normal() * 0.3));
    return { shape, data };
  };
  const tensors = new Map<string, AdapterTensor>();
  for (const { name, layer, inputs, outputs } of linearLayers(config)) {
    if (layers && !layers.includes(layer)) continue;
    if (targets && !targets.some((target) => name.endsWith(`.${target}`))) continue;
    tensors.set(`${name}.lora_A`, matrix([4, inputs]));
    tensors.set(`${name}.lora_B`, matrix([outputs, 4]));
  }
  return {
    config: {
      r: 4,
      lora_alpha: 8,
      lora_dropout: 0.1,
      target_modules: targets ?? 'all-linear',
      layers_to_transform: layers ?? null,
      fan_in_fan_out: config.modelType === 'gpt2',
      base_model_name_or_path: 'some/model',
    },
    tensors,
  };
}
