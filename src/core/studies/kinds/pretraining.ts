import { phrase, sentences } from '../../foundation/phrase';
import { join } from 'node:path';
import { writeRandomModel } from '../../model/random-model';
import { resolveModel } from '../../model/resolve-model';
import { partedRows } from '../parted-rows';
import type { StudyKind, StudyRun } from '../study';

export const pretraining: StudyKind = {
  name: 'pretraining',
  title: phrase`What is pretraining worth?`,
  question: phrase`Would a model that has never read anything do as well once it is fine-tuned?`,
  method: sentences(
    phrase`The same fine-tuning starts from the pretrained model, from a model of the same shape with random weights, and from the other models that were named.`,
    phrase`All weights are trained.`,
    phrase`The answers of the nearest rows are left out of the predictions.`,
  ),
  reading: phrase`The distance between the pretrained and the random model is what pretraining is worth on this table.`,
  axis: { label: phrase`model`, scale: 'category' },
  plan: async (input) => {
    const { recipe, seeds, models, folder } = input;
    const base = await resolveModel(recipe.model.id);
    const random = join(folder, 'random-model');
    await writeRandomModel(random, base);
    const compared = [
      { x: phrase`${recipe.model.id}`, id: 'pretrained', model: recipe.model.id },
      { x: phrase`${recipe.model.id}, random weights`, id: 'random', model: random },
      ...models.map((model, index) => ({ x: phrase`${model}`, id: `model-${index + 1}`, model })),
    ];
    return seeds.flatMap((seed) =>
      compared.map(({ x, id, model }, index): StudyRun => ({
        id: `${id}-seed-${seed}`,
        series: phrase`LIFT`,
        x,
        seed,
        rows: () => partedRows(input, seed),
        model,
        set: ['training.method=full', 'prediction.neighbours=false'],
        baselines: index === 0,
      })),
    );
  },
};
