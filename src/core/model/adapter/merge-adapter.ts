import { checkAdapter, type Adapter } from './adapter';
import type { ModelFolder } from '../model-folder';
import { readTensor } from '../safetensors/read-safetensors';
import { linearLayers, type LinearLayer } from '../safetensors/tensor-shapes';

/**
 * The weights that a LoRA adapter changes, with its product added: W + (lora_alpha / r) · B A, by tensor name.
 *
 * @throws `adapter-invalid` when the adapter does not fit the model
 */
export async function mergeAdapter(model: ModelFolder, adapter: Adapter): Promise<Map<string, Float32Array>> {
  checkAdapter(adapter, model.config);
  const merged = new Map<string, Float32Array>();
  for (const layer of linearLayers(model.config)) {
    const a = adapter.tensors.get(`${layer.name}.lora_A`);
    const b = adapter.tensors.get(`${layer.name}.lora_B`);
    if (a === undefined || b === undefined) continue;
    const weight = await readTensor(model.tensors.get(`${layer.name}.weight`)!);
    addProduct(weight, layer, a.data, b.data, adapter.config.lora_alpha / adapter.config.r);
    merged.set(`${layer.name}.weight`, weight);
  }
  return merged;
}

/** Adds scale · B A in place: A is [r, inputs], B [outputs, r], and the weight [outputs, inputs] or its transpose. */
function addProduct(
  weight: Float32Array,
  { inputs, outputs, transposed }: LinearLayer,
  a: Float32Array,
  b: Float32Array,
  scale: number,
): void {
  const rank = a.length / inputs;
  const row = new Float64Array(inputs);
  for (let output = 0; output < outputs; output++) {
    row.fill(0);
    for (let k = 0; k < rank; k++) {
      const factor = scale * b[output * rank + k]!;
      for (let input = 0; input < inputs; input++) row[input]! += factor * a[k * inputs + input]!;
    }
    for (let input = 0; input < inputs; input++) {
      weight[transposed ? input * outputs + output : output * inputs + input]! += row[input]!;
    }
  }
}
