import { LiftError } from '../../foundation/lift-error';
import type { Recipe } from '../../recipe/recipe';

/** Two-stage fine-tuning is done by the local engine alone. Throws `recipe-invalid` for a recipe that asks for it. */
export function refusePretext({ training }: Recipe): void {
  if (training.pretext.tasks === 0) return;
  throw new LiftError(
    'recipe-invalid',
    'The made-up tasks of training.pretext are learnt on this machine only, and this recipe is to be trained elsewhere.',
    'Set training.pretext.tasks to 0, or fine-tune on this machine.',
  );
}
