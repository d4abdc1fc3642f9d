import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LiftError } from '../../foundation/lift-error';
import { phrase } from '../../foundation/phrase';
import { readAdapter } from '../../model/adapter/read-adapter';
import type { Parameters } from '../../training/initial-parameters';
import { runFolderAt } from '../folder/run-folder';

/** Where `training.startFrom` leads: the values of an adapter, or a model to train instead of the recipe's. */
export type StartingPoint =
  { readonly kind: 'adapter'; readonly parameters: Parameters } | { readonly kind: 'model'; readonly path: string };

/**
 * Looks at what `training.startFrom` names: a finished run (its adapter, or its model after full fine-tuning), an adapter
 * in PEFT layout, or a model folder. Throws `recipe-invalid` when it is none of these, `adapter-invalid`.
 */
export async function startingPoint(startFrom: string | null): Promise<StartingPoint | undefined> {
  if (startFrom === null) return undefined;
  const run = runFolderAt(startFrom);
  for (const folder of [run.adapter, startFrom]) {
    if (!(await exists(join(folder, 'adapter_config.json')))) continue;
    const { tensors } = await readAdapter(folder);
    return { kind: 'adapter', parameters: tensors };
  }
  for (const path of [run.model, startFrom]) {
    if (await exists(join(path, 'config.json'))) return { kind: 'model', path };
  }
  throw new LiftError(
    'recipe-invalid',
    phrase`training.startFrom names ${startFrom}, which is no finished run, adapter or model.`,
    'Name the folder of a run that is done, of an adapter in PEFT layout, or of a model.',
  );
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
