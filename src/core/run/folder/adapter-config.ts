import type { AdapterConfig } from '../../model/adapter/adapter';
import type { ModelFolder } from '../../model/model-folder';
import type { Recipe } from '../../recipe/recipe';

/** What `adapter_config.json` says of the adapter that a recipe trains. */
export function adapterConfigOf({ training, model }: Recipe, { config, path }: ModelFolder): AdapterConfig {
  const { rank, alpha, dropout, targetModules, layers } = training.lora;
  const first = layers === 'all' ? 0 : Math.max(0, config.layers - layers);
  return {
    r: rank,
    lora_alpha: alpha,
    lora_dropout: dropout,
    target_modules: targetModules,
    layers_to_transform:
      first === 0 ? null : Array.from({ length: config.layers - first }, (_, index) => first + index),
    fan_in_fan_out: config.modelType === 'gpt2',
    // A hub id is of use on every machine; the embedded model has none.
    base_model_name_or_path: model.id === 'embedded' ? path : model.id,
  };
}
