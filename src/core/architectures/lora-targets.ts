import { LiftError } from '../foundation/lift-error';
import { phrase } from '../foundation/phrase';
import { linearLayers } from '../model/safetensors/tensor-shapes';
import type { LinearLayer } from '../model/safetensors/tensor-shapes';
import type { ModelConfig } from '../model/config/model-config';
import type { LoraSpec } from './lm-graph-spec';

/**
 * The linear layers that a LoRA adapter changes, by the rules of PEFT. Throws `recipe-invalid` when there are none,
 * naming the modules there are.
 */
export function loraTargets(config: ModelConfig, lora: LoraSpec): LinearLayer[] {
  const candidates = linearLayers(config);
  const chosen = candidates.filter(
    ({ name, layer }) => lora.layers.includes(layer) && matches(name, lora.targetModules),
  );
  if (chosen.length > 0) return chosen;
  const modules = [...new Set(candidates.map(({ name }) => name.slice(name.lastIndexOf('.') + 1)))].join(', ');
  const wanted = typeof lora.targetModules === 'string' ? lora.targetModules : lora.targetModules.join(', ');
  throw new LiftError(
    'recipe-invalid',
    phrase`No layer of the model matches the target modules "${wanted}" in layers ${lora.layers.join(', ') || '–'}.`,
    phrase`The modules of this ${config.modelType} model are ${modules}; its layers are 0 to ${config.layers - 1}.`,
  );
}

function matches(name: string, targets: LoraSpec['targetModules']): boolean {
  if (targets === 'all-linear') return true;
  if (typeof targets === 'string') return new RegExp(`^(?:${targets})$`).test(name);
  return targets.some((target) => name === target || name.endsWith(`.${target}`));
}
