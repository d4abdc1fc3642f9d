import { LiftError } from '../../foundation/lift-error';
import type { Recipe } from '../../recipe/recipe';

/** Made-up tasks and made rows are learnt by the local engine alone. Throws `recipe-invalid` for a recipe that asks for them. */
export function refuseLocalOnly({ training }: Recipe): void {
  if (training.pretext.tasks > 0) {
    throw new LiftError(
      'recipe-invalid',
      'The made-up tasks of training.pretext are learnt on this machine only, and this recipe is to be trained elsewhere.',
      'Set training.pretext.tasks to 0, or fine-tune on this machine.',
    );
  }
  if (training.augment.rows > 0) {
    throw new LiftError(
      'recipe-invalid',
      'The rows of training.augment are made and learnt on this machine only, and this recipe is to be trained elsewhere.',
      'Set training.augment.rows to 0, or fine-tune on this machine.',
    );
  }
}
