import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loraTargets } from '../../architectures/lora-targets';
import type { ModelFolder } from '../../model/model-folder';
import { writeAdapter } from '../../model/adapter/write-adapter';
import type { Recipe } from '../../recipe/recipe';
import { adapterConfigOf } from '../../run/folder/adapter-config';
import { adaptationOf } from '../../training/adapted-layers';
import { initialParameters } from '../../training/initial-parameters';
import type { Parameters } from '../../training/initial-parameters';

/** First values of an adapter beyond this are not sent: the job then draws its own. */
const MOST_ELEMENTS = 4_000_000;

/**
 * `adapter` of job.json: the arguments of PEFT's `LoraConfig`, with every adapted layer by its full name, so that there is
 * nothing to interpret. Null for full fine-tuning.
 */
export function adapterArguments(recipe: Recipe, model: ModelFolder): Readonly<Record<string, unknown>> | null {
  const { lora } = adaptationOf(recipe.training, model.config);
  if (!lora) return null;
  const { r, lora_alpha, lora_dropout, fan_in_fan_out } = adapterConfigOf(recipe, model);
  return {
    ...{ r, lora_alpha, lora_dropout, fan_in_fan_out },
    target_modules: loraTargets(model.config, lora).map(({ name }) => name),
  };
}

/**
 * The values that training starts from, as PEFT writes them: those given, else the ones that the local engine would draw.
 * Undefined where the job draws them: for full fine-tuning, and for very large adapters.
 */
export async function startingAdapter(
  recipe: Recipe,
  model: ModelFolder,
  start: Parameters | undefined,
): Promise<Uint8Array | undefined> {
  const { lora } = adaptationOf(recipe.training, model.config);
  if (!lora) return undefined;
  const trainables = loraTargets(model.config, lora).flatMap(({ name, inputs, outputs }) => [
    { name: `${name}.lora_A`, shape: [lora.rank, inputs], init: 'kaiming', decay: true } as const,
    { name: `${name}.lora_B`, shape: [outputs, lora.rank], init: 'zero', decay: true } as const,
  ]);
  const elements = trainables.reduce((sum, { shape }) => sum + shape[0] * shape[1], 0);
  if (!start && elements > MOST_ELEMENTS) return undefined;
  const tensors = await initialParameters(trainables, model, recipe.training.seed, start);
  const folder = await mkdtemp(join(tmpdir(), 'lift-adapter-'));
  try {
    await writeAdapter(folder, { config: adapterConfigOf(recipe, model), tensors });
    return await readFile(join(folder, 'adapter_model.safetensors'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
