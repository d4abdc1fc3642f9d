import type { ScorerOptions } from '../../inference/scorer';
import type { ModelFolder } from '../../model/model-folder';
import { openModelFolder } from '../../model/open-model-folder';
import { readAdapter } from '../../model/adapter/read-adapter';
import { writeAdapter } from '../../model/adapter/write-adapter';
import { writeModelFolder } from '../../model/write-model-folder';
import type { Recipe } from '../../recipe/recipe';
import { adaptationOf } from '../../training/adapted-layers';
import type { Parameters } from '../../training/initial-parameters';
import { adapterConfigOf } from '../folder/adapter-config';
import type { RunFolder } from '../folder/run-folder';

/** A model as it is asked: the run's own one after full fine-tuning, or the base model with the run's adapter beside it. */
export interface TrainedModel {
  readonly model: ModelFolder;
  readonly trained: ScorerOptions['trained'];
}

/** Writes what was trained to the run folder: `model/` after full fine-tuning, else `adapter/`. */
export async function saveTrained(
  folder: RunFolder,
  recipe: Recipe,
  base: ModelFolder,
  parameters: Parameters,
): Promise<void> {
  if (recipe.training.method === 'full') {
    const weights = new Map([...parameters].map(([name, { data }]) => [name, data]));
    await writeModelFolder(folder.model, base, weights);
  } else {
    await writeAdapter(folder.adapter, { config: adapterConfigOf(recipe, base), tensors: parameters });
  }
}

/**
 * Opens what a run has trained. Throws `adapter-invalid`, `model-invalid` when the files are damaged.
 * @param base the model that was adapted; not needed after full fine-tuning
 */
export async function openTrained(folder: RunFolder, recipe: Recipe, base?: ModelFolder): Promise<TrainedModel> {
  if (recipe.training.method === 'full' || !base) {
    return { model: await openModelFolder(folder.model), trained: undefined };
  }
  const { tensors } = await readAdapter(folder.adapter);
  const { lora } = adaptationOf(recipe.training, base.config);
  return { model: base, trained: { parameters: tensors, adaptation: { ...(lora && { lora }) } } };
}
